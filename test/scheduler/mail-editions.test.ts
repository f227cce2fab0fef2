import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { directTo } from '../../src/domain/feed.ts';
import { MAIL } from '../../src/subscribers.ts';
import { mayHaveArrived } from '../fixtures/failures.ts';
import { MONDAY, paperBy, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY } from '../members.ts';
import { ADDRESS, BY_BO, WHOLE } from './mails.ts';
import { ID, open } from './subscribers-scene.ts';

const SLOT = `${ID}@2026-11-23`;

describe('an edition by e-mail', () => {
  it('is the whole list for who follows nothing, from the next time on, each list once', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, WHOLE);
    await world.tickAt(addMs(SUNDAY, HOUR_MS));
    expect(world.mails.posted).toEqual([]);
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    const [first, ...more] = world.mailsTo(ADDRESS);
    expect(more).toEqual([]);
    expect(first?.card).toMatchObject({ kind: 'list', title: 'Papers of Monday, 2026-11-23' });
    expect(JSON.stringify(first?.card)).not.toContain('"reason"');
    const papers = world.papersTo(ADDRESS);
    expect([papers.length, ...papers.slice(0, 2)]).toEqual([10, '2611.00002', '2611.00012']);
    await world.tickAt(TUESDAY);
    expect(new Set(world.papersTo(ADDRESS)).size).toBe(world.papersTo(ADDRESS).length);
    expect(world.mailsTo(ADDRESS)).toHaveLength(2);
  });

  it('is what they follow, with the reasons, and nothing where there is nothing of it', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.subscribers.put('eve@example.org', {
      ...WHOLE,
      interests: [{ kind: 'author', key: 'nobody', label: 'Nobody' }],
    });
    await world.tickAt(MONDAY);
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
    expect(world.mailsTo(ADDRESS)[0]?.card).toMatchObject({
      title: 'For you: Papers of Monday, 2026-11-23',
      sections: [{ entries: [{ reason: 'by Bo Li' }] }],
    });
    expect(world.mailsTo('eve@example.org')).toEqual([]);
  });

  it.each([
    ['weekly', '2026-W47'],
    ['monthly', '2026-10'],
  ] as const)('comes %s on the first of its days on which the list is there', async (listing, key) => {
    const world = await open({ at: addMs(TUESDAY, HOUR_MS) });
    world.source.set({ kind: listing, key }, [paperBy('Cy Wu', '2611.00031')]);
    await world.subscribers.put(ADDRESS, { ...WHOLE, listing });
    const came: number[] = [];
    for (const at of [addMs(TUESDAY, 2 * HOUR_MS), WEDNESDAY, THURSDAY, addMs(THURSDAY, DAY_MS)]) {
      await world.tickAt(at);
      came.push(world.mails.posted.length);
    }
    expect(came).toEqual([0, 1, 1, 1]);
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00031']);
  });

  it('comes at the time that was wanted last', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(addMs(MONDAY, -HOUR_MS));
    await world.subscribers.put(ADDRESS, { ...BY_BO, time: '20:00', zone: 'Asia/Tokyo' });
    await world.tickAt(MONDAY);
    expect(world.mails.posted).toEqual([]);
    await world.tickAt('2026-11-23T11:00:00.000Z');
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
  });

  it('is said to come tomorrow where the one of today is out, though its time was moved to later today', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(MONDAY);
    const changed = await world.subscribers.put(ADDRESS, { ...BY_BO, time: '20:00' });
    expect(changed.nextDueAt).toBe('2026-11-24T20:00:00.000Z');
    expect(await world.subscribers.get(ADDRESS)).toEqual(changed);
    await world.tickAt('2026-11-23T20:00:00.000Z');
    expect(world.mails.posted).toHaveLength(1);
    await world.tickAt('2026-11-24T20:00:00.000Z');
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002', '2611.00003']);
  });

  it('never brings a paper again, whatever was wanted meanwhile', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(MONDAY);
    await world.subscribers.put(ADDRESS, WHOLE);
    await world.tickAt(TUESDAY);
    await world.subscribers.put(ADDRESS, BY_BO);
    const before = world.papersTo(ADDRESS).length;
    await world.tickAt(WEDNESDAY);
    const papers = world.papersTo(ADDRESS);
    expect(papers.slice(before)).toEqual(['2611.00004']);
    expect(new Set(papers).size).toBe(papers.length);
    expect(papers.filter((id) => id < '2611.00010' && id > '2611')).toEqual([
      '2611.00002',
      '2611.00003',
      '2611.00004',
    ]);
  });

  it('whose address is closed rests, and goes out as soon as its owner wants it again', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    world.mails.closeMember(ADDRESS, 'gone');
    await world.tickAt(MONDAY);
    expect(await world.subscribers.get(ADDRESS)).toMatchObject({ state: 'suspended' });
    expect(await world.store.alarms.newest(9)).toEqual([]);
    expect(await world.store.ledger.openNotices(9)).toEqual([]);
    world.mails.closeMember(ADDRESS, undefined);
    await world.tickAt(addMs(MONDAY, HOUR_MS));
    expect(world.mails.posted).toEqual([]);
    expect(await world.subscribers.put(ADDRESS, BY_BO)).toMatchObject({ state: 'active' });
    await world.tickAt(addMs(MONDAY, HOUR_MS + MINUTE_MS));
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
  });

  it('of which nobody can know is for the operator alone to decide, and wakes nobody', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    world.mails.failNext(mayHaveArrived());
    for (const minute of [0, 2, 4]) await world.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect([await world.states(SLOT), world.mails.posted.length]).toEqual([['uncertain'], 0]);
    expect(await world.store.alarms.newest(9)).toEqual([]);
    const place = directTo(MAIL, ADDRESS);
    expect(await world.decisions.list(place)).toEqual([]);
    expect(await world.decisions.all()).toMatchObject([{ slotId: SLOT, state: 'uncertain' }]);
    expect(await world.decisions.resend(place, SLOT)).toMatchObject({ state: 'posted' });
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
  });
});

describe('many subscribers', () => {
  const addresses = Array.from({ length: 60 }, (_, index) => `reader${index}@example.org`);

  async function openMany() {
    const world = await open();
    for (const address of addresses) await world.subscribers.put(address, BY_BO);
    return world;
  }

  it('get their mails in one tick, many side by side, beside the channels', async () => {
    const world = await openMany();
    await world.addFeed();
    const { send } = world.mails;
    let [atOnce, most] = [0, 0];
    world.mails.send = async (message, signal) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await setImmediate();
      atOnce -= 1;
      return await send(message, signal);
    };
    await world.tickAt(MONDAY);
    expect(most).toBeGreaterThan(1);
    expect(world.adapter.posted).toHaveLength(1);
    for (const address of addresses) expect(world.mailsTo(address)).toHaveLength(1);
    expect(world.source.reads).toEqual(['daily:2026-11-23']);
  });

  it('that a slow run has no time for get theirs with the next one, each once', async () => {
    const world = await openMany();
    await world.addFeed();
    const { send } = world.mails;
    world.mails.send = async (message, signal) => {
      world.mails.send = send;
      void setImmediate().then(() => world.clock.advance(2 * MINUTE_MS));
      return await send(message, signal);
    };
    const records = await world.tickAt(MONDAY);
    expect(records).toHaveLength(addresses.length + 1);
    expect(world.adapter.posted).toHaveLength(1);
    const first = world.mails.posted.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(addresses.length);
    await world.scheduler.tick();
    for (const address of addresses) expect(world.papersTo(address)).toEqual(['2611.00002']);
  });
});
