import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aNotice } from './store-notices.ts';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const LATER = addMs(START, 60_000);
const pause = (feed: Feed): Feed => ({ ...feed, state: 'paused' });

export const CHANGE_CASES: readonly StoreCase[] = [
  {
    title: 'a feed is added once, and its notice with it',
    async run({ store, store: { ledger }, openAnother }) {
      expect(await store.addFeed(aFeed(), START, aNotice('notice/1'))).toBe(true);
      const other = await openAnother();
      expect(await other.addFeed(aFeed({ limit: 3 }), LATER, aNotice('notice/2'))).toBe(false);
      expect(await store.feeds.get('feed01')).toEqual(aFeed());
      expect(await ledger.feedsToWake(START)).toEqual(['feed01']);
      expect(await ledger.openNotices(9)).toEqual([{ id: 'notice/1', feedId: 'feed01' }]);
      expect(await store.addFeed(aFeed({ id: 'feed02' }), LATER)).toBe(true);
      expect(await ledger.feedIds()).toEqual(['feed01', 'feed02']);
    },
  },
  {
    title: 'a new feed and its notice are kept as one',
    async run({ store, store: { ledger }, place }) {
      await place.breakPlans();
      await expectStoreError(store.addFeed(aFeed(), START, aNotice('notice/1', 3)));
      expect(await store.feeds.get('feed01')).toBeUndefined();
      expect(await ledger.feedIds()).toEqual([]);
      expect(await store.addFeed(aFeed(), START, aNotice('notice/1', 2))).toBe(true);
    },
  },
  {
    title: 'a feed is changed with its place in the index and its wake time',
    async run({ store, store: { ledger } }) {
      for (const id of ['feed01', 'feed02']) await store.saveFeed(aFeed({ id }), START);
      const destination = { platform: 'slack', workspace: 'W', channel: 'c' } as const;
      const changed = await store.changeFeed('feed01', (feed) => ({ ...feed, destination }), LATER);
      expect(changed).toEqual(aFeed({ destination }));
      expect(await store.feeds.get('feed01')).toEqual(changed);
      expect(await ledger.feedIds({ platform: 'slack', workspace: 'W' })).toEqual(['feed01']);
      expect(await ledger.feedIds()).toEqual(['feed01', 'feed02']);
      expect(await ledger.feedsToWake(START)).toEqual(['feed02']);
    },
  },
  {
    title: 'no change of a feed, or of none, leaves everything as it was',
    async run({ store, store: { ledger } }) {
      await store.saveFeed(aFeed(), START);
      expect(await store.changeFeed('feed01', () => undefined, LATER)).toBeUndefined();
      expect(await ledger.feedsToWake(START)).toEqual(['feed01']);
      expect(await store.changeFeed('feed02', pause, LATER)).toBeUndefined();
      await store.removeFeed('feed01');
      expect(await store.changeFeed('feed01', pause, LATER)).toBeUndefined();
      expect(await store.feeds.get('feed01')).toBeUndefined();
      expect(await ledger.feedIds()).toEqual([]);
    },
  },
  {
    title: 'of many who change a feed at once none undoes the change of another',
    async run({ store, openAnother }) {
      await store.saveFeed(aFeed(), START);
      const stores = [store, await openAnother(), await openAnother()];
      const words = Array.from({ length: 12 }, (_, index) => `word ${index}`);
      const add = (word: string) => (feed: Feed) => {
        const { filters } = feed;
        return { ...feed, filters: { ...filters, include: [...filters.include, word] } };
      };
      await Promise.all(
        words.map((word, index) => (stores[index % 3] ?? store).changeFeed('feed01', add(word), LATER)),
      );
      const { filters } = (await store.feeds.get('feed01')) ?? {};
      expect([...(filters?.include ?? [])].sort()).toEqual([...words].sort());
    },
  },
  {
    title: 'a feed whose record is damaged is not changed, and one of a newer version is an error',
    async run({ store, place }) {
      await store.saveFeed(aFeed(), START);
      const newer = '{"value":{"v":99,"record":{"new":"shape"}}}';
      await place.writeText('feeds', 'feed01', newer);
      const error = await expectStoreError(store.changeFeed('feed01', pause, LATER));
      expect(error.message).toMatch(/newer version.*Upgrade/);
      expect(await place.readText('feeds', 'feed01')).toBe(newer);
      await place.writeText('feeds', 'feed01', 'overwritten');
      expect(await store.changeFeed('feed01', pause, LATER)).toBeUndefined();
      expect(await store.ledger.feedsToWake(START)).toEqual(['feed01']);
      expect(await store.feeds.get('feed01')).toBeUndefined();
      expect((await store.damaged()).map(({ key }) => key)).toEqual(['feeds:feed01']);
    },
  },
];
