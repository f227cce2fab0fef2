import type { Destination, Feed } from '../domain/feed.ts';
import type { Store } from '../store.ts';

/** The feed of a channel that a digest can go with; undefined where it has none. Errors: `StoreError`. */
export async function leadingHere(place: Destination, store: Store): Promise<Feed | undefined> {
  const [first] = await leadingFeeds(place, store);
  return first?.destination.channel === place.channel ? first : undefined;
}

/** The feeds of a workspace that a digest can go with: the ones in this channel first. Errors: `StoreError`. */
export async function leadingFeeds(
  { platform, workspace, channel }: Destination,
  store: Store,
): Promise<Feed[]> {
  const ids = await store.ledger.feedIds({ platform, workspace });
  const feeds = await store.feeds.getMany(ids);
  const daily = ids.flatMap((id) => feeds.get(id) ?? []).filter(({ listing }) => listing === 'daily');
  const isHere = ({ destination }: Feed) => destination.channel === channel;
  return [...daily.filter(isHere), ...daily.filter((feed) => !isHere(feed))];
}
