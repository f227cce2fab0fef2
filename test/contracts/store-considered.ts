import { expect } from 'vitest';
import type { Consideration } from '../../src/domain/edition.ts';
import { aPaper } from '../fixtures/papers.ts';
import { anEdition, archived, CONSIDERED, CONSIDERED_IDS, MONDAY, planEdition } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

const [POSTED, , LEFT_OUT] = CONSIDERED_IDS as [string, string, string];

export const CONSIDERED_CASES: readonly StoreCase[] = [
  {
    title: 'what a feed did with a paper is known by feed and paper, and nothing of the others',
    async run({ store, store: { ledger } }) {
      await planEdition(store, anEdition('feed01'));
      await planEdition(store, anEdition('feed02'), { considered: CONSIDERED.slice(0, 1) });
      const known = await ledger.considered('feed01', [LEFT_OUT, 'nothing', POSTED, POSTED]);
      expect([...known.keys()].sort()).toEqual([POSTED, LEFT_OUT].sort());
      expect(known.get(LEFT_OUT)).toEqual({
        fate: 'left-out',
        listing: MONDAY,
        consideredOn: '2026-11-23',
      });
      expect([...(await ledger.considered('feed02', CONSIDERED_IDS)).keys()]).toEqual([POSTED]);
      expect(await ledger.considered('feed03', CONSIDERED_IDS)).toEqual(new Map());
      expect(await ledger.considered('feed01', [])).toEqual(new Map());
    },
  },
  {
    title: 'every fate, list and day comes back as it was decided',
    async run({ store }) {
      const considered: Consideration[] = [
        { paperId: 'a', listing: MONDAY, fate: 'posted' },
        { paperId: 'b', listing: { kind: 'weekly', key: '2026-W47' }, fate: 'filtered' },
        { paperId: 'c', listing: { kind: 'trending', key: 'now' }, fate: 'below-votes' },
        { paperId: 'd', listing: { kind: 'monthly', key: '2026-11' }, fate: 'left-out' },
      ];
      // In Tokyo it is the next day already.
      const edition = { ...anEdition('feed01', '2026-11-24'), plannedAt: '2026-11-23T23:59:59.999Z' };
      await planEdition(store, edition, { considered });
      const known = await store.ledger.considered('feed01', ['a', 'b', 'c', 'd']);
      const expected = considered.map(({ paperId, listing, fate }) => [
        paperId,
        { fate, listing, consideredOn: '2026-11-23' },
      ]);
      expect([...known]).toEqual(expected);
    },
  },
  {
    title: 'a later edition may change what became of a paper',
    async run({ store }) {
      await planEdition(store, anEdition());
      const next = { ...anEdition('feed01', '2026-11-24'), plannedAt: '2026-11-24T09:00:00.000Z' };
      const considered = [{ paperId: LEFT_OUT, listing: MONDAY, fate: 'posted' as const }];
      await planEdition(store, next, { considered });
      const known = await store.ledger.considered('feed01', CONSIDERED_IDS);
      expect(known.get(LEFT_OUT)).toEqual({ fate: 'posted', listing: MONDAY, consideredOn: '2026-11-24' });
      expect(known.get(POSTED)?.consideredOn).toBe('2026-11-23');
    },
  },
  {
    title: 'what was considered is known for ever, also once the archive has forgotten the paper',
    async run({ store, clock }) {
      await store.archive(undefined, [archived(aPaper({ id: POSTED }))]);
      await planEdition(store, anEdition());
      clock.set('2030-01-01T00:00:00.000Z');
      const limits = {
        outcomesBefore: '2029-10-01T00:00:00.000Z',
        archiveBefore: '2029-10-01T00:00:00.000Z',
      };
      while (await store.forget(limits));
      expect(await store.papers.get(POSTED)).toBeUndefined();
      expect((await store.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(3);
    },
  },
];
