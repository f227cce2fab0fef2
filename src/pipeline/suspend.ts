import type { Clock } from '../clock.ts';
import { addMs, DAY_MS } from '../domain/calendar.ts';
import type { Feed, FeedId, FeedState } from '../domain/feed.ts';
import type { Store } from '../store.ts';

/** A channel that is closed to us is tried again this late. */
export const LOOK_AGAIN_AFTER_REFUSAL_MS = DAY_MS;

/** Lets a feed rest whose channel is closed to us; it keeps all its settings. One that its manager paused stays so. */
export async function suspend(id: FeedId, store: Pick<Store, 'changeFeed'>, clock: Clock): Promise<void> {
  await changeState(id, { from: 'active', to: 'suspended' }, store, clock);
}

/** Lets a suspended feed go on, as its channel is open again. */
export async function resume(id: FeedId, store: Pick<Store, 'changeFeed'>, clock: Clock): Promise<void> {
  await changeState(id, { from: 'suspended', to: 'active' }, store, clock);
}

/** Whoever was told of an earlier time is told again of the next. */
async function changeState(
  id: FeedId,
  { from, to }: { from: FeedState; to: FeedState },
  store: Pick<Store, 'changeFeed'>,
  clock: Clock,
): Promise<void> {
  // The scheduler sets the time of the next look when the run is over.
  const wakeAt = addMs(clock.now(), LOOK_AGAIN_AFTER_REFUSAL_MS);
  const change = ({ isTold: _, ...feed }: Feed): Feed | undefined =>
    feed.state === from ? { ...feed, state: to } : undefined;
  await store.changeFeed(id, change, wakeAt);
}
