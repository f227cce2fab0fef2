import { StoreError } from '../../../src/errors.ts';
import { type BrokenStore, planning, withLedger } from './kit.ts';

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
    fault: 'unfinished slots come newest first',
    noticedBy: 'unfinished slots of a feed',
    breaks: (store) =>
      withLedger(store, ({ unfinishedSlots }) => ({
        unfinishedSlots: async (id) => (await unfinishedSlots(id)).reverse(),
      })),
  },
  {
    fault: 'deliveries come in the order they were given',
    noticedBy: 'a plan keeps slot, edition',
    breaks: (store) =>
      withLedger(store, ({ deliveries }) => ({ deliveries: async (id) => (await deliveries(id)).reverse() })),
  },
  {
    fault: 'the slot is left as it was',
    noticedBy: 'a plan keeps slot, edition',
    breaks: (store) =>
      planning(store, async (plan) => {
        const before = await store.ledger.slot(plan.edition.id);
        await store.plan(plan);
        await store.ledger.putSlot(before ?? { ...plan.slot, sentence: 'It is time.' });
      }),
  },
  {
    fault: 'nobody is to refresh what was planned',
    noticedBy: 'a plan keeps slot, edition',
    breaks: (store) => planning(store, ({ refreshAt: _, ...plan }) => store.plan(plan)),
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
    breaks: (store) =>
      planning(store, async (plan) => {
        if (plan.deliveries.length > 0) await store.plan(plan);
      }),
  },
  {
    fault: 'a plan is several writes',
    noticedBy: 'a plan that fails in its middle',
    breaks: (store) =>
      planning(store, async (plan) => {
        await store.plan({ ...plan, deliveries: plan.deliveries.slice(0, 2) });
        if (plan.deliveries.length > 2) throw new StoreError('plan');
      }),
  },
  {
    fault: 'planning again is taken for done',
    noticedBy: 'a slot that was planned cannot be planned again',
    breaks: (store) => planning(store, (plan) => store.plan(plan).catch(() => {})),
  },
  {
    fault: 'only the edition knows that its slot was planned',
    noticedBy: 'a slot stays planned',
    breaks: (store) =>
      planning(store, async (plan) => {
        if (await store.editions.get(plan.edition.id)) throw new StoreError('plan');
        await store.plan(plan).catch(() => {});
      }),
  },
  {
    fault: 'deliveries are taken whatever slot they name',
    noticedBy: 'a delivery of another slot',
    breaks: (store) =>
      planning(store, (plan) => {
        const { id: slotId } = plan.edition;
        return store.plan({ ...plan, deliveries: plan.deliveries.map((one) => ({ ...one, slotId })) });
      }),
  },
  {
    fault: 'an edition is taken whatever slot it names',
    noticedBy: 'an edition of another slot',
    breaks: (store) =>
      planning(store, (plan) => store.plan({ ...plan, slot: { ...plan.slot, ...plan.edition.slot } })),
  },
  {
    fault: 'anyone may plan',
    noticedBy: 'must not plan',
    breaks: (store) =>
      planning(store, async (plan) => {
        const claim = { key: 'a claim of its own', owner: 'anyone' };
        await store.ledger.claim(claim.key, claim.owner, 1000);
        await store.plan({ ...plan, claim });
      }),
  },
  {
    fault: 'a claim that has expired counts as lost',
    noticedBy: 'plans while nobody has taken it',
    breaks: (store) =>
      planning(store, async (plan) => {
        const { key, owner } = plan.claim;
        if (!(await store.ledger.release(key, owner))) throw new StoreError('plan');
        await store.ledger.claim(key, owner, 1000);
        await store.plan(plan);
      }),
  },
];
