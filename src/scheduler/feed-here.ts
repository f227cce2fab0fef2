import type { Destination, Feed, FeedId } from '../domain/feed.ts';
import type { Store } from '../store.ts';

/** A feed of the workspace in which somebody asks; never a digest, which is its member's alone. Errors: `StoreError`. */
export async function feedHere(
  place: Destination,
  id: FeedId,
  { feeds }: Pick<Store, 'feeds'>,
): Promise<Feed | undefined> {
  const feed = await feeds.get(id);
  const isHere =
    feed?.destination.platform === place.platform &&
    feed.destination.workspace === place.workspace &&
    !feed.isDigest;
  return isHere ? feed : undefined;
}
