import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { memberAt } from '../../src/domain/member.ts';
import { MAX_SUBSCRIPTIONS } from '../../src/domain/subscription.ts';
import { followedBy, member, PANEL, reacting, SUNDAY, words } from '../members.ts';
import { restart } from '../pipeline/monday.ts';
import { PLACE, type World } from '../world.ts';
import { open, PAPER } from './reactions-scene.ts';

const EVE = memberAt(PLACE, 'eve');

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
