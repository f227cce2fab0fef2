import { describe, expect, it } from 'vitest';
import type { OptionValue } from '../../src/command.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { aPaper } from '../fixtures/papers.ts';
import { ADA, MONDAY, SUNDAY, show, TUESDAY, words } from '../members.ts';
import { PLACE } from '../world.ts';
import { dataOf, open } from './people-scene.ts';

/** The same with an index that knows the names on them. */
async function openSearched() {
  const world = await open();
  await world.search.follow();
  return world;
}

describe('follow', () => {
  it('says what is followed, when the digest comes and how it ends', async () => {
    const { ada } = await open();
    const reply = await ada('follow', { what: 'Image Generation' });
    expect(reply).toMatchObject({ outcome: 'done', visibility: 'private' });
    expect(words(reply)).toContain('You follow Image generation');
    expect(words(reply)).toContain('Your next daily digest comes on 2026-11-23 at 09:00 UTC.');
    const [card] = reply.cards;
    const [press] = card?.kind === 'text' ? (card.actions ?? []) : [];
    expect(await ada(press?.command ?? '', press?.options)).toMatchObject({ outcome: 'done' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
  });

  it.each([
    ['author:JOSE ALVAREZ', 'author', 'author', 'José Álvarez'],
    ['by:ada lovelace', 'author', 'author', 'Ada Lovelace'],
    ['org:"Acme Labs"', 'organization', 'organisation', 'Acme Labs'],
    ['topic:3d', 'topic', 'topic', '3D'],
  ])('takes %s', async (what, kind, word, label) => {
    const { ada, store } = await openSearched();
    await ada('follow', { what });
    expect(await store.people.subscriptions(ADA)).toMatchObject([{ kind, label }]);
    expect(words(await ada('following'))).toContain(
      `{"name":"${label}","value":"${word}, since 2026-11-22"}`,
    );
  });

  it('takes an author whom nobody knows yet, and says that', async () => {
    const { ada } = await openSearched();
    const reply = await ada('follow', { what: 'author:Ada' });
    expect(words(reply)).toContain('No paper of the archive carries that name so far.');
    expect(words(reply)).toContain('Did you mean author:Ada Lovelace?');
  });

  it('refuses what nobody is called, with names that are near', async () => {
    const { ada, store } = await openSearched();
    const reply = await ada('follow', { what: 'generation' });
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain('Did you mean image-generation?');
    for (const what of ['knitting', 'org:nobody at all', ' ', '"'])
      expect(await ada('follow', { what }), what).toMatchObject({ outcome: 'refused' });
    expect(await store.people.subscriptions(ADA)).toEqual([]);
  });

  it('of the same twice changes nothing', async () => {
    const { ada, store, clock } = await openSearched();
    await ada('follow', { what: 'author:Ada Lovelace' });
    const before = await store.people.subscriptions(ADA);
    clock.advance(MINUTE_MS);
    const again = await ada('follow', { what: 'author:ADA LOVELACE' });
    expect(words(again)).toContain('You follow Ada Lovelace already');
    expect(await store.people.subscriptions(ADA)).toEqual(before);
  });
});

describe('follow of several', () => {
  it('takes what is separated by commas, and says of each what became of it', async () => {
    const { ada, store } = await openSearched();
    await ada('follow', { what: 'vision' });
    const reply = await ada('follow', { what: 'agents, vision,author:Ada Lovelace , knitting' });
    expect(reply).toMatchObject({ outcome: 'done', visibility: 'private' });
    for (const said of [
      'You follow Agents.',
      'You follow Vision already.',
      'You follow Ada Lovelace.',
      'Nothing to follow is called \\"knitting\\".',
      'Your next daily digest comes on 2026-11-23',
    ])
      expect(words(reply)).toContain(said);
    const followed = await store.people.subscriptions(ADA);
    expect(followed.map(({ label }) => label)).toEqual(['Vision', 'Agents', 'Ada Lovelace']);
    expect(dataOf<{ followed: unknown[] }>(reply).followed).toHaveLength(3);
  });

  it('leaves commas in quotes alone', async () => {
    const { ada, store } = await openSearched();
    await ada('follow', { what: 'author:"Lovelace, Ada"' });
    expect(await store.people.subscriptions(ADA)).toMatchObject([{ kind: 'author' }]);
  });

  it('refuses where none of them can be followed, and too many at once', async () => {
    const { ada, store } = await openSearched();
    expect(await ada('follow', { what: 'knitting, sewing' })).toMatchObject({ outcome: 'refused' });
    const many = Array.from({ length: 26 }, (_, index) => `author:Name ${index}`);
    expect(words(await ada('follow', { what: many.join(',') }))).toContain('Name at most 25 at once.');
    expect(await store.people.subscriptions(ADA)).toEqual([]);
  });
});

describe('unfollow', () => {
  it.each(['author:Ada Lovelace', 'author:ada lovelace', 'Ada Lovelace', 'by:"ADA lovelace"'])(
    'takes %j, and says when nothing is left',
    async (what) => {
      const { ada } = await openSearched();
      await ada('follow', { what: 'author:Ada Lovelace' });
      const reply = await ada('unfollow', { what });
      expect(words(reply)).toContain('You no longer follow Ada Lovelace');
      expect(words(reply)).toContain('no digest comes');
      expect(words(await ada('following'))).toContain('You follow nothing.');
    },
  );

  it('of something else says what is followed', async () => {
    const { ada } = await openSearched();
    await ada('follow', { what: 'agents' });
    await ada('follow', { what: 'org:acme' });
    const reply = await ada('unfollow', { what: 'video' });
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain('You follow agents, org:acme.');
  });

  it('of a topic that was removed is not needed: nobody follows it any more', async () => {
    const { ada, give } = await openSearched();
    await give('topics add', { name: 'Weather', query: 'weather' });
    await ada('follow', { what: 'weather' });
    await give('topics remove', { name: 'weather' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
    expect(await ada('unfollow', { what: 'weather' })).toMatchObject({ outcome: 'refused' });
    await give('topics add', { name: 'Weather', query: 'rain' });
    expect(dataOf<{ subscriptions: unknown[] }>(await ada('following')).subscriptions).toEqual([]);
  });
});

describe('following in a thread', () => {
  it('has the digest come there instead of in direct messages', async () => {
    const clock = createFakeClock(SUNDAY);
    const adapter = createMemoryAdapter({ ...PLACE, clock });
    adapter.privateThread = async (place, id) => ({ ...place, channel: `${place.channel}/${id}` });
    const { ada, tickAt, source } = await open({ clock, adapter });
    await ada('follow', { what: 'author:Bo Li' });
    expect(words(await ada('following', { thread: true }))).toContain('Your digest is set');
    show({ source }, '2026-11-23', aPaper({ id: '2611.00009', authors: [{ name: 'Bo Li' }] }));
    await tickAt(MONDAY);
    expect(adapter.posted.map(({ destination }) => destination.channel)).toEqual([`${PLACE.channel}/ada`]);
    adapter.closeChannel(`${PLACE.channel}/ada`, 'gone');
    show({ source }, '2026-11-24', aPaper({ id: '2611.00010', authors: [{ name: 'Bo Li' }] }));
    await tickAt(TUESDAY);
    expect(words(await ada('following'))).toContain('its thread is closed to me');
  });

  it('is refused where a platform has none', async () => {
    const { ada } = await open();
    await ada('follow', { what: 'agents' });
    expect(await ada('following', { thread: true })).toMatchObject({ outcome: 'refused' });
  });
});

describe('following', () => {
  it.each([
    [{ time: '25:00' }, '\\"25:00\\" is not a time of day.'],
    [{ zone: 'Mars/Olympus' }, '\\"Mars/Olympus\\" is not a time zone.'],
    [{ every: 'hourly' }, '\\"every\\" is one of daily, weekly, never'],
    [{ limit: 0 }, '\\"limit\\" is a whole number from 1 to 50'],
    [{ time: '08:00', 'with-edition': true }, 'not both'],
    [{ 'with-edition': true }, 'No feed posts a daily edition in this channel.'],
  ])('refuses %j and changes nothing', async (options, sentence) => {
    const { ada } = await open();
    await ada('follow', { what: 'agents' });
    const before = (await ada('following')).data;
    const reply = await ada('following', options as Record<string, OptionValue>);
    expect(reply).toMatchObject({ outcome: 'refused' });
    expect(words(reply)).toContain(sentence);
    expect((await ada('following')).data).toEqual(before);
  });

  it('sets nothing for one who has never followed anything', async () => {
    const { ada } = await open();
    expect(words(await ada('following'))).toContain('You follow nothing.');
    expect(words(await ada('following', { every: 'weekly' }))).toContain('You have no digest yet');
  });

  it('says how the last digest stands', async () => {
    const { ada, tickAt, source } = await open();
    await ada('follow', { what: 'author:Bo Li' });
    show({ source }, '2026-11-23', aPaper({ id: '2611.00009', authors: [{ name: 'Bo Li' }] }));
    await tickAt(MONDAY);
    expect(words(await ada('following'))).toContain('"Last digest","value":"2026-11-23: posted. 1 paper.');
  });
});
