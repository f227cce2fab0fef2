import { expect } from 'vitest';
import { consideredKey } from '../../src/store.ts';
import { anEdition, deliveriesOf, START } from './store-samples.ts';
import { expectStoreError, type StoreCase, type StoreWorld } from './store-world.ts';

const EDITION = anEdition();

/** Everything that planning writes. */
async function written({ store }: Pick<StoreWorld, 'store'>) {
  const keys = EDITION.considered.map(({ paperId }) => consideredKey(EDITION.slot.feedId, paperId));
  return {
    edition: await store.editions.get(EDITION.id),
    considered: [...(await store.considered.getMany(keys)).values()],
    deliveries: await store.ledger.deliveries(EDITION.id),
  };
}

export const PLAN_CASES: readonly StoreCase[] = [
  {
    title: 'a plan keeps the edition, what it considered and its deliveries in the order of sending',
    async run({ store }) {
      const deliveries = deliveriesOf(EDITION, 12);
      await store.plan(EDITION, [...deliveries].reverse());
      const { edition, considered, deliveries: kept } = await written({ store });
      expect(edition).toEqual(EDITION);
      expect(kept).toEqual(deliveries);
      expect(considered.map(({ fate }) => fate)).toEqual(['posted', 'posted', 'left-out']);
      expect(considered[0]).toMatchObject({ slotId: EDITION.id, consideredAt: START });
      expect(await store.ledger.deliveries('feed01@2026-11-24')).toEqual([]);
    },
  },
  {
    title: 'an edition with nothing in it is planned too',
    async run({ store }) {
      await store.plan({ ...EDITION, sections: [], considered: [] }, []);
      expect(await store.editions.get(EDITION.id)).toMatchObject({ sections: [] });
      await expectStoreError(store.plan(EDITION, []));
    },
  },
  {
    title: 'a plan that fails in its middle leaves nothing, and can be made later',
    async run(world) {
      const nothing = { edition: undefined, considered: [], deliveries: [] };
      await world.place.breakPlans();
      await expectStoreError(world.store.plan(EDITION, deliveriesOf(EDITION, 4)));
      expect(await written(world)).toEqual(nothing);
      expect(await written({ store: await world.openAnother() })).toEqual(nothing);
      await world.store.plan(EDITION, deliveriesOf(EDITION, 2));
      expect((await written(world)).deliveries).toHaveLength(2);
    },
  },
  {
    title: 'a slot that was planned cannot be planned again, and nothing changes',
    async run(world) {
      await world.store.plan(EDITION, deliveriesOf(EDITION, 2));
      const before = await written(world);
      const other = { ...EDITION, isSoFar: true, considered: [] };
      await expectStoreError(world.store.plan(other, deliveriesOf(EDITION, 5)));
      await expectStoreError((await world.openAnother()).plan(EDITION, []));
      expect(await written(world)).toEqual(before);
    },
  },
  {
    title: 'a slot stays planned when its edition is damaged',
    async run({ store, place }) {
      await store.plan(EDITION, deliveriesOf(EDITION, 2));
      await place.writeText('editions', EDITION.id, 'overwritten');
      expect(await store.editions.get(EDITION.id)).toBeUndefined();
      await expectStoreError(store.plan(EDITION, []));
      expect(await store.ledger.deliveries(EDITION.id)).toHaveLength(2);
    },
  },
  {
    title: 'what a feed planned comes newest first, without deliveries too, and no more than asked for',
    async run({ store }) {
      for (const day of ['2026-11-24', '2026-11-20', '2026-11-23'])
        await store.plan(anEdition('feed01', day), []);
      await store.plan(anEdition('feed02', '2026-11-25'), []);
      const { plannedSlots } = store.ledger;
      expect(await plannedSlots('feed01', 2)).toEqual(['feed01@2026-11-24', 'feed01@2026-11-23']);
      expect(await plannedSlots('feed01', 9)).toHaveLength(3);
      expect(await plannedSlots('feed03', 9)).toEqual([]);
    },
  },
  {
    title: 'a delivery of another slot is refused with the whole plan',
    async run(world) {
      const stranger = deliveriesOf(anEdition('feed02'), 1);
      await expectStoreError(world.store.plan(EDITION, stranger));
      expect((await written(world)).edition).toBeUndefined();
    },
  },
  {
    title: 'a later edition may change what became of a paper',
    async run({ store }) {
      await store.plan(EDITION, []);
      const next = anEdition('feed01', '2026-11-24');
      const key = consideredKey('feed01', 'hep-th/9901001');
      await store.plan(
        { ...next, considered: next.considered.map((one) => ({ ...one, fate: 'posted' })) },
        [],
      );
      expect(await store.considered.get(key)).toMatchObject({ fate: 'posted', slotId: next.id });
    },
  },
  {
    title: 'a delivery moves through its states, and what is not said of a change stays',
    async run({ store: { ledger }, store }) {
      const [first, second] = deliveriesOf(EDITION, 2);
      if (!first || !second) throw new Error('There are two.');
      await store.plan(EDITION, [first, second]);
      const [sendingAt, sentAt] = ['2026-11-23T09:00:01.000Z', '2026-11-23T09:00:02.000Z'];
      await ledger.setDelivery(first.id, { state: 'sending', changedAt: sendingAt });
      expect(await ledger.deliveries(EDITION.id)).toEqual([
        { ...first, state: 'sending', changedAt: sendingAt },
        second,
      ]);
      await ledger.setDelivery(first.id, { state: 'sent', changedAt: sentAt, messageId: 'm1' });
      await ledger.setDelivery(second.id, {
        state: 'refused',
        changedAt: sentAt,
        reason: 'The channel is gone.',
      });
      const expected = [
        { ...first, state: 'sent', changedAt: sentAt, messageId: 'm1' },
        { ...second, state: 'refused', changedAt: sentAt, reason: 'The channel is gone.' },
      ];
      expect(await ledger.deliveries(EDITION.id)).toEqual(expected);
      await ledger.setDelivery(first.id, { state: 'sent', changedAt: sentAt, reason: 'Seen.' });
      expect((await ledger.deliveries(EDITION.id))[0]).toEqual({ ...expected[0], reason: 'Seen.' });
    },
  },
  {
    title: 'a delivery that was never planned cannot change',
    async run({ store: { ledger } }) {
      await expectStoreError(
        ledger.setDelivery('feed01@2026-11-23#0', { state: 'sending', changedAt: START }),
      );
    },
  },
];
