import { expect } from 'vitest';
import type { DeliveryId } from '../../src/domain/delivery.ts';
import type { Edition } from '../../src/domain/edition.ts';
import type { Store } from '../../src/store.ts';
import { ADA, aSubscription, aTopic, HERE, savedPaper } from '../contracts/people-samples.ts';
import { aSeenReaction, LATER, LONG_AGO, PANEL } from '../contracts/presence-samples.ts';
import { aNotice } from '../contracts/store-notices.ts';
import { anEdition, deliveriesOf, planEdition, START } from '../contracts/store-samples.ts';
import { aFeed } from '../fixtures/feeds.ts';

export const TRIES = 20;

/** Asks the stores of one place the same at once, many times over. */
export const atOnce = <T>(
  stores: readonly Store[],
  ask: (store: Store, index: number) => Promise<T>,
): Promise<T[]> =>
  Promise.all(
    Array.from({ length: TRIES }, (_, index) => ask(stores[index % stores.length] as Store, index)),
  );

export const count = <T>(all: readonly T[], one: T) => all.filter((each) => each === one).length;

/** What several processes on one store do at once, by its claim; `stores` are theirs. */
export const CROWD_CASES: readonly [title: string, run: (stores: readonly Store[]) => Promise<void>][] = [
  [
    'let nobody follow, and no workspace make, more than the most',
    async (stores) => {
      const [{ people }] = stores as [Store];
      const followed = await atOnce(stores, (store, index) =>
        store.people.follow(ADA, aSubscription({ key: `topic ${index}` }), 7),
      );
      expect([count(followed, 'followed'), count(followed, 'full')]).toEqual([7, TRIES - 7]);
      expect(await people.subscriptions(ADA)).toHaveLength(7);
      const made = await atOnce(stores, (store, index) =>
        store.people.addTopic(HERE, aTopic(`topic ${index % 8}`), 5),
      );
      expect(count(made, 'added')).toBe(5);
      expect(await people.topics(HERE)).toHaveLength(5);
    },
  ],
  [
    'let one follow, save and see a thing once, and count it once',
    async (stores) => {
      const [{ people, presence }] = stores as [Store];
      const followed = await atOnce(stores, (store) => store.people.follow(ADA, aSubscription(), 7));
      expect([count(followed, 'followed'), count(followed, 'already')]).toEqual([1, TRIES - 1]);
      expect(await people.followers(HERE)).toEqual(new Map([['agents', 1]]));
      const saved = await atOnce(stores, (store) => store.people.save(ADA, savedPaper('a')));
      expect(count(saved, true)).toBe(1);
      const unsaved = await atOnce(stores, (store) => store.people.unsave(ADA, 'a'));
      expect(count(unsaved, true)).toBe(1);
      const reactions = ['a', 'b', 'c', 'd'].map((mark) => aSeenReaction({ mark }));
      await atOnce(stores, (store, index) =>
        index % 3 === 0
          ? store.presence.unsee(PANEL, reactions)
          : store.presence.see(PANEL, index % 2 === 0 ? reactions : [...reactions].reverse(), START),
      );
      await presence.see(PANEL, reactions, START);
      expect(await presence.reactions(PANEL)).toEqual(reactions);
    },
  ],
  [
    'find a workspace new once, back once, and gone once',
    async (stores) => {
      const [first] = stores as [Store];
      const join = (at: string, keptSince: string) =>
        atOnce(stores, ({ presence }) => presence.joined(HERE, at, keptSince));
      expect(count(await join(START, LONG_AGO), 'new')).toBe(1);
      const gone = await atOnce(stores, ({ presence }) => presence.left(HERE, START));
      expect(count(gone, true)).toBe(1);
      const back = await join(LATER, LONG_AGO);
      expect([count(back, 'back'), count(back, 'known')]).toEqual([1, TRIES - 1]);
      for (let index = 0; index < 50; index += 1)
        await first.saveFeed(aFeed({ id: `feed${index}`, destination: PANEL.place }), START);
      await first.presence.left(HERE, START);
      const late = await join(LATER, LATER);
      expect([count(late, 'new'), count(late, 'known')]).toEqual([1, TRIES - 1]);
      expect(await first.ledger.feedIds(HERE)).toEqual([]);
    },
  ],
];

/** An edition and a notice so old that they may be forgotten, each with a delivery that nobody knows to have arrived. */
export async function planUncertain(store: Store): Promise<{ edition: Edition; ids: DeliveryId[] }> {
  const edition = anEdition('feed01', '2026-01-01');
  await planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) });
  const days = Array.from({ length: 14 }, (_, index) => `2026-02-${String(index + 10)}`);
  for (const day of days) await planEdition(store, anEdition('feed01', day));
  await store.ledger.planNotice(aNotice('notice', 1, 'feed01'));
  const uncertain = { state: 'uncertain', changedAt: '2026-01-01T09:00:00.000Z' } as const;
  const ids = [`${edition.id}#0`, 'notice#0'];
  for (const id of ids) await store.ledger.moveDelivery(id, 'planned', uncertain);
  await store.ledger.putSlot({ ...edition.slot, state: 'posted', sentence: 'Posted.', changedAt: START });
  return { edition, ids };
}

/** Before which those of `planUncertain` may be forgotten. */
export const LONG_PAST = { outcomesBefore: '2026-08-25T09:00:00.000Z' };

/** Expects that nothing of it was forgotten, as its deliveries are on their way again. */
export async function expectKept(
  store: Store,
  { edition, ids }: Awaited<ReturnType<typeof planUncertain>>,
): Promise<void> {
  for (const id of ids) expect(await store.ledger.delivery(id)).toMatchObject({ state: 'planned' });
  expect(await store.ledger.slot(edition.id)).toBeDefined();
  expect(await store.editions.get(edition.id)).toBeDefined();
}
