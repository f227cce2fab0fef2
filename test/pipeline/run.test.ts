import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { openWorld } from '../world.ts';
import {
  listCard,
  MONDAY,
  OF_MONDAY,
  OF_TUESDAY,
  openMonday,
  SUNDAY,
  TUESDAY,
  TWENTY,
  TWENTY_MORE,
} from './monday.ts';

describe('a due slot', () => {
  it('posts one edition and is done', async () => {
    const { tickAt, adapter, edition, feed } = await openMonday();
    expect(await tickAt('2026-11-23T08:59:00.000Z')).toEqual([]);
    const [slot] = await tickAt(MONDAY);
    expect(slot).toMatchObject({ day: '2026-11-23', state: 'posted', dueAt: MONDAY });
    expect(slot?.sentence).toBe('10 papers. Papers of Monday, 2026-11-23.');
    expect(adapter.posted).toHaveLength(1);
    const card = listCard(adapter, 0);
    expect(card.title).toBe('Papers of Monday, 2026-11-23');
    expect(card.sections[0]?.entries.map(({ paper }) => paper.upvotes)).toEqual([
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31,
    ]);
    expect(await edition(feed, '2026-11-23')).toEqual(TWENTY.slice(0, 10).map(({ id }) => id));
    expect(await tickAt('2026-11-23T09:01:00.000Z')).toEqual([]);
  });

  it('shares one reading among all feeds that want the list', async () => {
    const { addFeed, tickAt, source, adapter } = await openMonday();
    for (const limit of [1, 2, 3]) await addFeed({ limit });
    await tickAt(MONDAY);
    expect(source.reads).toEqual(['daily:2026-11-23']);
    expect(adapter.posted).toHaveLength(4);
  });

  it('in cards layout posts a heading and one card a paper', async () => {
    const { tickAt, adapter } = await openMonday({ layout: 'cards', limit: 3 });
    await tickAt(MONDAY);
    expect(adapter.posted.map(({ card }) => card.kind)).toEqual(['text', 'paper', 'paper', 'paper']);
  });

  it('of a weekday without new papers is “nothing new”, in silence unless the feed asks', async () => {
    const { tickAt, source, adapter } = await openMonday();
    source.set(OF_MONDAY, [], { confirmedBy: ['api', 'hydration'] });
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'nothing-new' }]);
    expect(adapter.posted).toEqual([]);
    const chatty = await openMonday({ announcesNothing: true });
    chatty.source.set(OF_MONDAY, [], { confirmedBy: ['api', 'hydration'] });
    expect(await chatty.tickAt(MONDAY)).toMatchObject([{ state: 'nothing-new' }]);
    expect(chatty.adapter.posted).toMatchObject([{ card: { kind: 'text', title: 'Nothing new' } }]);
  });

  it('of a platform that is not set up here is left to a process that has it', async () => {
    const { feeds, tickAt } = await openMonday();
    await feeds.add({ platform: 'slack', workspace: 'T1', channel: 'C1' }, 'U1', {});
    expect(await tickAt(MONDAY)).toMatchObject([
      { state: 'posted' },
      { state: 'due', sentence: 'slack is not set up here.' },
    ]);
  });
});

describe('a short list', () => {
  it('waits, looks again every ten minutes, and posts when the list has grown', async () => {
    const { tickAt, source, adapter } = await openMonday();
    source.set(OF_MONDAY, TWENTY.slice(0, 3));
    const [waiting] = await tickAt(MONDAY);
    expect(waiting).toMatchObject({
      state: 'waiting',
      waitingSinceAt: MONDAY,
      lookAgainAt: '2026-11-23T09:10:00.000Z',
    });
    expect(waiting?.sentence).toContain('is short: 3 papers');
    expect(await tickAt('2026-11-23T09:09:00.000Z')).toEqual([]);
    source.set(OF_MONDAY, TWENTY);
    expect(await tickAt('2026-11-23T09:10:00.000Z')).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });

  it('is posted “so far” when patience runs out; the rest follows as late additions', async () => {
    const { tickAt, source, adapter, edition, feed } = await openMonday();
    source.set(OF_MONDAY, TWENTY.slice(0, 3));
    await tickAt(MONDAY);
    expect(await tickAt('2026-11-23T12:59:00.000Z')).toMatchObject([{ state: 'waiting' }]);
    expect(await tickAt('2026-11-23T13:00:00.000Z')).toMatchObject([{ state: 'posted-so-far' }]);
    expect(listCard(adapter, 0).subtitle).toBe('3 papers so far: the list is not complete yet');
    source.set(OF_MONDAY, TWENTY.slice(0, 5));
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect((await edition(feed, '2026-11-24'))?.slice(10)).toEqual(['2611.00004', '2611.00005']);
    const headings = listCard(adapter, 1).sections.map(({ heading }) => heading);
    expect(headings).toEqual(['New', 'Joined the list of Monday, 2026-11-23 later']);
  });
});

describe('what nobody confirms', () => {
  it('an empty list is not taken: the slot fails and the list comes with the next edition', async () => {
    const { tickAt, source, edition, feed } = await openMonday({ limit: 3 });
    source.set(OF_MONDAY, []);
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect(await tickAt('2026-11-23T13:00:00.000Z')).toMatchObject([{ state: 'failed' }]);
    source.set(OF_MONDAY, TWENTY);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect(await edition(feed, '2026-11-24')).toHaveLength(6);
  });

  it('a source that is down is no day without news, at weekends neither', async () => {
    const { tickAt, source } = await openMonday({ days: ['mon', 'sat'] });
    await tickAt(MONDAY);
    for (const key of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']) {
      source.set({ kind: 'daily', key }, []);
    }
    source.fail(unreachable());
    expect(await tickAt('2026-11-28T09:00:00.000Z')).toMatchObject([{ state: 'waiting' }]);
    expect(await tickAt('2026-11-28T13:00:00.000Z')).toMatchObject([{ state: 'failed' }]);
  });
});

