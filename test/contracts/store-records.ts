import { expect } from 'vitest';
import type { Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import {
  anArchivedListing,
  anEdition,
  archived,
  CONSIDERED_IDS,
  MONDAY_ID,
  planEdition,
  RICH_PAPER,
  START,
} from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const KINDS = ['papers', 'listings', 'feeds', 'editions'] as const;

/** Writes one record of each kind; out: the key of each. */
async function writeEach(store: Store): Promise<Record<(typeof KINDS)[number], string>> {
  const feed = aFeed();
  const edition = anEdition(feed.id);
  await store.archive(anArchivedListing(), [archived(RICH_PAPER)]);
  await store.saveFeed(feed, START);
  await planEdition(store, edition);
  return {
    papers: RICH_PAPER.id,
    listings: MONDAY_ID,
    feeds: feed.id,
    editions: edition.id,
  };
}

export const RECORD_CASES: readonly StoreCase[] = [
  {
    title: 'what is not there is undefined, and has no entry among many',
    async run({ store }) {
      await writeEach(store);
      for (const kind of KINDS) {
        expect(await store[kind].get('nothing')).toBeUndefined();
        expect(await store[kind].getMany(['nothing', 'at all'])).toEqual(new Map());
        expect(await store[kind].getMany([])).toEqual(new Map());
      }
    },
  },
  {
    title: 'every record comes back as it was written',
    async run({ store }) {
      const keys = await writeEach(store);
      expect(await store.papers.get(keys.papers)).toEqual(archived(RICH_PAPER));
      expect(await store.listings.get(keys.listings)).toEqual(anArchivedListing());
      expect(await store.feeds.get(keys.feeds)).toEqual(aFeed());
      expect(await store.editions.get(keys.editions)).toEqual(anEdition());
    },
  },
  {
    title: 'many are asked for at once, also twice the same, and those that are there come',
    async run({ store }) {
      const papers = Array.from({ length: 1200 }, (_, index) => aPaper({ id: `2611.${10_000 + index}` }));
      await store.archive(
        undefined,
        papers.map((paper) => archived(paper)),
      );
      const ids = papers.map(({ id }) => id);
      const found = await store.papers.getMany([...ids, 'nothing', ...ids.slice(0, 5)]);
      expect([...found.keys()].sort()).toEqual(ids);
      expect(found.get('2611.10007')?.paper.id).toBe('2611.10007');
    },
  },
  {
    title: 'a failed read throws and never looks like "not there"',
    async run({ store, place }) {
      const keys = await writeEach(store);
      await place.breakReads();
      for (const kind of KINDS) {
        const error = await expectStoreError(store[kind].get(keys[kind]));
        expect(error).toMatchObject({ code: 'store', key: `${kind}:${keys[kind]}` });
        await expectStoreError(store[kind].get('nothing'));
        await expectStoreError(store[kind].getMany([keys[kind], 'nothing']));
      }
      await expectStoreError(store.ledger.considered(keys.feeds, CONSIDERED_IDS));
    },
  },
  {
    title: 'what outlives the store is there when it is opened again',
    needsData: true,
    async run({ store, openAnother }) {
      const keys = await writeEach(store);
      await store.close();
      const again = await openAnother();
      for (const kind of KINDS) expect(await again[kind].get(keys[kind])).toBeDefined();
    },
  },
  {
    title: 'properties of a later version are kept when a record is read and written again',
    async run({ store, place }) {
      const { feeds: key } = await writeEach(store);
      const text = (await place.readText('feeds', key)) ?? '';
      const later = text
        .replace('"zone":', '"mood":"good","zone":')
        .replace('"codeOnly":', '"size":3,"codeOnly":');
      await place.writeText('feeds', key, later);
      const feed = await store.feeds.get(key);
      expect(feed).toMatchObject({ mood: 'good', filters: { size: 3 } });
      await store.saveFeed({ ...aFeed(), ...feed, time: '10:00' }, START);
      expect(await store.feeds.get(key)).toMatchObject({ mood: 'good', filters: { size: 3 }, time: '10:00' });
    },
  },
];

/** Texts in which something went wrong, from the outside in. */
const DAMAGE: Record<string, (text: string) => string> = {
  'cut short': (text) => text.slice(0, -9),
  'no JSON': () => 'overwritten',
  'empty text': () => '',
  'JSON of nothing': () => 'null',
  'no value': () => '{}',
  'value of nothing': () => '{"value":null}',
  'no version': (text) => text.replace('"v":1,', ''),
  'version that is none': (text) => text.replace('"v":1,', '"v":0,'),
  'another shape': () => '{"value":{"v":1,"record":{"what":"is this"}}}',
  'a broken number inside': (text) => text.replace('"upvotes":41', '"upvotes":":bigint:many"'),
};

export const DAMAGE_CASES: readonly StoreCase[] = [
  ...Object.entries(DAMAGE).map(
    ([name, damage]): StoreCase => ({
      title: `a damaged record (${name}) is set aside once, and the others stand`,
      async run({ store, place, warnings }) {
        const [bad, good] = [RICH_PAPER.id, '2611.00001'];
        await store.archive(undefined, [archived(RICH_PAPER), archived(aPaper({ id: good }))]);
        await place.writeText('papers', bad, damage((await place.readText('papers', bad)) ?? ''));
        expect([...(await store.papers.getMany([bad, good])).keys()]).toEqual([good]);
        expect(await store.papers.get(bad)).toBeUndefined();
        expect(warnings).toEqual([`papers:${bad}`]);
        const [record, ...others] = await store.damaged();
        expect(record).toMatchObject({ key: `papers:${bad}`, setAsideAt: START });
        expect(record?.reason).not.toBe('');
        expect(others).toEqual([]);
      },
    }),
  ),
  {
    title: 'records that were set aside are listed newest first, and may be written anew',
    async run({ store, place, clock }) {
      const papers = ['2611.00001', '2611.00002'].map((id) => archived(aPaper({ id })));
      await store.archive(undefined, papers);
      for (const { paper } of papers) {
        await place.writeText('papers', paper.id, 'overwritten');
        clock.advance(1000);
        expect(await store.papers.get(paper.id)).toBeUndefined();
      }
      expect((await store.damaged()).map(({ key, setAsideAt }) => [key, setAsideAt])).toEqual([
        ['papers:2611.00002', '2026-11-23T09:00:02.000Z'],
        ['papers:2611.00001', '2026-11-23T09:00:01.000Z'],
      ]);
      await store.archive(undefined, papers);
      expect(await store.papers.get('2611.00001')).toEqual(papers[0]);
    },
  },
  {
    title: 'a record of a newer version stops the reader and stays where it is',
    async run({ store, place, warnings }) {
      const keys = await writeEach(store);
      for (const kind of KINDS) {
        await place.writeText(kind, keys[kind], '{"value":{"v":99,"record":{"new":"shape"}}}');
        const error = await expectStoreError(store[kind].get(keys[kind]));
        expect(error.message).toMatch(/newer version.*Upgrade/);
        await expectStoreError(store[kind].getMany([keys[kind]]));
        expect(await place.readText(kind, keys[kind])).toContain('"v":99');
      }
      expect(warnings).toEqual([]);
      expect(await store.damaged()).toEqual([]);
    },
  },
];
