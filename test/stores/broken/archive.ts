import type { Ledger } from '../../../src/store.ts';
import { type BrokenStore, withLedger } from './kit.ts';

export const ARCHIVE: BrokenStore[] = [
  {
    fault: 'the last place comes again',
    noticedBy: 'papers are numbered as they come',
    breaks: (store) =>
      withLedger(store, ({ changedPapers }) => ({
        changedPapers: (after, limit) => changedPapers(after - 1, limit),
      })),
  },
  {
    fault: 'what did not change is numbered too',
    noticedBy: 'only what changed gets a new number',
    breaks: (store) => ({
      ...store,
      async archive(listing, papers) {
        await store.archive(
          undefined,
          papers.map((one) => ({ ...one, listings: ['elsewhere'] })),
        );
        await store.archive(listing, papers);
      },
    }),
  },
  {
    fault: 'a paper keeps its old places',
    noticedBy: 'a paper that changed stands once',
    breaks(store) {
      const places: Awaited<ReturnType<Ledger['changedPapers']>> = [];
      return withLedger(store, ({ changedPapers }) => ({
        async changedPapers(after, limit) {
          const now = await changedPapers(after, limit);
          places.push(...now.filter(({ sequence }) => !places.some((one) => one.sequence === sequence)));
          return places.filter(({ sequence }) => sequence > after).slice(0, limit);
        },
      }));
    },
  },
  {
    fault: 'papers are kept one by one',
    noticedBy: 'keeps the whole archive call out',
    breaks: (store) => ({
      ...store,
      async archive(listing, papers) {
        await store.archive(listing, []);
        for (const one of papers) await store.archive(undefined, [one]);
      },
    }),
  },
  {
    fault: 'a closed store answers "nothing"',
    noticedBy: 'a store may be closed twice',
    breaks: (store) => ({ ...store, damaged: () => store.damaged().catch(() => []) }),
  },
];
