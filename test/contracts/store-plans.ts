import { expect } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import {
  anEdition,
  aPlan,
  CONSIDERED,
  CONSIDERED_IDS,
  deliveriesOf,
  haveFeeds,
  planEdition,
  START,
} from './store-samples.ts';
import { expectStoreError, type StoreCase, type StoreWorld } from './store-world.ts';

const EDITION = anEdition();
const PLAN = aPlan(EDITION);
const NEXT = anEdition('feed01', '2026-11-24');
const { key: CLAIM, owner: RUN } = PLAN.claim;

/** Everything that planning writes. */
async function written({ store }: Pick<StoreWorld, 'store'>, edition = EDITION) {
  const { ledger } = store;
  return {
    slot: await ledger.slot(edition.id),
    edition: await store.editions.get(edition.id),
    planned: await ledger.plannedSlots(edition.slot.feedId, 10),
    considered: [...(await ledger.considered(edition.slot.feedId, CONSIDERED_IDS)).values()],
    deliveries: await ledger.deliveries(edition.id),
    toRefresh: await ledger.slotsToRefresh('2030-01-01T00:00:00.000Z', 10),
  };
}

const NOTHING = {
  slot: undefined,
  edition: undefined,
  planned: [],
  considered: [],
  deliveries: [],
  toRefresh: [],
};

/** Plans again what planned before, or without the right to. */
async function expectRefusal(world: StoreWorld, edition = EDITION): Promise<void> {
  const before = await written(world, edition);
  const considered = CONSIDERED.map((one) => ({ ...one, fate: 'filtered' as const }));
  const deliveries = deliveriesOf(edition, 5);
  const given = { considered, deliveries, refreshAt: START };
  await expectStoreError(world.store.plan(aPlan({ ...edition, isSoFar: true }, given)));
  expect(await written(world, edition)).toEqual(before);
}

export const PLAN_CASES: readonly StoreCase[] = [
  {
    title: 'a plan keeps slot, edition, what it considered and its deliveries in the order of sending',
    async run(world) {
      const deliveries = deliveriesOf(EDITION, 12);
      const refreshAt = addMs(START, 24 * HOUR_MS);
      await planEdition(world.store, EDITION, { deliveries: [...deliveries].reverse(), refreshAt });
      expect(await written(world)).toEqual({
        slot: PLAN.slot,
        edition: EDITION,
        planned: [EDITION.id],
        considered: CONSIDERED.map(({ listing, fate }) => ({ fate, listing, consideredOn: '2026-11-23' })),
        deliveries,
        toRefresh: [EDITION.id],
      });
      expect(await world.store.ledger.deliveries(NEXT.id)).toEqual([]);
    },
  },
  {
    title: 'an edition with nothing in it is planned too',
    async run(world) {
      await planEdition(world.store, { ...EDITION, sections: [] }, { considered: [] });
      expect(await world.store.editions.get(EDITION.id)).toMatchObject({ sections: [] });
      await expectRefusal(world);
    },
  },
  {
    title: 'a plan that fails in its middle leaves nothing, and can be made later',
    async run(world) {
      const slot: SlotRecord = { ...EDITION.slot, state: 'due', sentence: 'It is time.', changedAt: START };
      await haveFeeds(world.store, slot.feedId);
      await world.store.ledger.putSlot(slot);
      await world.place.breakPlans();
      const given = { deliveries: deliveriesOf(EDITION, 4), refreshAt: START };
      await expectStoreError(planEdition(world.store, EDITION, given));
      expect(await written(world)).toEqual({ ...NOTHING, slot });
      expect(await written({ store: await world.openAnother() })).toEqual({ ...NOTHING, slot });
      await planEdition(world.store, EDITION, { deliveries: deliveriesOf(EDITION, 2) });
      expect(await written(world)).toMatchObject({ slot: { isPlanned: true }, deliveries: [{}, {}] });
    },
  },
  {
    title: 'a slot that was planned cannot be planned again, and nothing changes',
    async run(world) {
      await planEdition(world.store, EDITION, { deliveries: deliveriesOf(EDITION, 2) });
      await expectRefusal(world);
      await expectRefusal({ ...world, store: await world.openAnother() });
    },
  },
  {
    title: 'a slot stays planned when its edition is damaged',
    async run(world) {
      await planEdition(world.store, EDITION, { deliveries: deliveriesOf(EDITION, 2) });
      await world.place.writeText('editions', EDITION.id, 'overwritten');
      expect(await world.store.editions.get(EDITION.id)).toBeUndefined();
      await expectRefusal(world);
      expect(await world.store.ledger.deliveries(EDITION.id)).toHaveLength(2);
    },
  },
  {
    title: 'what a feed planned comes newest first, without deliveries too, and no more than asked for',
    async run({ store }) {
      for (const day of ['2026-11-24', '2026-11-20', '2026-11-23'])
        await planEdition(store, anEdition('feed01', day));
      await planEdition(store, anEdition('feed02', '2026-11-25'));
      const { plannedSlots } = store.ledger;
      expect(await plannedSlots('feed01', 2)).toEqual(['feed01@2026-11-24', 'feed01@2026-11-23']);
      expect(await plannedSlots('feed01', 9)).toHaveLength(3);
      expect(await plannedSlots('feed03', 9)).toEqual([]);
    },
  },
  {
    title: 'a delivery of another slot is refused with the whole plan',
    async run(world) {
      const deliveries = deliveriesOf(anEdition('feed02'), 1);
      await expectStoreError(planEdition(world.store, EDITION, { deliveries }));
      expect(await written(world)).toEqual(NOTHING);
    },
  },
  {
    title: 'an edition of another slot is refused with the whole plan',
    async run(world) {
      await planEdition(world.store, NEXT, { considered: [] });
      await expectStoreError(world.store.plan({ ...PLAN, edition: anEdition('feed01', '2026-11-25') }));
      expect(await written(world)).toEqual({ ...NOTHING, planned: [NEXT.id] });
    },
  },
  {
    title: 'a run that never had its feed must not plan',
    async run(world) {
      await planEdition(world.store, NEXT, { considered: [] });
      await world.store.ledger.release(CLAIM, RUN);
      await expectRefusal(world);
    },
  },
  {
    title: 'a run whose feed another has taken over must not plan, and the other may',
    async run(world) {
      const { store, clock, openAnother } = world;
      await planEdition(store, NEXT, { considered: [] });
      clock.advance(HOUR_MS);
      const other = await openAnother();
      expect(await other.ledger.claim(CLAIM, 'other run', HOUR_MS)).toBe(true);
      await expectRefusal(world);
      await other.plan({ ...PLAN, claim: { key: CLAIM, owner: 'other run' } });
      expect(await store.editions.get(EDITION.id)).toEqual(EDITION);
    },
  },
  {
    title: 'a run whose claim has expired plans while nobody has taken it',
    async run({ store, clock }) {
      await planEdition(store, NEXT);
      clock.advance(HOUR_MS + 1);
      await store.plan(PLAN);
      expect(await store.editions.get(EDITION.id)).toEqual(EDITION);
    },
  },
];
