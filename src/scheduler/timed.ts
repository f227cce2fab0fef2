import type { Feed } from '../domain/feed.ts';
import type { Store } from '../store.ts';

/**
 * A feed with the time that it keeps: of one that goes alongside another, that one's. A weekly digest keeps its own
 * day. Errors: `StoreError`.
 */
export async function timed(feed: Feed, { feeds }: Pick<Store, 'feeds'>): Promise<Feed> {
  const leading = feed.alongside === undefined ? undefined : await feeds.get(feed.alongside);
  if (!leading) return feed;
  const { time, zone, days } = leading;
  return { ...feed, time, zone, ...(feed.listing === leading.listing ? { days } : {}) };
}
