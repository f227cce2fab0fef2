import { addMs } from '../../../src/domain/calendar.ts';
import { type BrokenStore, withLedger } from './kit.ts';

export const DELIVERIES: BrokenStore[] = [
  {
    fault: 'what a change does not say stays',
    noticedBy: 'a delivery moves through its states',
    breaks: (store) =>
      withLedger(store, ({ moveDelivery, delivery }) => ({
        async moveDelivery(id, from, change) {
          const { messageId, reason } = (await delivery(id)) ?? {};
          const known = { ...(messageId ? { messageId } : {}), ...(reason ? { reason } : {}) };
          return await moveDelivery(id, from, { ...known, ...change });
        },
      })),
  },
  {
    fault: 'a delivery is moved from whatever state',
    noticedBy: 'a delivery that has moved on',
    breaks: (store) =>
      withLedger(store, ({ moveDelivery, delivery }) => ({
        moveDelivery: async (id, from, change) =>
          await moveDelivery(id, (await delivery(id))?.state ?? from, change),
      })),
  },
  {
    fault: 'looking and moving are two steps',
    noticedBy: 'of many who move a delivery at once',
    breaks: (store) =>
      withLedger(store, ({ moveDelivery, delivery }) => ({
        async moveDelivery(id, from, change) {
          const isThere = (await delivery(id))?.state === from;
          await Promise.resolve();
          if (isThere) for (const state of [from, 'sending'] as const) await moveDelivery(id, state, change);
          return isThere;
        },
      })),
  },
  {
    fault: 'what a person must decide counts as done',
    noticedBy: 'open deliveries are those',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries }) => ({
        openDeliveries: async (id) =>
          (await openDeliveries(id)).filter(({ state }) => state !== 'refused' && state !== 'uncertain'),
      })),
  },
  {
    fault: 'open deliveries come by name',
    noticedBy: 'open deliveries are those',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries }) => ({
        openDeliveries: async (id) =>
          (await openDeliveries(id)).sort((one, other) => (one.id < other.id ? -1 : 1)),
      })),
  },
  {
    fault: 'open deliveries of all workspaces come',
    noticedBy: 'open deliveries are those',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries }) => ({
        openDeliveries: (of) => openDeliveries(typeof of === 'string' ? of : undefined),
      })),
  },
  {
    fault: 'of the open deliveries all come, however few are asked for',
    noticedBy: 'of the open deliveries the oldest',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries }) => ({ openDeliveries: (of) => openDeliveries(of) })),
  },
  {
    fault: 'of the open deliveries the newest come',
    noticedBy: 'of the open deliveries the oldest',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries }) => ({
        async openDeliveries(of, limit = Number.POSITIVE_INFINITY) {
          const all = await openDeliveries(of);
          return all.slice(Math.max(0, all.length - limit));
        },
      })),
  },
  {
    fault: 'a damaged delivery counts as absent',
    noticedBy: 'a delivery whose payload is damaged',
    breaks: (store) =>
      withLedger(store, ({ delivery }) => ({ delivery: (id) => delivery(id).catch(() => undefined) })),
  },
  {
    fault: 'what is open is read whole',
    noticedBy: 'a delivery whose payload is damaged',
    breaks: (store) =>
      withLedger(store, ({ openDeliveries, delivery }) => ({
        async openDeliveries(of) {
          const open = await openDeliveries(of);
          for (const { id } of open) await delivery(id);
          return open;
        },
      })),
  },
  {
    fault: 'a slot to refresh this instant is passed over',
    noticedBy: 'slots to refresh are those',
    breaks: (store) =>
      withLedger(store, ({ slotsToRefresh }) => ({
        slotsToRefresh: (at, limit) => slotsToRefresh(addMs(at, -1), limit),
      })),
  },
  {
    fault: 'a refresh cannot be taken away',
    noticedBy: 'slots to refresh are those',
    breaks: (store) =>
      withLedger(store, ({ setRefresh }) => ({
        setRefresh: async (id, at) => {
          if (at !== undefined) await setRefresh(id, at);
        },
      })),
  },
  {
    fault: 'what is planned stays where it was to go',
    noticedBy: 'goes to another place',
    breaks: (store) => withLedger(store, () => ({ readdress: async () => {} })),
  },
];
