import { addMs } from '../../../src/domain/calendar.ts';
import type { SlotRecord } from '../../../src/domain/edition.ts';
import type { Store } from '../../../src/store.ts';
import { START } from '../../contracts/store-samples.ts';
import { type BrokenStore, reading, withLedger } from './kit.ts';

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
    fault: 'digests are listed among the feeds',
    noticedBy: 'digests are no feeds of their workspace',
    breaks: (store) =>
      withLedger(store, ({ feedIds, feedsToWake }) => ({
        feedIds: async (of) => [...new Set([...(await feedIds(of)), ...(await feedsToWake(START))])],
      })),
  },
  {
    fault: 'a digest forgets that it is one',
    noticedBy: 'digests are no feeds of their workspace',
    breaks: (store) => ({
      ...store,
      async saveFeed({ isDigest: _, ...feed }, wakeAt) {
        await store.saveFeed(feed, wakeAt);
      },
    }),
  },
  {
    fault: 'digests sleep on',
    noticedBy: 'digests are woken with the feed',
    breaks: (store) => withLedger(store, () => ({ wakeAlongside: async () => {} })),
  },
  {
    fault: 'all digests are woken with any feed',
    noticedBy: 'digests are woken with the feed',
    breaks: (store) => withLedger(store, ({ wakeAll }) => ({ wakeAlongside: (_feedId, at) => wakeAll(at) })),
  },
  {
    fault: 'feeds have no topics when they say none',
    noticedBy: 'a feed from before there were topics',
    breaks: (store) =>
      reading(store, ({ get }) => ({
        get: async (key) => JSON.parse(JSON.stringify(await get(key)).replace('"topics":[],', '')),
      })),
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
    fault: 'a wake time is set whatever was seen',
    noticedBy: 'a wake time that somebody set meanwhile stays',
    breaks: (store) => withLedger(store, ({ setWake }) => ({ setWake: (id, at) => setWake(id, at) })),
  },
  {
    fault: 'slots outlive their feed',
    noticedBy: 'leaves nothing behind',
    breaks(store) {
      const kept = new Map<string, SlotRecord[]>();
      return withLedger(
        {
          ...store,
          async removeFeed(id) {
            kept.set(id, await store.ledger.slots(id, 10));
            return await store.removeFeed(id);
          },
        },
        ({ slots }) => ({ slots: async (id, limit) => kept.get(id) ?? (await slots(id, limit)) }),
      );
    },
  },
  {
    fault: 'a slot may be written as not planned',
    noticedBy: 'a slot that was planned stays so',
    breaks: (store) =>
      withLedger(store, ({ slot }) => ({
        async slot(id) {
          const found = await slot(id);
          if (found?.state === 'failed') delete found.isPlanned;
          return found;
        },
      })),
  },
  {
    fault: 'slots of no feed are kept',
    noticedBy: 'a slot of a feed that is not there',
    breaks(store) {
      const strays: SlotRecord[] = [];
      return withLedger(store, ({ putSlot, slots }) => ({
        async putSlot(slot) {
          if (!(await store.feeds.get(slot.feedId))) strays.push(slot);
          await putSlot(slot);
        },
        slots: async (id, limit) => [
          ...strays.filter(({ feedId }) => feedId === id),
          ...(await slots(id, limit)),
        ],
      }));
    },
  },
  {
    fault: 'the claim of a feed outlives it',
    noticedBy: 'leaves nothing behind',
    breaks: (store) => ({
      ...store,
      async removeFeed(id) {
        const wasThere = await store.removeFeed(id);
        await store.ledger.claim(`feed:${id}`, 'run', 3_600_000);
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
