import { describe, expect, it } from 'vitest';
import { digestId } from '../../src/scheduler/digests.ts';
import type { Store } from '../../src/store.ts';
import { unpackPayload } from '../../src/stores/payload.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { ADA, MONDAY, member, papersFor, sentTo, TUESDAY, words } from '../members.ts';
import { PLACE } from '../world.ts';
import { open } from './members-scene.ts';

/** Everything that a store keeps, its packed messages as text. */
async function textOf(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of store.transfer.read()) lines.push(`${line.kind} ${line.key} ${plainValue(line)}`);
  return lines;
}

function plainValue({ value }: TransferLine): string {
  const { payload } = value as { payload?: { deflated?: string } };
  const packed = payload?.deflated;
  const message = packed === undefined ? '' : JSON.stringify(unpackPayload(Buffer.from(packed, 'base64')));
  return JSON.stringify(value) + message;
}

describe('forget-me', () => {
  it('asks first, and erases nothing before the answer', async () => {
    const { ada, store } = await open();
    const asked = await ada('forget-me');
    expect(asked.data).toEqual({ isErased: false });
    expect(asked.cards[0]).toMatchObject({ actions: [{ command: 'forget-me', options: { confirm: true } }] });
    expect(await store.people.subscriptions(ADA)).toHaveLength(1);
  });

  it('leaves no trace in any table or record, and says what there was', async () => {
    const world = await open();
    const { ada, store } = world;
    await ada('save', { paper: '2611.00001' });
    await ada('rate', { paper: '2611.00001', verdict: 'down' });
    for (const at of [MONDAY, TUESDAY]) await world.tickAt(at);
    expect((await textOf(store)).join('\n')).toContain('ada');
    const erased = await ada('forget-me', { confirm: true });
    expect(words(erased)).toContain('1 subscription, 1 saved paper, 1 rating, 1 digest.');
    expect(erased.data).toMatchObject({ isErased: true, digests: 1, managedFeeds: 0 });
    const left = (await textOf(store)).filter((line) => line.includes('ada') || line.includes(digestId(ADA)));
    expect(left).toEqual([]);
    expect(words(await ada('forget-me', { confirm: true }))).toContain('0 digests.');
  });

  it('erases what there is in every workspace, in those they have left too, and nothing of others', async () => {
    const world = await open();
    const elsewhere = { ...PLACE, workspace: 'another' };
    const [direct, bob] = [
      member(world, 'ada', { ...PLACE, workspace: 'direct' }),
      member(world, 'bob', elsewhere),
    ];
    const there = member(world, 'ada', elsewhere);
    for (const one of [there, bob]) await one('follow', { what: 'author:Bo Li' });
    // Nothing of hers but a digest that rests.
    await world.ada('unfollow', { what: 'author:Bo Li' });
    const erased = await direct('forget-me', { confirm: true });
    expect(erased.data).toMatchObject({ subscriptions: 1, digests: 2 });
    expect((await textOf(world.store)).filter((line) => line.includes('ada'))).toEqual([]);
    expect((await bob('following')).data).toMatchObject({ subscriptions: [{ label: 'Bo Li' }] });
  });

  it('erases the notices that a manager got, and keeps the feed that they manage, as it says', async () => {
    const world = await open();
    const manager = { id: 'ada', isManager: true };
    const give = (command: string, options = {}) =>
      world.host.run({ command, options, place: PLACE, member: manager, at: world.clock.now() });
    await give('feed add');
    world.adapter.closeChannel('terminal', 'gone');
    await world.tickAt(MONDAY);
    expect(sentTo(world, 'ada').map(({ card }) => card.kind)).toContain('text');
    const erased = await give('forget-me', { confirm: true });
    expect(words(erased)).toContain('1 feed still names you as its manager');
    const left = (await textOf(world.store)).filter((line) => line.includes('ada'));
    expect(left.map((line) => line.split(' ')[0])).toEqual(['feeds', 'wakes']);
  });

  it('keeps a notice that is still to be sent', async () => {
    const world = await open();
    await world.ada('unfollow', { what: 'author:Bo Li' });
    await world.services.feeds.add(PLACE, 'ada', {});
    world.adapter.closeChannel('terminal', 'gone');
    const { send } = world.adapter;
    world.adapter.send = async (message, signal) => {
      if (message.destination.channel === '@ada') throw new TypeError('a fault of the adapter');
      return await send(message, signal);
    };
    await world.tickAt(MONDAY);
    await world.ada('forget-me', { confirm: true });
    expect(await world.store.ledger.openNotices(9)).toHaveLength(1);
  });

  it('ends a digest that is being sent', async () => {
    const world = await open();
    const { send } = world.adapter;
    world.adapter.send = async (message, signal) => {
      await world.ada('forget-me', { confirm: true });
      return await send(message, signal);
    };
    await world.tickAt(MONDAY).catch(() => undefined);
    await world.tickAt(TUESDAY);
    expect(sentTo(world, 'ada')).toHaveLength(1);
    expect((await textOf(world.store)).filter((line) => line.includes('ada'))).toEqual([]);
  });

  it('of one leaves the others as they are', async () => {
    const world = await open();
    const bob = member(world, 'bob');
    await bob('follow', { what: 'author:Bo Li' });
    await bob('save', { paper: '2611.00001' });
    const before = (await textOf(world.store)).filter((line) => line.includes('bob'));
    await world.ada('forget-me', { confirm: true });
    const after = (await textOf(world.store)).filter((line) => line.includes('bob'));
    expect(after).toEqual(before);
    await world.tickAt(MONDAY);
    expect(papersFor(world, 'bob')).toEqual(['2611.00002']);
  });
});
