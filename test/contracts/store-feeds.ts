import { expect } from 'vitest';
import { alarmId, feedSubject } from '../../src/domain/alarm.ts';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import type { Platform } from '../../src/domain/feed.ts';
import type { Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { anEdition, CONSIDERED_IDS, deliveriesOf, planEdition, START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

const LATER = addMs(START, 60_000);

/** Feeds in the order given, each woken so long after the start. */
async function saveFeeds(
  store: Store,
  feeds: readonly [id: string, platform: Platform, workspace: string, wakeInMs: number][],
): Promise<void> {
  for (const [id, platform, workspace, wakeInMs] of feeds) {
    const feed = aFeed({ id, destination: { platform, workspace, channel: 'c' } });
    await store.saveFeed(feed, addMs(START, wakeInMs));
  }
}

/** A feed with a slot, an edition, deliveries, what it considered, a notice and an alarm. */
async function saveWhole(store: Store, id: string): Promise<void> {
  const edition = anEdition(id);
  await store.saveFeed(aFeed({ id }), START);
  await planEdition(store, edition, { deliveries: deliveriesOf(edition, 2), refreshAt: START });
  const notice = { id: `notice/${id}`, feedId: id, deliveries: deliveriesOf({ id: `notice/${id}` }, 1) };
  const subject = feedSubject(id);
  const alarm = { id: alarmId({ subject, raisedAt: START }), subject, feedId: id, raisedAt: START };
  await store.alarms.raise({ ...alarm, sentence: 'It has not gone out.' }, notice);
}

/** What the ledger has of a feed. */
async function ledgerOf({ ledger, alarms }: Store, id: string) {
  return {
    slots: (await ledger.slots(id, 10)).length,
    unfinished: (await ledger.unfinishedSlots(id)).length,
    planned: await ledger.plannedSlots(id, 10),
    considered: (await ledger.considered(id, CONSIDERED_IDS)).size,
    deliveries: (await ledger.deliveries(anEdition(id).id)).length,
    open: (await ledger.openDeliveries(id)).length,
    notice: (await ledger.deliveries(`notice/${id}`)).length,
    alarm: (await alarms.open(feedSubject(id)))?.feedId,
  };
}

export const FEED_CASES: readonly StoreCase[] = [
  {
    title: 'feeds are listed in the order they were made, also after a change',
    async run({ store }) {
      await saveFeeds(store, [
        ['zeta', 'slack', 'W', 0],
        ['alpha', 'slack', 'W', 0],
        ['mid', 'slack', 'W', 0],
      ]);
      await saveFeeds(store, [['zeta', 'slack', 'W', 0]]);
      expect(await store.ledger.feedIds()).toEqual(['zeta', 'alpha', 'mid']);
    },
  },
  {
    title: 'feeds of one workspace are those of its platform and name, and follow a move',
    async run({ store }) {
      await saveFeeds(store, [
        ['two', 'slack', 'W', 0],
        ['one', 'slack', 'W', 0],
        ['else', 'slack', 'X', 0],
        ['same name', 'discord', 'W', 0],
      ]);
      expect(await store.ledger.feedIds({ platform: 'slack', workspace: 'W' })).toEqual(['two', 'one']);
      await saveFeeds(store, [['two', 'slack', 'X', 0]]);
      expect(await store.ledger.feedIds({ platform: 'slack', workspace: 'W' })).toEqual(['one']);
      expect(await store.ledger.feedIds({ platform: 'slack', workspace: 'X' })).toEqual(['two', 'else']);
      expect(await store.ledger.feedIds({ platform: 'email', workspace: 'W' })).toEqual([]);
    },
  },
  {
    title: 'digests are no feeds of their workspace, and are kept and woken like any other',
    async run({ store, store: { ledger } }) {
      await saveFeeds(store, [['feed', 'slack', 'W', 0]]);
      const destination = { platform: 'slack', workspace: 'W', channel: '@ada' } as const;
      const digest = aFeed({ id: 'digest', destination, isDigest: true, alongside: 'feed', isTold: true });
      await store.saveFeed(digest, addMs(START, -1));
      expect(await store.feeds.get('digest')).toEqual(digest);
      expect(await ledger.feedIds()).toEqual(['feed']);
      expect(await ledger.feedIds({ platform: 'slack', workspace: 'W' })).toEqual(['feed']);
      expect(await ledger.feedsToWake(START)).toEqual(['digest', 'feed']);
      await store.changeFeed('digest', (feed) => ({ ...feed, state: 'paused' }), LATER);
      expect(await ledger.feedIds()).toEqual(['feed']);
      await ledger.wakeAll(addMs(START, 1));
      expect(await ledger.feedsToWake(addMs(START, 1))).toEqual(['feed', 'digest']);
      expect(await store.removeFeed('digest')).toBe(true);
      expect(await ledger.feedsToWake(LATER)).toEqual(['feed']);
    },
  },
  {
    title: 'digests are woken with the feed whose time they keep, also once it is gone',
    async run({ store, store: { ledger } }) {
      await saveFeeds(store, [
        ['one', 'slack', 'W', 60_000],
        ['two', 'slack', 'W', 60_000],
      ]);
      const { alongside: _, ...alone } = aFeed({ id: 'alone', isDigest: true, alongside: 'one' });
      await store.saveFeed(aFeed({ id: 'with one', isDigest: true, alongside: 'one' }), LATER);
      await store.saveFeed(aFeed({ id: 'with two', isDigest: true, alongside: 'two' }), LATER);
      await store.saveFeed(aFeed({ id: 'alone', isDigest: true, alongside: 'one' }), LATER);
      await store.changeFeed('alone', () => alone, LATER);
      await ledger.wakeAlongside('one', START);
      expect(await ledger.feedsToWake(START)).toEqual(['with one']);
      await store.changeFeed('alone', (feed) => ({ ...feed, alongside: 'two' }), LATER);
      await store.removeFeed('two');
      await ledger.wakeAlongside('two', addMs(START, 1));
      expect(await ledger.feedsToWake(addMs(START, 1))).toEqual(['with one', 'with two', 'alone']);
      await ledger.wakeAlongside('no such feed', START);
    },
  },
  {
    title: 'a feed from before there were topics wants all of them',
    async run({ store, place }) {
      await store.saveFeed(aFeed(), START);
      const text = (await place.readText('feeds', 'feed01')) ?? '';
      expect(text).toContain('"topics":[],');
      await place.writeText('feeds', 'feed01', text.replace('"topics":[],', ''));
      expect(await store.feeds.get('feed01')).toEqual(aFeed());
    },
  },
  {
    title: 'feeds to wake are those whose time has come, longest overdue first',
    async run({ store }) {
      await saveFeeds(store, [
        ['due now', 'slack', 'W', 0],
        ['later', 'slack', 'W', 1],
        ['overdue', 'slack', 'W', -60_000],
        ['long overdue', 'slack', 'W', -86_400_000],
      ]);
      expect(await store.ledger.feedsToWake(START)).toEqual(['long overdue', 'overdue', 'due now']);
      expect(await store.ledger.feedsToWake('2026-11-23T09:00:00.001Z')).toHaveLength(4);
      expect(await store.ledger.feedsToWake('2020-01-01T00:00:00.000Z')).toEqual([]);
    },
  },
  {
    title: 'a wake time is set for one feed, by saving it, and for all',
    async run({ store: { ledger }, store }) {
      await saveFeeds(store, [
        ['one', 'slack', 'W', 0],
        ['two', 'slack', 'W', 0],
      ]);
      await ledger.setWake('one', LATER);
      expect(await ledger.feedsToWake(START)).toEqual(['two']);
      await saveFeeds(store, [['two', 'slack', 'W', 60_000]]);
      expect(await ledger.feedsToWake(START)).toEqual([]);
      await ledger.wakeAll(START);
      expect(await ledger.feedsToWake(START)).toEqual(['one', 'two']);
      await ledger.setWake('no such feed', START);
      expect(await ledger.feedIds()).toEqual(['one', 'two']);
    },
  },
  {
    title: 'a wake time that somebody set meanwhile stays',
    async run({ store: { ledger }, store }) {
      await saveFeeds(store, [['one', 'slack', 'W', 0]]);
      const seen = await ledger.wakeOf('one');
      expect(seen).toBe(START);
      await ledger.setWake('one', LATER, seen);
      expect(await ledger.wakeOf('one')).toBe(LATER);
      await ledger.setWake('one', '2026-11-25T09:00:00.000Z', seen);
      expect(await ledger.wakeOf('one')).toBe(LATER);
      await ledger.setWake('one', START);
      expect(await ledger.wakeOf('one')).toBe(START);
      expect(await ledger.wakeOf('no such feed')).toBeUndefined();
    },
  },
  {
    title: 'a feed that is removed leaves nothing behind, and its neighbours stand',
    async run({ store, store: { ledger } }) {
      const ids = ['feed', 'feed0', 'fee'];
      for (const id of ids) await saveWhole(store, id);
      const [whole, ...others] = await Promise.all(ids.map((id) => ledgerOf(store, id)));
      expect(await store.removeFeed('feed')).toBe(true);
      expect(await store.feeds.get('feed')).toBeUndefined();
      expect(await store.editions.get(anEdition('feed').id)).toBeUndefined();
      const nothing = {
        slots: 0,
        unfinished: 0,
        planned: [],
        considered: 0,
        deliveries: 0,
        open: 0,
        notice: 0,
      };
      expect(await ledgerOf(store, 'feed')).toEqual({ ...nothing, alarm: undefined });
      expect(await ledger.slot(anEdition('feed').id)).toBeUndefined();
      expect(await ledger.feedsToWake(LATER)).toEqual(['feed0', 'fee']);
      expect(await ledger.slotsToRefresh(LATER, 10)).toHaveLength(2);
      expect(await ledger.openNotices(10)).toHaveLength(2);
      for (const id of ids)
        expect(await ledger.claim(`feed:${id}`, 'another run', HOUR_MS)).toBe(id === 'feed');
      expect(whole).toMatchObject({ considered: 3, deliveries: 2, open: 2, notice: 1, alarm: 'feed' });
      for (const [index, id] of ids.slice(1).entries()) {
        expect(await store.editions.get(anEdition(id).id)).toBeDefined();
        expect(await ledgerOf(store, id)).toEqual(others[index]);
      }
    },
  },
  {
    title: 'a feed that is removed takes its damaged records with it',
    async run({ store, place }) {
      for (const id of ['feed', 'feed0']) {
        await saveWhole(store, id);
        for (const [kind, damaged] of [
          ['feeds', id],
          ['editions', anEdition(id).id],
        ] as const) {
          await place.writeText(kind, damaged, 'overwritten');
          await store[kind].get(damaged);
        }
      }
      expect(await store.damaged()).toHaveLength(4);
      expect(await store.removeFeed('feed')).toBe(true);
      const left = (await store.damaged()).map(({ key }) => key);
      expect(left).toHaveLength(2);
      expect(left.every((key) => key.includes(':feed0'))).toBe(true);
    },
  },
  {
    title: 'a feed that is not there cannot be removed; one that was may be made again',
    async run({ store }) {
      expect(await store.removeFeed('feed01')).toBe(false);
      await saveWhole(store, 'feed01');
      expect(await store.removeFeed('feed01')).toBe(true);
      expect(await store.removeFeed('feed01')).toBe(false);
      await store.saveFeed(aFeed(), START);
      expect(await store.ledger.feedIds()).toEqual(['feed01']);
      expect((await store.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(0);
    },
  },
];
