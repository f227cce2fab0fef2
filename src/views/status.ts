import type { Clock } from '../clock.ts';
import { statusOf } from '../scheduler/status.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import type { QuotaStatus, StatusView } from '../view.ts';
import type { SourceWatch } from './source-watch.ts';
import { lastFetchedAt, newestLists, volumeOf } from './volume.ts';

export interface StatusViewDependencies {
  store: Store;
  /** Only one that counts its requests has a quota. */
  source: Pick<Source, 'id' | 'ways'> & { quota?(): QuotaStatus[] };
  watch: Pick<SourceWatch, 'ways' | 'record'>;
  clock: Clock;
}

/** What whoever runs the bot may see, out of the store and out of what this process has met. */
export function createStatusView({ store, source, watch, clock }: StatusViewDependencies): StatusView {
  return {
    async feeds({ offset, limit }) {
      const ids = await store.ledger.feedIds();
      const shown = ids.slice(offset, offset + limit);
      const kept = await store.feeds.getMany(shown);
      const feeds = shown.flatMap((id) => kept.get(id) ?? []);
      const statuses = await Promise.all(feeds.map((feed) => statusOf(feed, { store, clock })));
      return { total: ids.length, feeds: statuses };
    },
    async source() {
      const lists = await newestLists(clock.now(), store);
      const read = [watch.record(source).readAt, lastFetchedAt(lists)];
      const lastReadAt = read
        .flatMap((at) => at ?? [])
        .sort()
        .at(-1);
      return {
        source: source.id,
        ways: watch.ways(source),
        quota: source.quota?.() ?? [],
        volume: await volumeOf(lists, { store, clock }),
        ...(lastReadAt === undefined ? {} : { lastReadAt }),
      };
    },
    subscribers: async () => (await store.figures()).subscribers,
    async deliveries(limit) {
      const [{ deliveries }, oldest] = await Promise.all([
        store.figures(),
        store.ledger.openDeliveries(undefined, limit),
      ]);
      return { counts: deliveries, oldest };
    },
    alarms: async (limit) => await store.alarms.newest(limit),
  };
}
