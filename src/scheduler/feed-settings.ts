import type { FeedSettings, FeedStatus } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { feedSubject } from '../domain/alarm.ts';
import { type Destination, FEED_DEFAULTS, type Feed, type FeedId, type FeedState } from '../domain/feed.ts';
import { RefusedError } from '../errors.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { Store } from '../store.ts';
import { feedHere } from './feed-here.ts';
import { lookAgainNow } from './look-now.ts';
import { statusOf } from './status.ts';

/** A feed of which nobody has set anything. */
export function newFeed(kept: Pick<Feed, 'id' | 'destination' | 'manager' | 'createdAt'>): Feed {
  const { days, filters, ...rest } = FEED_DEFAULTS;
  return { ...rest, days: [...days], filters: { ...filters }, ...kept, state: 'active' };
}

/** A feed with what a person set; what they did not say stays. */
export function withSettings(feed: Feed, { filters, channel, role, ...settings }: FeedSettings): Feed {
  const { role: roleBefore, ...rest } = feed;
  const called = role ?? roleBefore ?? '';
  return {
    ...rest,
    ...settings,
    filters: { ...feed.filters, ...filters },
    destination: { ...feed.destination, ...(channel === undefined ? {} : { channel }) },
    ...(called === '' ? {} : { role: called }),
  };
}

interface Dependencies {
  store: Store;
  clock: Clock;
}

/**
 * Gives a feed other settings; undefined where a place has no such feed. Errors: `StoreError`, and `RefusedError` where it
 * is to move and one of its messages is under way.
 */
export async function editFeed(
  place: Destination,
  id: FeedId,
  settings: FeedSettings,
  dependencies: Dependencies,
): Promise<FeedStatus | undefined> {
  const set = () => change(place, id, (feed) => withSettings(feed, settings), dependencies);
  if (settings.channel === undefined) return await set();
  const changed = await move(id, set, dependencies);
  if (!changed) return undefined;
  // The channel that was closed is no longer the feed's.
  return changed.feed.state === 'suspended' ? await setFeedState(place, id, 'active', dependencies) : changed;
}

/** Pauses a feed or has it go on; undefined where a place has no such feed. Errors: `StoreError`. */
export async function setFeedState(
  place: Destination,
  id: FeedId,
  state: FeedState,
  dependencies: Dependencies,
): Promise<FeedStatus | undefined> {
  const { store, clock } = dependencies;
  const changed = await change(place, id, (feed) => ({ ...feed, state }), dependencies);
  // Whoever resumes a feed wants to see at once whether its channel is open.
  if (changed && state === 'active') await lookAgainNow(id, dependencies);
  // Whoever lets a feed rest knows that nothing goes out.
  const alarm = changed && state === 'paused' ? await store.alarms.open(feedSubject(id)) : undefined;
  if (alarm) await store.alarms.clear(alarm.id, clock.now());
  return changed && (await statusOf(changed.feed, dependencies));
}

/** Looked at with the next tick, which reckons its times anew. */
async function change(
  place: Destination,
  id: FeedId,
  how: (feed: Feed) => Feed,
  dependencies: Dependencies,
): Promise<FeedStatus | undefined> {
  const { store, clock } = dependencies;
  const isHere = (await feedHere(place, id, store)) !== undefined;
  const feed = isHere ? await store.changeFeed(id, how, clock.now()) : undefined;
  if (feed) await store.ledger.wakeAlongside(id, clock.now());
  return feed && (await statusOf(feed, dependencies));
}

/** Not while one of its messages is under way, which would stand in the old channel and be looked for in the new. */
async function move(
  id: FeedId,
  set: () => Promise<FeedStatus | undefined>,
  dependencies: Dependencies,
): Promise<FeedStatus | undefined> {
  const moved = await withFeed(id, dependencies, async () => {
    const changed = await set();
    if (changed) await dependencies.store.ledger.readdress(id, changed.feed.destination);
    return { changed };
  });
  if (!moved) throw new RefusedError('feed-busy');
  return moved.changed;
}
