import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { memberAt } from '../../src/domain/member.ts';
import type { ReactedMessage } from '../../src/domain/reaction.ts';
import { MAX_SUBSCRIPTIONS } from '../../src/domain/subscription.ts';
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
  words,
} from '../members.ts';
import { restart } from '../pipeline/monday.ts';
import { openWorld, PLACE, type World } from '../world.ts';

const PAPER = '2611.00001';
const CARD: ReactedMessage = { place: { ...PLACE, channel: 'thread' }, messageId: 'card', paperId: PAPER };
const EVE = memberAt(PLACE, 'eve');

const closing: World[] = [];
afterEach(async () => {
  for (const world of closing.splice(0)) await world.close();
});

async function open() {
  const world = await openWorld(SUNDAY);
  closing.push(world);
  return { ...world, eve: reacting(world, 'eve'), onCard: reacting(world, 'eve', CARD) };
}

async function saved({ store }: World, id = 'eve'): Promise<string[]> {
  const { papers } = await store.people.saved(memberAt(PLACE, id), { offset: 0, limit: 9 });
  return papers.map(({ paperId }) => paperId);
}

describe('an emoji on a panel or a card', () => {
  it.each(['🤖', '👁', '👁️', '🏋🏽'])('%s follows its topic, and stops when it is taken away', async (emoji) => {
    const world = await open();
    for (const react of [world.eve, world.onCard]) {
      await react(emoji);
      expect(await followedBy(world, 'eve')).toHaveLength(1);
      await react(emoji, false);
      expect(await followedBy(world, 'eve')).toEqual([]);
    }
  });

  it('follows a topic of the workspace by its own emoji, be it renamed', async () => {
    const world = await open();
    await world.give('topics add', { name: 'Llamas', query: 'llama', emoji: '<:llama:123456789>' });
    await world.eve('<a:alpaca:123456789>');
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toEqual(['llamas', 'agents']);
    expect(await world.host.reactions.emoji(PLACE)).toEqual(
      expect.arrayContaining(['<:llama:123456789>', '🤖', '🌍', '🔖']),
    );
    const elsewhere = await world.host.reactions.emoji({ ...PLACE, workspace: 'another' });
    expect(elsewhere).not.toContain('<:llama:123456789>');
    expect(new Set(elsewhere).size).toBe(elsewhere.length);
  });

  it('that means nothing, or no longer does, does nothing', async () => {
    const world = await open();
    await world.give('topics add', { name: 'Llamas', query: 'llama', emoji: '🦙' });
    await world.eve('🦙');
    await world.give('topics remove', { name: 'llamas' });
    for (const emoji of ['🍕', '🦙', '🔖']) {
      for (const isAdded of [true, false]) await world.eve(emoji, isAdded);
    }
    expect(await followedBy(world, 'eve')).toEqual([]);
    expect(await saved(world)).toEqual([]);
    expect(await world.store.presence.reactions(PANEL)).toEqual([]);
  });

  it('🔖 saves the paper of a card, and takes it back', async () => {
    const world = await open();
    await world.onCard('🔖');
    expect(await saved(world)).toEqual([PAPER]);
    await world.onCard('🔖', false);
    expect(await saved(world)).toEqual([]);
  });

  it('that is told again changes nothing: what was unfollowed since stays so', async () => {
    const world = await open();
    for (const react of [world.eve, world.onCard]) await react('🤖');
    await world.onCard('🔖');
    await member(world, 'eve')('unfollow', { what: 'agents' });
    await world.store.people.unsave(EVE, PAPER);
    for (const react of [world.eve, world.onCard]) await react('🤖');
    await world.onCard('🔖');
    expect(await followedBy(world, 'eve')).toEqual([]);
    expect(await saved(world)).toEqual([]);
    await world.eve('🤖', false);
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toEqual(['agents']);
  });

  it('that is taken away ends what was followed, whether it was seen or not', async () => {
    const world = await open();
    await member(world, 'eve')('follow', { what: 'agents' });
    await world.onCard('🤖', false);
    expect(await followedBy(world, 'eve')).toEqual([]);
  });

  it('of one who follows the most is seen and changes nothing, and they are told once', async () => {
    const world = await open();
    await member(world, 'eve')('follow', { what: 'video' });
    for (let index = 1; index < MAX_SUBSCRIPTIONS; index += 1) {
      const one = { kind: 'author', key: `a${index}`, label: 'A', followedAt: SUNDAY } as const;
      await world.store.people.follow(EVE, one, MAX_SUBSCRIPTIONS);
    }
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toHaveLength(MAX_SUBSCRIPTIONS);
    const told = [await member(world, 'eve')('help'), await member(world, 'eve')('help')];
    expect(told.map((reply) => words(reply).includes('that is the most'))).toEqual([true, false]);
    await world.store.people.unfollow(EVE, { kind: 'author', key: 'a1' });
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).not.toContain('agents');
    await world.eve('🤖', false);
    await world.eve('🤖');
    expect(await followedBy(world, 'eve')).toContain('agents');
  });

  it('put there and taken away at once ends as its member left it', async () => {
    const world = await open();
    const ids = ['a', 'b', 'c'];
    await Promise.all(
      ids.flatMap((id) => {
        const react = reacting(world, id);
        return [react('🤖'), react('🤖', false), react('🎬'), react('🤖'), react('🎬', false)];
      }),
    );
    for (const id of ids) expect(await followedBy(world, id)).toEqual(['agents']);
  });
});

