import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { memberAt } from '../../src/domain/member.ts';
import { MAX_SUBSCRIPTIONS } from '../../src/domain/subscription.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { rejected } from '../fixtures/failures.ts';
import { ADA, MONDAY, member, papersFor, sentTo, TUESDAY, WEDNESDAY, words } from '../members.ts';
import { PLACE } from '../world.ts';
import { open } from './members-scene.ts';

/** Ada, whose messages are closed on Monday. */
async function openClosed() {
  const world = await open();
  world.adapter.closeMember('ada', 'forbidden');
  await world.tickAt(MONDAY);
  const stateOf = async () => (await world.store.feeds.get(digestId(ADA)))?.state;
  return { ...world, stateOf };
}

const TROUBLE = 'Your digest could not be delivered';

describe('a member whose messages are closed', () => {
  it('has a digest that rests suspended, of which nobody else hears', async () => {
    const { stateOf, adapter, store, ada } = await openClosed();
    expect(await stateOf()).toBe('suspended');
    expect(await store.alarms.newest(9)).toEqual([]);
    expect(await store.ledger.openNotices(9)).toEqual([]);
    expect(adapter.posted).toEqual([]);
    expect(words(await ada('following'))).toContain('your direct messages are closed to me');
  });

  it('is told once, with their next command, in private', async () => {
    const { ada, host, clock } = await openClosed();
    const bob = await host.run({
      command: 'topics list',
      options: {},
      place: PLACE,
      member: { id: 'bob', isManager: true },
      at: clock.now(),
    });
    expect(words(bob)).not.toContain(TROUBLE);
    const [first, second] = [await ada('today'), await ada('today')];
    expect([words(first).includes(TROUBLE), first.visibility]).toEqual([true, 'private']);
    expect(words(second)).not.toContain(TROUBLE);
  });

  it('is told once also by a command that is refused, and of two at once by one', async () => {
    const { ada } = await openClosed();
    const refused = await ada('show', { paper: 'banana' });
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(words(refused)).toContain(TROUBLE);
    const again = await openClosed();
    const both = await Promise.all([again.ada('topics list'), again.ada('help')]);
    expect(both.filter((reply) => words(reply).includes(TROUBLE))).toHaveLength(1);
  });

  it('has it tried daily, and gets it all when their messages are open', async () => {
    const world = await openClosed();
    const tried: string[] = [];
    for (let at = addMs(MONDAY, MINUTE_MS); at < WEDNESDAY; at = addMs(at, HOUR_MS)) {
      const { calls } = world.adapter;
      await world.tickAt(at);
      if (world.adapter.calls > calls) tried.push(at);
    }
    expect(tried).toEqual([addMs(TUESDAY, MINUTE_MS)]);
    world.adapter.closeMember('ada', undefined);
    await world.tickAt(addMs(WEDNESDAY, MINUTE_MS));
    await world.tickAt(addMs(WEDNESDAY, 2 * MINUTE_MS));
    expect(await world.stateOf()).toBe('active');
    expect(papersFor(world, 'ada')).toEqual(['2611.00002', '2611.00004', '2611.00003']);
  });

  it('is told again when it happens again, and not in between', async () => {
    const world = await openClosed();
    await world.ada('today');
    world.adapter.closeMember('ada', undefined);
    await world.tickAt(TUESDAY);
    await world.tickAt(addMs(TUESDAY, MINUTE_MS));
    expect(words(await world.ada('topics list'))).not.toContain(TROUBLE);
    world.adapter.closeMember('ada', 'gone');
    await world.tickAt(WEDNESDAY);
    expect(words(await world.ada('topics list'))).toContain(TROUBLE);
  });

  it('and ends what they follow gets nothing more, however open they are', async () => {
    const world = await openClosed();
    await world.ada('unfollow', { what: 'author:Bo Li' });
    world.adapter.closeMember('ada', undefined);
    for (const at of [TUESDAY, WEDNESDAY]) await world.tickAt(at);
    expect(sentTo(world, 'ada')).toEqual([]);
  });
});

