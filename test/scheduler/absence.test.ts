import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import type { Store } from '../../src/store.ts';
import { throttled } from '../fixtures/failures.ts';
import {
  followedBy,
  MONDAY,
  member,
  PANEL,
  paperBy,
  reacting,
  SUNDAY,
  show,
  TUESDAY,
  WEDNESDAY,
} from '../members.ts';
import { restart } from '../pipeline/monday.ts';
import { openWorld, PLACE } from '../world.ts';
import { CARD, open } from './reactions-scene.ts';

describe('a process that dies', () => {
  /** The store of a process that dies when it has written so often. */
  function dying(store: Store, writes: number): Store {
    let left = writes;
    const guard = <T extends object>(part: T): T =>
      new Proxy(part, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function' || !/^(follow|see|addFeed|changeFeed)$/.test(String(name)))
            return value;
          return async (...given: unknown[]) => {
            left -= 1;
            if (left < 0) throw new StoreError('write', { message: 'killed' });
            return await value.apply(target, given);
          };
        },
      });
    return {
      ...guard(store),
      people: guard(store.people),
      presence: guard(store.presence),
      addFeed: guard(store).addFeed,
    };
  }

  it.each([0, 1, 2])('after %i writes of a wish has it done by the next one, once', async (writes) => {
    const world = await open();
    const killed = await restart(world, { store: dying(world.store, writes) });
    await expect(reacting(killed, 'eve')('🤖')).rejects.toThrow('killed');
    const next = await restart(world);
    await next.host.reactions.reconcile(PANEL, [{ emoji: '🤖', members: ['eve'] }]);
    expect(await followedBy(next, 'eve')).toEqual(['agents']);
    await next.tickAt(MONDAY);
    expect(world.adapter.posted.filter(({ destination }) => destination.channel === '@eve')).toHaveLength(1);
  });
});

describe('after an absence', () => {
  it('what differs from what was seen is done, and the rest is as it was', async () => {
    const world = await open();
    const { reactions } = world.host;
    for (const id of ['eve', 'bob', 'cy']) await reacting(world, id)('🤖');
    await reacting(world, 'bob')('🎬');
    await member(world, 'eve')('unfollow', { what: 'agents' });
    await member(world, 'cy')('follow', { what: 'video' });
    await reactions.reconcile(PANEL, [
      { emoji: '🤖', members: ['eve', 'dan', 'cy'] },
      { emoji: '🎬', members: ['dan'] },
      { emoji: '🍕', members: ['eve'] },
    ]);
    expect(await followedBy(world, 'eve')).toEqual([]);
    expect(await followedBy(world, 'bob')).toEqual([]);
    expect(await followedBy(world, 'cy')).toEqual(['agents', 'video']);
    expect(await followedBy(world, 'dan')).toEqual(['agents', 'video']);
  });

  it('a member who had themselves forgotten is not followed for again by what still stands', async () => {
    const world = await open();
    for (const react of [world.eve, world.onCard]) await react('🤖');
    await member(world, 'eve')('forget-me', { confirm: true });
    const seen = await world.store.presence.reactions(PANEL);
    expect(JSON.stringify(seen)).not.toContain('eve');
    for (const on of [PANEL, CARD])
      await world.host.reactions.reconcile(on, [{ emoji: '🤖', members: ['eve'] }]);
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toEqual([]);
    // What they take away and put there anew is a new wish.
    await world.host.reactions.reconcile(PANEL, []);
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toEqual(['agents']);
  });

  it('ends, for any changes by emoji and by words, in what its member wanted last', async () => {
    const emoji = ['🤖', '🎬', '👁️'] as const;
    const topics = { '🤖': 'agents', '🎬': 'video', '👁️': 'vision' };
    const aStep = fc.record({
      id: fc.constantFrom('eve', 'bob'),
      emoji: fc.constantFrom(...emoji),
      how: fc.constantFrom('add', 'remove', 'add away', 'remove away', 'follow', 'unfollow', 'replay'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 14 }), async (steps) => {
        const world = await openWorld(SUNDAY);
        const standing = new Map(emoji.map((one) => [one as string, new Set<string>()]));
        const wanted = new Map(['eve', 'bob'].map((id) => [id, new Set<string>()]));
        const reconcile = () =>
          world.host.reactions.reconcile(
            PANEL,
            [...standing].map(([one, members]) => ({ emoji: one, members: [...members] })),
          );
        for (const { id, emoji: one, how } of steps) {
          const [stands, wants] = [standing.get(one), wanted.get(id)] as [Set<string>, Set<string>];
          const topic = topics[one];
          if (how === 'replay' && stands.has(id)) await reacting(world, id)(one);
          if (how.startsWith('add') && !stands.has(id)) {
            stands.add(id);
            wants.add(topic);
            await (how === 'add' ? reacting(world, id)(one) : reconcile());
          }
          if (how.startsWith('remove') && stands.has(id)) {
            stands.delete(id);
            wants.delete(topic);
            await (how === 'remove' ? reacting(world, id)(one, false) : reconcile());
          }
          if (how === 'follow') wants.add(topic);
          if (how === 'unfollow') wants.delete(topic);
          if (how.endsWith('follow')) await member(world, id)(how, { what: topic });
        }
        await reconcile();
        for (const [id, wants] of wanted) expect(new Set(await followedBy(world, id))).toEqual(wants);
        await world.close();
      }),
      { numRuns: 40, seed: 5 },
    );
  }, 60_000);
});

describe('what is to be looked at after an absence', () => {
  it('are the panels, and the cards of the last seven days that are out', async () => {
    const world = await open();
    const { reactions } = world.host;
    for (const messageId of ['p1', 'p2']) await reactions.watch({ ...PANEL, messageId });
    await reactions.unwatch({ ...PANEL, messageId: 'p1' });
    await world.addFeed({ layout: 'cards', limit: 2 });
    await world.addFeed({ layout: 'digest' });
    for (const day of ['2026-11-23', '2026-11-24'])
      show(
        world,
        day,
        paperBy('Bo Li', `2611.000${day.slice(8)}`),
        paperBy('Cy Wu', `2611.001${day.slice(8)}`),
      );
    await world.tickAt(MONDAY);
    await world.tickAt(TUESDAY);
    const { panels, editions } = await reactions.watched('terminal');
    expect(panels).toEqual([{ ...PANEL, messageId: 'p2' }]);
    const inFeed = world.adapter.posted.filter(({ id }) => id.startsWith('feed01@'));
    const ids = inFeed.map(({ messageId }) => messageId);
    expect(editions).toEqual([
      { destination: PLACE, first: ids[0], messageIds: ids.slice(1, 3) },
      { destination: PLACE, first: ids[3], messageIds: ids.slice(4, 6) },
    ]);
    // Of one that is broken off after its heading there is nothing to look at.
    const { send } = world.adapter;
    world.adapter.send = async (message, signal) => {
      if (/^feed01@.*#0$/.test(message.id)) return await send(message, signal);
      throw throttled(DAY_MS);
    };
    show(world, '2026-11-25', paperBy('Bo Li', '2611.00025'));
    await world.tickAt(WEDNESDAY);
    expect((await reactions.watched('terminal')).editions).toHaveLength(2);
    world.clock.set(addMs(MONDAY, 8 * DAY_MS));
    expect((await reactions.watched('terminal')).editions).toHaveLength(1);
    expect(await reactions.watched('web')).toEqual({ panels: [], editions: [] });
  });
});