describe('whether an emoji may change anything', () => {
  it('is known without its message: it means something, was seen, or is followed or saved', async () => {
    const world = await open();
    const { reactions } = world.host;
    const may = (emoji: string, isAdded: boolean, id = 'eve', messageId = 'any') =>
      reactions.mayChange({ on: { place: PLACE, messageId }, member: id, emoji, isAdded });
    expect([await may('🤖', true), await may('🔖', true), await may('🍕', true)]).toEqual([
      true,
      true,
      false,
    ]);
    for (const emoji of ['🤖', '🔖', '🍕']) expect(await may(emoji, false), emoji).toBe(false);
    await member(world, 'eve')('follow', { what: 'agents' });
    await world.store.people.save(EVE, { paperId: PAPER, savedAt: SUNDAY });
    expect([await may('🤖', false), await may('🔖', false), await may('🎬', false)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([await may('🤖', false, 'bob'), await may('🔖', false, 'bob')]).toEqual([false, false]);
    await reacting(world, 'bob')('🎬');
    await member(world, 'bob')('unfollow', { what: 'video' });
    expect(await may('🎬', false, 'bob', PANEL.messageId)).toBe(true);
    expect(await may('🎬', false, 'bob')).toBe(false);
  });
});

describe('very many emoji at once', () => {
  const crowd = Array.from({ length: 300 }, (_, index) => `m${index}`);

  it.each([
    [
      'after an absence',
      ({ host }: World) => host.reactions.reconcile(PANEL, [{ emoji: '🤖', members: crowd }]),
    ],
    ['as they come', (world: World) => Promise.all(crowd.map((id) => reacting(world, id)('🤖')))],
    [
      'that were taken away',
      async (world: World) => {
        await world.host.reactions.reconcile(PANEL, [{ emoji: '🤖', members: crowd }]);
        return world.host.reactions.reconcile(PANEL, []);
      },
    ],
  ])('%s keep nobody waiting who gives a command', async (_, happen) => {
    const world = await open();
    let isDone = false;
    const happening = happen(world).then(() => {
      isDone = true;
    });
    for (let commands = 0; commands < 20; commands += 1) {
      await setImmediate();
      await member(world, 'eve')('status');
    }
    expect(isDone).toBe(false);
    await happening;
  });

  it('are left for the next time when the bot stops', async () => {
    const world = await open();
    const standing = [{ emoji: '🤖', members: crowd }];
    const ending = new AbortController();
    const happening = world.host.reactions.reconcile(PANEL, standing, ending.signal);
    await setImmediate();
    ending.abort(new Error('The bot stops.'));
    await expect(happening).rejects.toThrow('The bot stops.');
    expect((await world.store.presence.reactions(PANEL)).length).toBeLessThan(crowd.length);
    await world.host.reactions.reconcile(PANEL, standing);
    expect(await world.store.presence.reactions(PANEL)).toHaveLength(crowd.length);
  });

  it('are read once and written once where they were seen before', async () => {
    const world = await open();
    const members = crowd.slice(0, 250);
    await world.host.reactions.reconcile(PANEL, [{ emoji: '🤖', members }]);
    const calls: string[] = [];
    const presence = new Proxy(world.store.presence, {
      get(target, name) {
        calls.push(String(name));
        return Reflect.get(target, name);
      },
    });
    const next = await restart(world, { store: { ...world.store, presence } });
    await next.host.reactions.reconcile(PANEL, [{ emoji: '🤖', members: [...members.slice(1), 'new'] }]);
    expect(calls.filter((name) => /see|reactions/i.test(name))).toEqual([
      'reactions',
      'unsee',
      'hasSeen',
      'see',
    ]);
    expect(await followedBy(next, 'm0')).toEqual([]);
    expect(await followedBy(next, 'new')).toEqual(['agents']);
  });
});

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
