import type { FeedSettings, FeedStatus, Services } from '../abilities.ts';
import type { Adapter } from '../adapter.ts';
import { type Clock, othersFirst } from '../clock.ts';
import { feedSubject } from '../domain/alarm.ts';
import { isDone, slotId } from '../domain/edition.ts';
import type { Destination, Feed, FeedId, FeedState, Platform } from '../domain/feed.ts';
import { FEED_DEFAULTS } from '../domain/feed.ts';
import { RefusedError } from '../errors.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { dateOf, firstDueAt, slotOn } from './cadence.ts';
import { asBegun, readProgress } from './progress.ts';
import { statusOf } from './status.ts';

export interface FeedsDependencies {
  store: Store;
  line: Line;
  adapters: ReadonlyMap<Platform, Adapter>;
  clock: Clock;
  /** Makes ids that are short enough to type, the same for the same seed; asked again when one is taken. */
  newId: (seed?: string) => string;
}

/** What commands may ask, each feed from its own workspace only, and what the operator may ask of all. */
export type Feeds = Services['feeds'] & {
  all(): Promise<FeedStatus[]>;
};

/** The standing orders of all workspaces. */
/** Feeds that are read in one go: a workspace may have thousands, and others want an answer meanwhile. */
const AT_ONCE = 20;

export function createFeeds({ store, line, adapters, clock, newId }: FeedsDependencies): Feeds {
  const status = (feed: Feed) => statusOf(feed, { store, clock });

  async function find(place: Destination, id: FeedId): Promise<Feed | undefined> {
    const feed = await store.feeds.get(id);
    const isHere =
      feed?.destination.platform === place.platform &&
      feed.destination.workspace === place.workspace &&
      !feed.isDigest;
    return isHere ? feed : undefined;
  }

  /** Looked at with the next tick, which reckons its times anew. */
  async function change(
    place: Destination,
    id: FeedId,
    how: (feed: Feed) => Feed,
  ): Promise<FeedStatus | undefined> {
    const isHere = (await find(place, id)) !== undefined;
    const feed = isHere ? await store.changeFeed(id, how, clock.now()) : undefined;
    if (feed) await store.ledger.wakeAlongside(id, clock.now());
    return feed && (await status(feed));
  }

  /** Whoever resumes a feed wants to see at once whether its channel is open. */
  async function lookNow(id: FeedId): Promise<void> {
    for (const slot of await store.ledger.unfinishedSlots(id)) {
      await store.ledger.putSlot({ ...slot, lookAgainAt: clock.now() });
    }
  }

  async function setState(place: Destination, id: FeedId, state: FeedState): Promise<FeedStatus | undefined> {
    const changed = await change(place, id, (feed) => ({ ...feed, state }));
    if (changed && state === 'active') await lookNow(id);
    // Whoever lets a feed rest knows that nothing goes out.
    const alarm = changed && state === 'paused' ? await store.alarms.open(feedSubject(id)) : undefined;
    if (alarm) await store.alarms.clear(alarm.id, clock.now());
    return changed && (await status(changed.feed));
  }

  /** Today's slot as somebody asks for it now. */
  async function requested(feed: Feed): Promise<DueSlot> {
    const at = clock.now();
    const slot = slotOn(feed, dateOf(feed, at));
    const before = await store.ledger.slot(slotId(slot));
    return {
      feed,
      slot,
      asOf: at,
      beganAt: firstDueAt(feed),
      isRequested: true,
      ...(before ? { before } : {}),
    };
  }

  /** Not while one of its messages is under way, which would stand in the old channel and be looked for in the new. */
  async function move(
    id: FeedId,
    set: () => Promise<FeedStatus | undefined>,
  ): Promise<FeedStatus | undefined> {
    const moved = await withFeed(id, { store, clock }, async () => {
      const changed = await set();
      if (changed) await store.ledger.readdress(id, changed.feed.destination);
      return { changed };
    });
    if (!moved) throw new RefusedError('feed-busy');
    return moved.changed;
  }

  async function edit(
    place: Destination,
    id: FeedId,
    settings: FeedSettings,
  ): Promise<FeedStatus | undefined> {
    const set = () => change(place, id, (feed) => withSettings(feed, settings));
    if (settings.channel === undefined) return await set();
    const changed = await move(id, set);
    if (!changed) return undefined;
    // The channel that was closed is no longer the feed's.
    return changed.feed.state === 'suspended' ? await setState(place, id, 'active') : changed;
  }

  async function statuses(workspace?: Pick<Destination, 'platform' | 'workspace'>): Promise<FeedStatus[]> {
    const ids = await store.ledger.feedIds(workspace);
    const all: FeedStatus[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE);
      const feeds = await store.feeds.getMany(some);
      all.push(...(await Promise.all(some.flatMap((id) => feeds.get(id) ?? []).map(status))));
      await othersFirst();
    }
    return all;
  }

  return {
    all: () => statuses(),
    list: ({ platform, workspace }) => statuses({ platform, workspace }),
    async obstacles({ place, id, locale }, settings) {
      const unsaved = { id: '', destination: place, manager: '', createdAt: clock.now() };
      const before = id === undefined ? newFeed(unsaved) : await find(place, id);
      const wanted = before && withSettings(before, settings);
      return (wanted && (await adapters.get(place.platform)?.obstacles?.(wanted, locale))) ?? [];
    },
    async add(place, manager, settings, key) {
      for (let tries = 0; ; tries += 1) {
        const kept = { id: newId(key && `${key} ${tries}`), destination: place, manager };
        const feed = withSettings(newFeed({ ...kept, createdAt: clock.now() }), settings);
        if (await store.addFeed(feed, clock.now())) return await status(feed);
        const isAgain = key !== undefined && (await find(place, feed.id))?.manager === manager;
        const again = isAgain ? await edit(place, feed.id, settings) : undefined;
        if (again) return again;
      }
    },
    edit,
    setState,
    async remove(place, id) {
      const feed = await find(place, id);
      if (feed) {
        await store.removeFeed(id);
        await store.ledger.wakeAlongside(id, clock.now());
      }
      return feed;
    },
    async run(place, id, signal) {
      const feed = await find(place, id);
      if (!feed) return undefined;
      const due = await requested(feed);
      const { before } = due;
      // What failed without a plan may be tried again by whoever asks for it.
      if (before && isDone(before.state) && before.state !== 'failed') return before;
      const progress = await readProgress(feed, clock.now(), store.ledger);
      const begun = asBegun(feed, progress).filter(({ slot }) => slot.day !== due.slot.day);
      // Should this process end now, the bot looks at it with its next tick.
      await store.ledger.setWake(id, clock.now());
      const results = await line.run([...begun, due], signal);
      await store.ledger.setWake(id, clock.now());
      const last = results.at(-1);
      if (last?.status === 'rejected') throw last.reason;
      return last?.value;
    },
    async preview(place, id, signal) {
      const feed = await find(place, id);
      return feed && (await line.preview(await requested(feed), signal));
    },
  };
}

/** A feed of which nobody has set anything. */
function newFeed(kept: Pick<Feed, 'id' | 'destination' | 'manager' | 'createdAt'>): Feed {
  const { days, filters, ...rest } = FEED_DEFAULTS;
  return { ...rest, days: [...days], filters: { ...filters }, ...kept, state: 'active' };
}

/** A feed with what a person set; what they did not say stays. */
function withSettings(feed: Feed, { filters, channel, role, ...settings }: FeedSettings): Feed {
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
