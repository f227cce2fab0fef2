import { expect } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { directTo } from '../../src/domain/feed.ts';
import type { Workspace } from '../../src/people.ts';
import { HERE } from './people-samples.ts';
import { ELSEWHERE, haveFeed, LATER, LONG_AGO } from './presence-samples.ts';
import { aNotice } from './store-notices.ts';
import { anEdition, deliveriesOf, START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

export const WORKSPACE_CASES: readonly StoreCase[] = [
  {
    title: 'a workspace is new once, known while it has us, and back after it let us go',
    async run({ store: { presence }, openAnother }) {
      const join = (at: string) => presence.joined(HERE, at, LONG_AGO);
      expect(await presence.left(HERE, START)).toBe(false);
      expect(await join(START)).toBe('new');
      expect(await join(LATER)).toBe('known');
      expect(await (await openAnother()).presence.joined(HERE, LATER, LONG_AGO)).toBe('known');
      for (const other of ELSEWHERE) expect(await presence.left(other, START)).toBe(false);
      expect(await presence.left(HERE, START)).toBe(true);
      expect(await presence.left(HERE, LATER)).toBe(false);
      expect(await presence.joined(HERE, LATER, START)).toBe('back');
      expect(await join(LATER)).toBe('known');
      for (const other of ELSEWHERE) expect(await presence.joined(other, LATER, LONG_AGO)).toBe('new');
    },
  },
  {
    title: 'the workspaces that have us are those that joined and have not left',
    async run({ store: { presence } }) {
      const join = (workspace: string) => presence.joined({ ...HERE, workspace }, START, LONG_AGO);
      for (const workspace of ['b', 'a', 'c']) await join(workspace);
      await presence.joined({ platform: 'discord', workspace: 'd' }, START, LONG_AGO);
      expect(await presence.departed('slack')).toEqual([]);
      await presence.left({ ...HERE, workspace: 'b' }, START);
      expect((await presence.present('slack')).sort()).toEqual(['a', 'c']);
      expect(await presence.departed('slack')).toEqual(['b']);
      expect(await presence.departed('discord')).toEqual([]);
      await join('b');
      expect((await presence.present('slack')).sort()).toEqual(['a', 'b', 'c']);
      expect(await presence.departed('slack')).toEqual([]);
      expect(await presence.present('discord')).toEqual(['d']);
      expect(await presence.present('web')).toEqual([]);
    },
  },
  {
    title: 'whoever let us in is greeted once, and again where the workspace is new again',
    async run({ store: { presence }, openAnother }) {
      const ungreeted = async () => (await presence.ungreeted('slack')).sort();
      const places = ['a', 'b', 'c'].map((workspace) => ({ ...HERE, workspace }));
      const [a, b, c] = places as [Workspace, Workspace, Workspace];
      for (const where of places) await presence.joined(where, START, LONG_AGO);
      await presence.joined({ ...HERE, platform: 'discord' }, START, LONG_AGO);
      await (await openAnother()).presence.greeted(a);
      await presence.greeted({ ...b, platform: 'discord' });
      await presence.joined(a, LATER, LONG_AGO);
      expect(await ungreeted()).toEqual(['b', 'c']);
      for (const where of [a, c]) await presence.left(where, START);
      expect(await ungreeted()).toEqual(['b']);
      expect(await presence.joined(a, LATER, LONG_AGO)).toBe('back');
      expect(await ungreeted()).toEqual(['b']);
      await presence.left(a, START);
      expect(await presence.joined(a, LATER, LATER)).toBe('new');
      expect(await ungreeted()).toEqual(['a', 'b']);
    },
  },
  {
    title: 'the feeds of a workspace that let us go rest, until it has us again',
    async run({ store, store: { presence, ledger } }) {
      await presence.joined(HERE, START, LONG_AGO);
      await haveFeed(store, 'mine', HERE);
      await haveFeed(store, 'digest', HERE, true);
      await haveFeed(store, 'other', ELSEWHERE[0] ?? HERE);
      const before = await store.feeds.get('mine');
      await presence.left(HERE, START);
      await ledger.wakeAll(START);
      expect(await ledger.feedsToWake(LATER)).toEqual(['other']);
      expect(await ledger.feedIds(HERE)).toEqual(['mine']);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await ledger.feedsToWake(LATER)).toEqual(['other', 'mine', 'digest']);
      expect(await store.feeds.get('mine')).toEqual(before);
    },
  },
  {
    title: 'what waits is looked at as soon as its workspace has us again, and nothing elsewhere',
    async run({ store, store: { presence, ledger } }) {
      const [there] = ELSEWHERE as [Workspace];
      const waiting = { state: 'waiting', sentence: 'Closed.', changedAt: START } as const;
      const lookAgainAt = addMs(START, 30 * DAY_MS);
      for (const [id, where] of [['mine', HERE] as const, ['other', there] as const]) {
        await presence.joined(where, START, LONG_AGO);
        await haveFeed(store, id, where);
        await ledger.setWake(id, lookAgainAt);
        for (const state of ['waiting', 'posted'] as const) {
          const day = state === 'waiting' ? '2026-11-23' : '2026-11-20';
          await ledger.putSlot({ ...anEdition(id, day).slot, ...waiting, state, lookAgainAt });
        }
      }
      await presence.left(HERE, START);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await ledger.feedsToWake(LATER)).toEqual(['mine']);
      const looks = async (id: string) =>
        (await ledger.slots(id, 9)).map((slot) => slot.lookAgainAt?.slice(0, 10));
      expect(await looks('mine')).toEqual(['2026-11-24', '2026-12-23']);
      expect(await looks('other')).toEqual(['2026-12-23', '2026-12-23']);
    },
  },
  {
    title: 'notices rest with the workspace of their manager',
    async run({ store: { presence, ledger } }) {
      const notice = (id: string, where: Workspace) => ({
        ...aNotice(id),
        deliveries: deliveriesOf({ id }, 1).map((one) => ({ ...one, destination: directTo(where, 'ada') })),
      });
      await presence.joined(HERE, START, LONG_AGO);
      await ledger.planNotice(notice('mine', HERE));
      await ledger.planNotice(notice('other', ELSEWHERE[1] ?? HERE));
      const open = async () => (await ledger.openNotices(9)).map(({ id }) => id);
      expect(await open()).toEqual(['mine', 'other']);
      await presence.left(HERE, START);
      expect(await open()).toEqual(['other']);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await open()).toEqual(['mine', 'other']);
    },
  },
];
