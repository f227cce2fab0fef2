import { addMs } from '../../../src/domain/calendar.ts';
import type { Store } from '../../../src/store.ts';
import { type BrokenStore, withLedger } from './kit.ts';

export const FEEDS: BrokenStore[] = [
  {
    fault: 'feeds come by name',
    noticedBy: 'in the order they were made',
    breaks: (store) =>
      withLedger(store, ({ feedIds }) => ({ feedIds: async (of) => (await feedIds(of)).sort() })),
  },
  {
    fault: 'feeds of all workspaces come',
    noticedBy: 'feeds of one workspace',
    breaks: (store) => withLedger(store, ({ feedIds }) => ({ feedIds: () => feedIds() })),
  },
  {
    fault: 'a feed due this instant sleeps on',
    noticedBy: 'feeds to wake are those',
    breaks: (store) =>
      withLedger(store, ({ feedsToWake }) => ({ feedsToWake: (at) => feedsToWake(addMs(at, -1)) })),
  },
  {
    fault: 'a wake time is not kept',
    noticedBy: 'a wake time is set for one feed',
    breaks: (store) => withLedger(store, () => ({ setWake: async () => {} })),
  },
  {
    fault: 'slots outlive their feed',
    noticedBy: 'leaves nothing behind',
    breaks: (store) => ({
      ...store,
      async removeFeed(id) {
        const slots = await store.ledger.slots(id, 10);
        const wasThere = await store.removeFeed(id);
        for (const slot of slots) await store.ledger.putSlot(slot);
        return wasThere;
      },
    }),
  },
  {
    fault: 'damaged records outlive their feed',
    noticedBy: 'takes its damaged records with it',
    breaks(store) {
      const seen = new Map<string, Awaited<ReturnType<Store['damaged']>>[number]>();
      return {
        ...store,
        async damaged() {
          for (const record of await store.damaged()) seen.set(record.key, record);
          return [...seen.values()];
        },
      };
    },
  },
  {
    fault: 'every removal succeeds',
    noticedBy: 'a feed that is not there cannot be removed',
    breaks: (store) => ({ ...store, removeFeed: async (id) => (await store.removeFeed(id)) || true }),
  },
];
