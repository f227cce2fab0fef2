import { StoreError } from '../../../src/errors.ts';
import { type BrokenStore, reading } from './kit.ts';

export const READING: BrokenStore[] = [
  {
    fault: 'a failed read looks like "not there"',
    noticedBy: 'a failed read throws',
    breaks: (store) =>
      reading(store, ({ get, getMany }) => ({
        get: (key) => get(key).catch(() => undefined),
        getMany: (keys) => getMany(keys).catch(() => new Map()),
      })),
  },
  {
    fault: 'a newer record counts as absent',
    noticedBy: 'a record of a newer version',
    breaks: (store) => reading(store, ({ get }) => ({ get: (key) => get(key).catch(() => undefined) })),
  },
  {
    fault: 'what is not there has an entry',
    noticedBy: 'what is not there is undefined',
    breaks: (store) =>
      reading(store, ({ get }) => ({
        getMany: async (keys) =>
          new Map(await Promise.all(keys.map(async (key) => [key, (await get(key)) ?? {}] as const))),
      })),
  },
  {
    fault: 'text loses the colon it begins with',
    noticedBy: 'every record comes back',
    breaks: (store) =>
      reading(store, ({ get }) => ({
        get: async (key) =>
          JSON.parse(JSON.stringify((await get(key)) ?? null), (_, value) =>
            typeof value === 'string' ? value.replace(/^:/, '') : value,
          ),
      })),
  },
  {
    fault: 'only so many keys are looked up',
    noticedBy: 'many are asked for',
    breaks: (store) => reading(store, ({ getMany }) => ({ getMany: (keys) => getMany(keys.slice(0, 999)) })),
  },
  {
    fault: 'unknown properties are dropped',
    noticedBy: 'properties of a later version',
    breaks: (store) => ({
      ...store,
      async saveFeed(feed, wakeAt) {
        const { mood: _, ...known } = feed as typeof feed & { mood?: string };
        await store.saveFeed(known, wakeAt);
      },
    }),
  },
  {
    fault: 'a damaged record is fatal',
    noticedBy: 'a damaged record (',
    breaks: (store) =>
      reading(store, ({ getMany }) => ({
        async getMany(keys) {
          const before = (await store.damaged()).length;
          const found = await getMany(keys);
          if ((await store.damaged()).length > before) throw new StoreError('read');
          return found;
        },
      })),
  },
  {
    fault: 'damaged records come oldest first',
    noticedBy: 'records that were set aside are listed newest first',
    breaks: (store) => ({ ...store, damaged: async () => (await store.damaged()).reverse() }),
  },
];
