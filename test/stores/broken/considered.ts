import { addDays } from '../../../src/domain/calendar.ts';
import { type BrokenStore, planning, withLedger } from './kit.ts';

export const CONSIDERED: BrokenStore[] = [
  {
    fault: 'what one feed did counts for all',
    noticedBy: 'known by feed and paper',
    breaks: (store) =>
      withLedger(store, ({ considered, feedIds }) => ({
        considered: async (_, paperIds) =>
          new Map(
            (await Promise.all((await feedIds()).map((id) => considered(id, paperIds)))).flatMap((known) => [
              ...known,
            ]),
          ),
      })),
  },
  {
    fault: 'what is below the votes counts as left out',
    noticedBy: 'every fate, list and day',
    breaks: (store) =>
      planning(store, (plan) =>
        store.plan({
          ...plan,
          considered: plan.considered.map((one) =>
            one.fate === 'below-votes' ? { ...one, fate: 'left-out' } : one,
          ),
        }),
      ),
  },
  {
    fault: 'the day is that of the slot',
    noticedBy: 'every fate, list and day',
    breaks: (store) =>
      withLedger(store, ({ considered }) => ({
        async considered(feedId, paperIds) {
          const known = await considered(feedId, paperIds);
          for (const one of known.values()) one.consideredOn = addDays(one.consideredOn, 1);
          return known;
        },
      })),
  },
  {
    fault: 'the first fate of a paper stays',
    noticedBy: 'a later edition may change',
    breaks: (store) =>
      planning(store, async (plan) => {
        const ids = plan.considered.map(({ paperId }) => paperId);
        const known = await store.ledger.considered(plan.slot.feedId, ids);
        await store.plan({
          ...plan,
          considered: plan.considered.filter(({ paperId }) => !known.has(paperId)),
        });
      }),
  },
  {
    fault: 'what was considered of a paper goes with the paper',
    noticedBy: 'known for ever',
    breaks: (store) =>
      withLedger(store, ({ considered }) => ({
        async considered(feedId, paperIds) {
          const papers = await store.papers.getMany(paperIds);
          return new Map([...(await considered(feedId, paperIds))].filter(([id]) => papers.has(id)));
        },
      })),
  },
];
