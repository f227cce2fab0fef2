import { expect } from 'vitest';
import type { Day } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { HERE } from './people-samples.ts';
import { aSeenReaction, CARD, CHANNEL, LATER, LONG_AGO, PANEL } from './presence-samples.ts';
import { anEdition, deliveriesOf, planEdition, START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

export const PANEL_CASES: readonly StoreCase[] = [
  {
    title: 'panels are kept once, in the order they were posted, until they are gone',
    async run({ store: { presence }, openAnother }) {
      const panels = ['z', 'a', 'm'].map((messageId) => ({ ...PANEL, messageId }));
      for (const panel of [...panels, ...panels]) await presence.watch(panel);
      await presence.watch({ ...PANEL, place: { ...CHANNEL, platform: 'discord' } });
      expect(await (await openAnother()).presence.panels('slack')).toEqual(panels);
      await presence.unwatch(panels[1] ?? PANEL);
      await presence.unwatch({ ...PANEL, place: { ...CHANNEL, channel: 'D' }, messageId: 'z' });
      expect(await presence.panels('slack')).toEqual([panels[0], panels[2]]);
      expect(await presence.panels('web')).toEqual([]);
    },
  },
  {
    title: 'a message that is gone takes along what was seen on it, and nothing else',
    async run({ store: { presence } }) {
      await presence.watch(PANEL);
      const twin = { ...PANEL, place: { ...CHANNEL, channel: 'D' } };
      for (const on of [PANEL, CARD, twin]) await presence.see(on, [aSeenReaction()], START);
      await presence.unwatch(PANEL);
      await presence.unwatch(CARD);
      expect(await presence.reactions(PANEL)).toEqual([]);
      expect(await presence.reactions(CARD)).toEqual([]);
      expect(await presence.reactions(twin)).toEqual([aSeenReaction()]);
    },
  },
  {
    title: 'the panels of a workspace that let us go are not among them until it has us again',
    async run({ store: { presence } }) {
      const elsewhere = { ...PANEL, place: { ...CHANNEL, workspace: 'X' } };
      await presence.joined(HERE, START, LONG_AGO);
      for (const panel of [PANEL, elsewhere]) await presence.watch(panel);
      await presence.left(HERE, START);
      expect(await presence.panels('slack')).toEqual([elsewhere]);
      await presence.joined(HERE, LATER, LONG_AGO);
      expect(await presence.panels('slack')).toEqual([PANEL, elsewhere]);
    },
  },
  {
    title: 'the editions from a day on come with what is out of them, oldest first, and no digest',
    async run({ store, store: { presence } }) {
      await presence.joined(HERE, START, LONG_AGO);
      const days: Day[] = ['2026-11-23', '2026-11-19', '2026-11-20'];
      for (const day of days) await post(store, 'mine', day);
      await post(store, 'planned', '2026-11-20', 0);
      await post(store, 'digest', '2026-11-20', 2, { isDigest: true });
      await post(store, 'web', '2026-11-20', 2, { destination: { ...CHANNEL, platform: 'web' } });
      const ids = new Map([
        [0, 'mine@2026-11-20#0!'],
        [1, 'mine@2026-11-20#1!'],
      ]);
      const found = await presence.editions('slack', '2026-11-20');
      expect(found.map(({ slotId }) => slotId)).toEqual(['mine@2026-11-20', 'mine@2026-11-23']);
      expect(found[0]).toEqual({ slotId: 'mine@2026-11-20', destination: CHANNEL, messageIds: ids });
      await presence.left(HERE, START);
      expect(await presence.editions('slack', '2026-11-20')).toEqual([]);
    },
  },
];

/** Plans an edition of three messages, of which so many are out. */
async function post(
  store: Store,
  id: string,
  day: Day,
  sent = 2,
  given: Parameters<typeof aFeed>[0] = {},
): Promise<void> {
  const feed = aFeed({ id, destination: CHANNEL, ...given });
  await store.saveFeed(feed, START);
  const edition = anEdition(id, day);
  const { destination } = feed;
  const deliveries = deliveriesOf(edition, 3).map((one) => ({ ...one, destination }));
  await planEdition(store, edition, { deliveries });
  for (const one of deliveries.slice(0, sent).reverse()) {
    const change = { state: 'sent', messageId: `${one.id}!`, changedAt: START } as const;
    await store.ledger.moveDelivery(one.id, 'planned', change);
  }
}
