import { StoreError } from '../../../src/errors.ts';
import { consideredKey } from '../../../src/store.ts';
import { type BrokenStore, withLedger } from './kit.ts';

export const SLOTS_AND_PLANS: BrokenStore[] = [
  {
    fault: 'the first state of a slot stays',
    noticedBy: 'a slot is written as it stands',
    breaks: (store) =>
      withLedger(store, ({ slots, putSlot }) => ({
        async putSlot(slot) {
          if ((await slots(slot.feedId, 1)).length === 0) await putSlot(slot);
        },
      })),
  },
  {
    fault: 'slots come oldest first',
    noticedBy: 'slots of a feed come newest first',
    breaks: (store) =>
      withLedger(store, ({ slots }) => ({ slots: async (id, limit) => (await slots(id, limit)).reverse() })),
  },
  {
    fault: 'deliveries come in the order they were given',
    noticedBy: 'a plan keeps the edition',
    breaks: (store) =>
      withLedger(store, ({ deliveries }) => ({ deliveries: async (id) => (await deliveries(id)).reverse() })),
  },
  {
    fault: 'planned slots come oldest first',
    noticedBy: 'what a feed planned comes newest first',
    breaks: (store) =>
      withLedger(store, ({ plannedSlots }) => ({
        plannedSlots: async (id, limit) => (await plannedSlots(id, limit)).reverse(),
      })),
  },
  {
    fault: 'an empty edition is not kept',
    noticedBy: 'an edition with nothing in it',
    breaks: (store) => ({
      ...store,
      plan: async (edition, deliveries) => {
        if (deliveries.length > 0) await store.plan(edition, deliveries);
      },
    }),
  },
  {
    fault: 'a plan is several writes',
    noticedBy: 'a plan that fails in its middle',
    breaks: (store) => ({
      ...store,
      async plan(edition, deliveries) {
        await store.plan(edition, deliveries.slice(0, 2));
        if (deliveries.length > 2) throw new StoreError('plan');
      },
    }),
  },
  {
    fault: 'planning again is taken for done',
    noticedBy: 'a slot that was planned cannot be planned again',
    breaks: (store) => ({ ...store, plan: (...given) => store.plan(...given).catch(() => {}) }),
  },
  {
    fault: 'only the edition knows that its slot was planned',
    noticedBy: 'a slot stays planned',
    breaks: (store) => ({
      ...store,
      async plan(edition, deliveries) {
        if (await store.editions.get(edition.id)) throw new StoreError('plan');
        await store.plan(edition, deliveries).catch(() => {});
      },
    }),
  },
  {
    fault: 'deliveries are taken whatever slot they name',
    noticedBy: 'a delivery of another slot',
    breaks: (store) => ({
      ...store,
      plan: (edition, deliveries) =>
        store.plan(
          edition,
          deliveries.map((delivery) => ({ ...delivery, slotId: edition.id })),
        ),
    }),
  },
  {
    fault: 'the first fate of a paper stays',
    noticedBy: 'a later edition may change',
    breaks: (store) => ({
      ...store,
      async plan(edition, deliveries) {
        const keys = edition.considered.map(({ paperId }) => consideredKey(edition.slot.feedId, paperId));
        const known = await store.considered.getMany(keys);
        const considered = edition.considered.filter((_, index) => !known.has(keys[index] ?? ''));
        await store.plan({ ...edition, considered }, deliveries);
      },
    }),
  },
  {
    fault: 'a change forgets what it does not say',
    noticedBy: 'a delivery moves through its states',
    breaks: (store) =>
      withLedger(store, ({ setDelivery }) => ({
        setDelivery: (id, change) => setDelivery(id, { messageId: '', ...change }),
      })),
  },
  {
    fault: 'a change of nothing succeeds',
    noticedBy: 'a delivery that was never planned',
    breaks: (store) =>
      withLedger(store, ({ setDelivery }) => ({
        setDelivery: (...given) => setDelivery(...given).catch(() => {}),
      })),
  },
];