describe('a source that is down', () => {
  it('makes the slot wait as long as it asks, and never look like an empty day', async () => {
    const { tickAt, source } = await openMonday();
    source.fail(unreachable(30 * 60_000));
    expect(await tickAt(MONDAY)).toMatchObject([
      { state: 'waiting', lookAgainAt: '2026-11-23T09:30:00.000Z' },
    ]);
    source.fail(undefined);
    expect(await tickAt('2026-11-23T09:30:00.000Z')).toMatchObject([{ state: 'posted' }]);
  });

  it('fails the slot when patience runs out; its list comes with the next edition', async () => {
    const { tickAt, source, edition, feed } = await openMonday();
    source.fail(unreachable());
    await tickAt(MONDAY);
    const [slot] = await tickAt('2026-11-23T13:00:00.000Z');
    expect(slot).toMatchObject({ state: 'failed', sentence: 'The source cannot be reached.' });
    source.fail(undefined);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect(await edition(feed, '2026-11-24')).toEqual(
      [...TWENTY_MORE.slice(0, 10), ...TWENTY.slice(0, 10)].map(({ id }) => id),
    );
  });

  it('gives way to what the archive has when patience runs out', async () => {
    const { tickAt, source, adapter } = await openMonday();
    source.set(OF_MONDAY, TWENTY.slice(0, 3));
    await tickAt(MONDAY);
    source.fail(unreachable());
    expect(await tickAt('2026-11-23T13:00:00.000Z')).toMatchObject([{ state: 'posted-so-far' }]);
    expect(adapter.posted).toHaveLength(1);
  });
});

describe('after an outage', () => {
  it('one edition has the lists missed, grouped by day, with the limit for each', async () => {
    const { tickAt, source, adapter } = await openMonday({ limit: 2 });
    await tickAt(MONDAY);
    for (const [index, key] of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'].entries()) {
      source.set({ kind: 'daily', key }, somePapers('2611', new Array(20).fill(1), 100 * (index + 1)));
    }
    await tickAt('2026-11-27T15:00:00.000Z');
    const card = listCard(adapter, 1);
    expect(adapter.posted).toHaveLength(2);
    expect(card.title).toBe('Papers of 4 days, 2026-11-24 to 2026-11-27');
    expect(card.sections.map(({ heading, entries }) => [heading, entries.length])).toEqual([
      ['Friday, 2026-11-27', 2],
      ['Thursday, 2026-11-26', 2],
      ['Wednesday, 2026-11-25', 2],
      ['Tuesday, 2026-11-24', 2],
    ]);
    expect(card.sections.flatMap(({ entries }) => entries.map(({ number }) => number))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });
});

describe('a fault of our own', () => {
  it('is retried as long as patience lasts, then told as the outcome', async () => {
    const { tickAt, source } = await openMonday();
    source.fail(new TypeError('papers is not iterable'));
    const [waiting] = await tickAt(MONDAY);
    expect(waiting).toMatchObject({
      state: 'waiting',
      sentence: 'An unexpected fault: papers is not iterable',
    });
    expect(await tickAt('2026-11-23T13:00:00.000Z')).toMatchObject([{ state: 'failed' }]);
  });
});

describe('a run that has lost its feed to another', () => {
  it('sends nothing more', async () => {
    const { store, source, clock, addFeed } = await openWorld(SUNDAY);
    await addFeed({ layout: 'cards', limit: 5 });
    source.set(OF_MONDAY, TWENTY);
    let claims = 0;
    const claim: typeof store.ledger.claim = async (key, owner, ttlMs) => {
      if (key.startsWith('feed:')) claims += 1;
      // One to plan, one to post, and one that is renewed after two messages.
      return claims <= 3 && (await store.ledger.claim(key, owner, ttlMs));
    };
    const quick = createMemoryAdapter({ platform: 'terminal', clock });
    const send: typeof quick.send = async (message, signal) => {
      const id = await quick.send(message, signal);
      clock.advance(20 * SECOND_MS);
      return id;
    };
    const slow = { ...quick, send };
    const robbed = await openWorld(SUNDAY, {
      adapter: slow,
      source,
      clock,
      store: { ...store, ledger: { ...store.ledger, claim } },
    });
    await expect(robbed.tickAt(MONDAY)).rejects.toThrow('another run has taken over.');
    expect(quick.posted).toHaveLength(4);
  });
});

describe('weekly and monthly feeds', () => {
  it('post a finished period once', async () => {
    const { tickAt, source, adapter, store, feed } = await openMonday({ listing: 'weekly', limit: 3 });
    source.set({ kind: 'weekly', key: '2026-W47' }, TWENTY);
    expect(await tickAt(MONDAY)).toMatchObject([
      { state: 'posted', sentence: '3 papers. Papers of the week 2026-W47.' },
    ]);
    expect(await tickAt(TUESDAY)).toMatchObject([
      { state: 'due', sentence: 'The last finished week has been posted.' },
    ]);
    expect(await store.ledger.slots(feed.id, 9)).toHaveLength(1);
    expect(adapter.posted).toHaveLength(1);
  });
});
