import { expect } from 'vitest';
import { aPaper } from '../fixtures/papers.ts';
import {
  anArchivedListing,
  anEdition,
  aPlan,
  archived,
  MONDAY_ID,
  RICH_PAPER,
  START,
} from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const papers = (...ids: string[]) => ids.map((id) => archived(aPaper({ id })));

export const ARCHIVE_CASES: readonly StoreCase[] = [
  {
    title: 'papers are numbered as they come, and read on from any place',
    async run({ store, store: { ledger } }) {
      expect(await ledger.changedPapers(0, 10)).toEqual([]);
      await store.archive(undefined, papers('c', 'a'));
      await store.archive(undefined, papers('b'));
      const all = await ledger.changedPapers(0, 10);
      expect(all.map(({ paperId }) => paperId)).toEqual(['c', 'a', 'b']);
      expect(all[0]?.sequence).toBeGreaterThanOrEqual(1);
      expect(await ledger.changedPapers(0, 2)).toEqual(all.slice(0, 2));
      expect(await ledger.changedPapers(all[1]?.sequence ?? 0, 10)).toEqual(all.slice(2));
      expect(await ledger.changedPapers(all[2]?.sequence ?? 0, 10)).toEqual([]);
    },
  },
  {
    title: 'only what changed gets a new number, in whatever order its properties are written',
    async run({ store }) {
      await store.archive(anArchivedListing(), [archived(RICH_PAPER), ...papers('a')]);
      const before = await store.ledger.changedPapers(0, 10);
      const turned = Object.fromEntries(Object.entries(RICH_PAPER).reverse()) as typeof RICH_PAPER;
      await store.archive(anArchivedListing({ way: 'markup' }), [archived(turned), ...papers('a')]);
      expect(await store.ledger.changedPapers(0, 10)).toEqual(before);
      expect(await store.listings.get(MONDAY_ID)).toMatchObject({ way: 'markup' });
    },
  },
  {
    title: 'a paper that changed stands once, at its newest place, and no number comes twice',
    async run({ store }) {
      await store.archive(undefined, papers('a', 'b'));
      const [a, b] = await store.ledger.changedPapers(0, 10);
      await store.archive(undefined, [archived(aPaper({ id: 'b', upvotes: 7 }))]);
      await store.archive(undefined, [archived(aPaper({ id: 'b', upvotes: 8 })), ...papers('a')]);
      const [stays, moved, ...others] = await store.ledger.changedPapers(0, 10);
      expect([stays, others]).toEqual([a, []]);
      expect(moved?.paperId).toBe('b');
      expect(moved?.sequence).toBeGreaterThan((b?.sequence ?? 0) + 1);
      expect((await store.papers.get('b'))?.paper.upvotes).toBe(8);
    },
  },
  {
    title: 'what cannot be kept keeps the whole archive call out',
    async run({ store }) {
      const broken = archived(aPaper({ id: 'b', upvotes: Number.NaN }));
      const error = await expectStoreError(store.archive(anArchivedListing(), [...papers('a'), broken]));
      expect(error).toMatchObject({ key: 'papers:b' });
      expect(await store.papers.get('a')).toBeUndefined();
      expect(await store.listings.get(MONDAY_ID)).toBeUndefined();
      expect(await store.ledger.changedPapers(0, 10)).toEqual([]);
    },
  },
  {
    title: 'a store may be closed twice, and then refuses everything',
    async run({ store }) {
      await store.archive(undefined, papers('a'));
      await store.close();
      await store.close();
      const { ledger } = store;
      const edition = anEdition();
      const calls: (() => Promise<unknown>)[] = [
        () => store.papers.get('a'),
        () => store.papers.getMany(['a']),
        () => store.archive(undefined, papers('b')),
        () => store.archive(undefined, []),
        () => store.plan(aPlan(edition)),
        () => store.forget({ outcomesBefore: START }),
        () => store.alarms.newest(1),
        () => store.transfer.state(),
        () => store.transfer.begin('export'),
        () => store.transfer.write([]),
        () => store.transfer.read()[Symbol.asyncIterator]().next(),
        () => store.changeFeed('feed01', () => undefined, START),
        () => store.removeFeed('feed01'),
        () => store.damaged(),
        () => store.figures(),
        () => ledger.claim('key', 'one', 1000),
        () => ledger.release('key', 'one'),
        () => ledger.feedIds(),
        () => ledger.feedsToWake(START),
        () => ledger.setWake('feed01', START),
        () => ledger.wakeAlongside('feed01', START),
        () => ledger.wakeAll(START),
        () => ledger.slot(edition.id),
        () => ledger.slots('feed01', 1),
        () => ledger.unfinishedSlots('feed01'),
        () => ledger.considered('feed01', ['a']),
        () => ledger.deliveries(edition.id),
        () => ledger.openDeliveries(),
        () => ledger.slotsToRefresh(START, 1),
        () => ledger.openNotices(1),
        () => ledger.changedPapers(0, 1),
      ];
      for (const call of calls) expect((await expectStoreError(call())).message).toContain('closed');
    },
  },
];