describe('managers', () => {
  it('see no digest: not in feed list, status, delivery list, nor by its id', async () => {
    const world = await open();
    world.adapter.failNext(rejected());
    await world.tickAt(MONDAY);
    const id = digestId(ADA);
    for (const command of ['feed list', 'status', 'delivery list']) {
      expect(JSON.stringify(await world.give(command)), command).not.toContain(id);
    }
    for (const command of ['show', 'edit', 'pause', 'remove', 'run', 'preview', 'resume']) {
      const options = command === 'edit' ? { id, time: '10:00' } : { id };
      expect(await world.give(`feed ${command}`, options), command).toMatchObject({ outcome: 'refused' });
    }
    expect(await world.store.ledger.feedIds()).toEqual([]);
    expect(words(await world.ada('following'))).toContain('may not have arrived');
  });
});

describe('members and workspaces', () => {
  const elsewhere: Destination = { ...PLACE, workspace: 'another' };

  it('never see each other’s things, be they of one name', async () => {
    const world = await open();
    const [bob, other] = [member(world, 'bob'), member(world, 'ada', elsewhere)];
    await world.ada('save', { paper: '2611.00001' });
    await world.ada('rate', { paper: '2611.00001' });
    await world.give('topics add', { name: 'ours', query: 'ours' });
    for (const stranger of [bob, other]) {
      expect((await stranger('following')).data).toEqual({ subscriptions: [] });
      expect((await stranger('saved')).data).toEqual({ total: 0, papers: [] });
      expect((await stranger('saved', { format: 'ris' })).file).toBeUndefined();
      expect(await stranger('unfollow', { what: 'author:Bo Li' })).toMatchObject({ outcome: 'refused' });
      expect(await stranger('save', { paper: '2611.00001', remove: true })).toMatchObject({
        outcome: 'refused',
      });
    }
    expect(words(await bob('topics list'))).toContain('ours');
    expect(words(await other('topics list'))).not.toContain('ours');
    expect(await other('follow', { what: 'ours' })).toMatchObject({ outcome: 'refused' });
    await other('follow', { what: 'author:Cy Wu' });
    await world.tickAt(MONDAY);
    const sent = sentTo(world, 'ada').map(({ destination, card }) => [destination.workspace, card]);
    const texts = new Map(sent.map(([workspace, card]) => [workspace, JSON.stringify(card)]));
    expect([sent.length, texts.get('terminal')?.includes('2611.00012')]).toEqual([2, false]);
    expect(texts.get('another')).not.toContain('2611.00002');
  });

  it.each([
    ['quotes and SQL', `'; DROP TABLE subscriptions; --"`],
    ['a null byte', 'a\0b'],
    ['a slash and an at sign', '@ada/../@bob#1'],
    ['right to left', '\u202Eada\u202C עדה'],
    ['a great length', 'x'.repeat(5000)],
  ])('may have ids with %s', async (_, id) => {
    const world = await open();
    const one = member(world, id);
    await one('follow', { what: 'author:Cy Wu' });
    await one('save', { paper: '2611.00001' });
    expect(await world.store.people.subscriptions(memberAt(PLACE, id))).toHaveLength(1);
    expect(await world.store.people.subscriptions(memberAt(PLACE, id.slice(0, 1)))).toEqual([]);
    await world.tickAt(MONDAY);
    expect(papersFor(world, id)).toEqual(['2611.00012']);
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
    const erased = await one('forget-me', { confirm: true });
    expect(erased.data).toMatchObject({ subscriptions: 1, saved: 1, digests: 1 });
  });

  it('may follow a hundred things and no more, and any of them twice without a trace', async () => {
    const world = await open();
    for (let index = 1; index < MAX_SUBSCRIPTIONS; index += 1)
      await world.ada('follow', { what: `author:Nobody ${index}` });
    const full = await world.ada('follow', { what: 'agents' });
    expect(full).toMatchObject({ outcome: 'refused' });
    expect(words(full)).toContain('You follow 100 already');
    expect((await world.ada('follow', { what: 'author:nobody 7' })).data).toMatchObject({
      outcome: 'already',
    });
    const followed = await world.store.people.subscriptions(ADA);
    expect([followed.length, followed[7]?.label]).toEqual([100, 'Nobody 7']);
    await world.tickAt(MONDAY);
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });
});

describe('a digest of a member who left', () => {
  it('is tried on, and nobody is woken for it', async () => {
    const world = await open();
    world.adapter.closeMember('ada', 'gone');
    for (let day = 0; day < 7; day += 1) await world.tickAt(addMs(MONDAY, day * DAY_MS));
    expect(world.adapter.posted).toEqual([]);
    expect(await world.store.alarms.newest(9)).toEqual([]);
  });
});
