import { StoreError } from '../../../src/errors.ts';
import type { Notice } from '../../../src/store.ts';
import { anEdition, deliveriesOf, planEdition } from '../../contracts/store-samples.ts';
import { type BrokenStore, withLedger } from './kit.ts';

export const NOTICES: BrokenStore[] = [
  {
    fault: 'planning a notice again succeeds',
    noticedBy: 'a notice is planned once',
    breaks: (store) =>
      withLedger(store, ({ planNotice }) => ({
        planNotice: async (notice) => (await planNotice(notice)) || true,
      })),
  },
  {
    fault: 'a notice is several writes',
    noticedBy: 'a notice that cannot be kept whole',
    breaks: (store) =>
      withLedger(store, ({ planNotice }) => ({
        async planNotice({ deliveries, ...notice }: Notice) {
          const isPlanned = await planNotice({ ...notice, deliveries: deliveries.slice(0, 2) });
          if (deliveries.length > 2) throw new StoreError('plan');
          return isPlanned;
        },
      })),
  },
  {
    fault: 'a notice counts as an edition',
    noticedBy: 'a notice stands beside the editions',
    breaks: (store) =>
      withLedger(store, () => ({
        async planNotice({ id, feedId, deliveries }) {
          const day = id.slice(feedId.length + 1);
          const edition = { ...anEdition(feedId, day), id };
          await planEdition(store, edition, { deliveries: deliveriesOf({ id }, deliveries.length) });
          return true;
        },
      })),
  },
  {
    fault: 'notices of which a person must decide count as open',
    noticedBy: 'open notices are those',
    breaks: (store) => {
      const planned: Notice[] = [];
      return withLedger(store, ({ planNotice }) => ({
        async planNotice(notice) {
          planned.push(notice);
          return await planNotice(notice);
        },
        openNotices: async (limit) => planned.slice(0, limit).map(({ id, feedId }) => ({ id, feedId })),
      }));
    },
  },
  {
    fault: 'open notices come newest first',
    noticedBy: 'open notices are those',
    breaks: (store) =>
      withLedger(store, ({ openNotices }) => ({
        openNotices: async (limit) => (await openNotices(limit)).reverse(),
      })),
  },
];
