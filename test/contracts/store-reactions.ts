import { expect } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { ADA, HERE } from './people-samples.ts';
import { aSeenReaction, CARD, CHANNEL, LATER, LONG_AGO, PANEL } from './presence-samples.ts';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';
import { ALL, countsOf, settle } from './whole-workspace.ts';

export const REACTION_CASES: readonly StoreCase[] = [
  {
    title: 'what was seen on a message is kept once, as it was, by emoji and mark',
    async run({ store: { presence }, openAnother }) {
      const [ada, bob] = [aSeenReaction(), aSeenReaction({ mark: 'mark of bob', member: 'bob' })];
      const video = aSeenReaction({ emoji: '🎬' });
      await presence.see(PANEL, [video], START);
      await presence.see(PANEL, [bob, ada], START);
      await presence.see(PANEL, [{ ...ada, member: 'eve' }], LATER);
      const seen = await (await openAnother()).presence.reactions(PANEL);
      expect(seen).toHaveLength(3);
      expect(seen).toEqual(expect.arrayContaining([ada, bob, video]));
      expect(await presence.hasSeen(PANEL, { ...ada, member: 'eve' })).toBe(true);
      expect(await presence.hasSeen(PANEL, { ...bob, emoji: '🎬' })).toBe(false);
      expect(await presence.hasSeen(PANEL, { ...bob, mark: 'another' })).toBe(false);
    },
  },
  {
    title: 'the same message id elsewhere is another message',
    async run({ store: { presence } }) {
      await presence.see(PANEL, [aSeenReaction()], START);
      const others = [
        { ...PANEL, messageId: 'm9' },
        ...[{ channel: 'D' }, { workspace: 'X' }, { platform: 'discord' as const }].map((more) => ({
          ...PANEL,
          place: { ...CHANNEL, ...more },
        })),
      ];
      for (const on of others) {
        expect(await presence.hasSeen(on, aSeenReaction())).toBe(false);
        expect(await presence.reactions(on)).toEqual([]);
        await presence.unsee(on, [aSeenReaction()]);
      }
      expect(await presence.hasSeen(PANEL, aSeenReaction())).toBe(true);
    },
  },
  {
    title: 'of many that are seen or gone at once none is where one cannot be kept',
    async run({ store: { presence } }) {
      const [ada, bob] = [aSeenReaction(), aSeenReaction({ mark: 'mark of bob', member: 'bob' })];
      const impossible = { emoji: '🎬', mark: {} } as never;
      await expectStoreError(presence.see(PANEL, [ada, impossible], START));
      expect(await presence.reactions(PANEL)).toEqual([]);
      await presence.see(PANEL, [ada, bob], START);
      await expectStoreError(presence.unsee(PANEL, [ada, impossible]));
      expect(await presence.reactions(PANEL)).toHaveLength(2);
    },
  },
  {
    title: 'one that is gone was never seen, and the others stand',
    async run({ store: { presence } }) {
      const bob = aSeenReaction({ mark: 'mark of bob', member: 'bob' });
      const video = aSeenReaction({ emoji: '🎬' });
      const audio = aSeenReaction({ emoji: '🎧' });
      await presence.see(CARD, [aSeenReaction(), bob, video, audio], START);
      await presence.unsee(CARD, [bob, audio]);
      await presence.unsee(CARD, [audio]);
      expect(await presence.hasSeen(CARD, bob)).toBe(false);
      const seen = await presence.reactions(CARD);
      expect(seen).toHaveLength(2);
      expect(seen).toEqual(expect.arrayContaining([aSeenReaction(), video]));
    },
  },
  {
    title: 'of a forgotten member only the marks stay, and those of others as they were',
    async run({ store: { presence, people } }) {
      const bob = aSeenReaction({ mark: 'mark of bob', member: 'bob' });
      const elsewhere = { ...PANEL, place: { ...CHANNEL, workspace: 'X' } };
      for (const on of [PANEL, CARD, elsewhere]) await presence.see(on, [aSeenReaction()], START);
      await presence.see(PANEL, [bob], START);
      await people.forgetMember(ADA);
      const marked = { emoji: '🤖', mark: 'mark of ada' };
      const seen = await presence.reactions(PANEL);
      expect(seen).toHaveLength(2);
      expect(seen).toEqual(expect.arrayContaining([marked, bob]));
      expect(await presence.reactions(CARD)).toEqual([marked]);
      expect(await presence.reactions(elsewhere)).toEqual([aSeenReaction()]);
      expect(await presence.hasSeen(PANEL, aSeenReaction())).toBe(true);
    },
  },
  {
    title: 'reactions to papers are forgotten by their age, those on panels stay',
    async run({ store, store: { presence } }) {
      const young = aSeenReaction({ emoji: '🎬' });
      for (const on of [PANEL, CARD]) {
        await presence.see(on, [aSeenReaction()], START);
        await presence.see(on, [young], LATER);
      }
      while (await store.forget({ outcomesBefore: addMs(START, HOUR_MS) }));
      expect(await presence.reactions(CARD)).toEqual([young]);
      expect(await presence.reactions(PANEL)).toHaveLength(2);
    },
  },
  {
    title: 'where we are and what was seen outlives its process',
    needsData: true,
    async run({ store, openAnother }) {
      await settle(store, HERE);
      await store.presence.joined(HERE, START, LONG_AGO);
      await store.close();
      const again = await openAnother();
      expect(await countsOf(again, HERE)).toEqual(ALL);
      expect(await again.presence.present('slack')).toEqual(['W']);
    },
  },
  {
    title: 'of where we are nothing that cannot be asked looks like nothing, and no error names anybody',
    async run({ store, store: { presence } }) {
      await settle(store, HERE);
      await store.close();
      for (const call of [
        () => presence.joined(HERE, START, LONG_AGO),
        () => presence.left(HERE, START),
        () => presence.present('slack'),
        () => presence.departed('slack'),
        () => presence.ungreeted('slack'),
        () => presence.greeted(HERE),
        () => presence.watch(PANEL),
        () => presence.unwatch(PANEL),
        () => presence.panels('slack'),
        () => presence.editions('slack', '2026-11-20'),
        () => presence.reactions(PANEL),
        () => presence.hasSeen(PANEL, aSeenReaction()),
        () => presence.see(PANEL, [aSeenReaction()], START),
        () => presence.unsee(PANEL, [aSeenReaction()]),
      ])
        expect((await expectStoreError(call())).message).not.toContain(ADA.id);
    },
  },
];
