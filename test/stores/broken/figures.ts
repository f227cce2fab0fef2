import { OPEN_STATES } from '../../../src/domain/delivery.ts';
import type { Store, StoreFigures } from '../../../src/store.ts';
import { MAIL } from '../../../src/subscribers.ts';
import type { BrokenStore } from './kit.ts';

function withFigures(
  store: Store,
  change: (figures: StoreFigures) => Promise<StoreFigures> | StoreFigures,
): Store {
  return { ...store, figures: async () => await change(await store.figures()) };
}

export const FIGURES: BrokenStore[] = [
  {
    fault: 'notices are counted with editions',
    noticedBy: 'figures count the open deliveries',
    breaks: (store) =>
      withFigures(store, async ({ deliveries, ...rest }) => {
        const notices = await store.ledger.openNotices(100);
        return { ...rest, deliveries: { ...deliveries, planned: deliveries.planned + notices.length } };
      }),
  },
  {
    fault: 'a state in which there is nothing is left out',
    noticedBy: 'figures count the open deliveries',
    breaks: (store) =>
      withFigures(store, ({ deliveries, ...rest }) => {
        const there = OPEN_STATES.filter((state) => deliveries[state] > 0);
        const counted = Object.fromEntries(there.map((state) => [state, deliveries[state]]));
        return { ...rest, deliveries: counted as StoreFigures['deliveries'] };
      }),
  },
  {
    fault: 'a feed beside the digests by e-mail is counted with them',
    noticedBy: 'figures count the digests',
    breaks: (store) =>
      withFigures(store, async ({ subscribers, ...rest }) => {
        const feeds = await store.ledger.feedIds(MAIL);
        return { ...rest, subscribers: subscribers + feeds.length };
      }),
  },
  {
    fault: 'a subscription that has ended is counted on',
    noticedBy: 'figures count the digests',
    breaks(store) {
      let most = 0;
      return withFigures(store, ({ subscribers, ...rest }) => {
        most = Math.max(most, subscribers);
        return { ...rest, subscribers: most };
      });
    },
  },
  {
    fault: 'the size is what it was at first',
    noticedBy: 'figures tell how large',
    breaks: (store) => withFigures(store, (figures) => ({ ...figures, bytes: 4096 })),
  },
];
