import { aFeed } from '../../fixtures/feeds.ts';
import type { BrokenStore } from './kit.ts';

export const CHANGES: BrokenStore[] = [
  {
    fault: 'a feed that is added again takes the place of the first',
    noticedBy: 'a feed is added once',
    breaks: (store) => ({
      ...store,
      async addFeed(feed, wakeAt, notice) {
        const isNew = await store.addFeed(feed, wakeAt, notice);
        if (!isNew) await store.saveFeed(feed, wakeAt);
        return isNew;
      },
    }),
  },
  {
    fault: 'nobody is told of a new feed',
    noticedBy: 'a feed is added once',
    breaks: (store) => ({ ...store, addFeed: (feed, wakeAt) => store.addFeed(feed, wakeAt) }),
  },
  {
    fault: 'a new feed and its notice are two writes',
    noticedBy: 'a new feed and its notice are kept as one',
    breaks: (store) => ({
      ...store,
      async addFeed(feed, wakeAt, notice) {
        const isNew = await store.addFeed(feed, wakeAt);
        if (isNew && notice) await store.ledger.planNotice(notice);
        return isNew;
      },
    }),
  },
  {
    fault: 'a change does not wake its feed',
    noticedBy: 'its place in the index and its wake time',
    breaks: (store) => ({
      ...store,
      async changeFeed(id, change, wakeAt) {
        const dueNow = await store.ledger.feedsToWake(wakeAt);
        const feed = await store.changeFeed(id, change, wakeAt);
        if (dueNow.includes(id)) await store.ledger.setWake(id, '2020-01-01T00:00:00.000Z');
        return feed;
      },
    }),
  },
  {
    fault: 'a feed that is gone is made again by its change',
    noticedBy: 'no change of a feed, or of none',
    breaks: (store) => ({
      ...store,
      async changeFeed(id, change, wakeAt) {
        const feed = change((await store.feeds.get(id)) ?? aFeed({ id }));
        if (feed) await store.saveFeed(feed, wakeAt);
        return feed;
      },
    }),
  },
  {
    fault: 'reading a feed and changing it are two steps',
    noticedBy: 'of many who change a feed at once',
    breaks: (store) => ({
      ...store,
      async changeFeed(id, change, wakeAt) {
        const before = await store.feeds.get(id);
        const feed = before && change(before);
        if (feed) await store.saveFeed(feed, wakeAt);
        return feed;
      },
    }),
  },
  {
    fault: 'a feed that cannot be read counts as absent',
    noticedBy: 'a feed whose record is damaged is not changed',
    breaks: (store) => ({
      ...store,
      changeFeed: (...given) => store.changeFeed(...given).catch(() => undefined),
    }),
  },
];
