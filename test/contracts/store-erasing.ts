import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import type { Workspace } from '../../src/people.ts';
import { aSubscription, ENOUGH, HERE } from './people-samples.ts';
import { ELSEWHERE, haveFeed, LATER, LONG_AGO } from './presence-samples.ts';
import { START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';
import { ALL, countsOf, NOTHING, settle } from './whole-workspace.ts';

export const ERASING_CASES: readonly StoreCase[] = [
  {
    title: 'one that comes back too late is new, and nothing of it is left',
    async run({ store, store: { presence } }) {
      for (const where of [HERE, ...ELSEWHERE]) {
        await presence.joined(where, START, LONG_AGO);
        await settle(store, where);
        await presence.left(where, START);
      }
      expect(await presence.joined(HERE, LATER, addMs(START, 1))).toBe('new');
      expect(await countsOf(store, HERE)).toEqual(NOTHING);
      for (const where of ELSEWHERE) {
        expect(await presence.joined(where, LATER, START)).toBe('back');
        expect(await countsOf(store, where)).toEqual(ALL);
      }
    },
  },
  {
    title: 'workspaces that let us go before the limit are erased whole; those that are back or late stay',
    async run({ store, store: { presence } }) {
      const places = ['gone', 'back', 'late', 'never'].map((workspace) => ({ ...HERE, workspace }));
      const [gone, back, late, never] = places as [Workspace, Workspace, Workspace, Workspace];
      for (const where of places) await settle(store, where);
      for (const where of [gone, back, late]) await presence.joined(where, START, LONG_AGO);
      for (const where of [gone, back]) await presence.left(where, START);
      await presence.joined(back, START, LONG_AGO);
      await presence.left(late, LATER);
      for (let calls = 0; await store.forget({ outcomesBefore: addMs(START, 1000) }); calls += 1)
        expect(calls).toBeLessThan(20);
      await presence.joined(late, LATER, LONG_AGO);
      expect(await countsOf(store, gone)).toEqual(NOTHING);
      // A reaction to a paper goes by its own age.
      for (const where of [back, late, never])
        expect(await countsOf(store, where)).toEqual({ ...ALL, reactions: 1 });
      expect(await presence.joined(gone, LATER, LONG_AGO)).toBe('new');
    },
  },
  {
    title: 'a workspace of many is erased some at a time',
    async run({ store, store: { presence, people } }) {
      await presence.joined(HERE, START, LONG_AGO);
      for (let index = 0; index < 30; index += 1) await haveFeed(store, `feed${index}`, HERE);
      const members = Array.from({ length: 600 }, (_, index) => ({ ...HERE, id: `m${index}` }));
      for (const member of members) await people.follow(member, aSubscription(), ENOUGH);
      await presence.left(HERE, START);
      const left = async () =>
        (await store.ledger.feedIds(HERE)).length + ((await people.followers(HERE)).get('agents') ?? 0);
      const limits = { outcomesBefore: LATER };
      const counts = [630];
      while (await store.forget(limits)) counts.push(await left());
      expect(counts.at(-1)).toBe(0);
      const steps = counts.map((count, index) => count - (counts[index + 1] ?? count));
      expect(Math.max(...steps)).toBeLessThanOrEqual(500);
      expect(counts.length).toBeLessThan(12);
    },
  },
];
