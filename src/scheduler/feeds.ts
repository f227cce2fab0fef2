import type { Clock } from '../clock.ts';
import type { FeedStatus, Services } from '../command.ts';
import { isDone, slotId } from '../domain/edition.ts';
import type { Destination, Feed, FeedId } from '../domain/feed.ts';
import { FEED_DEFAULTS } from '../domain/feed.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { dateOf, nextDueAt, slotOn } from './cadence.ts';

export interface FeedsDependencies {
  store: Store;
  line: Line;
  clock: Clock;
  /** Makes ids that are short enough to type; asked again when one is taken. */
  newId: () => string;
}

/** What commands may ask, each feed from its own workspace only, and what the operator may ask of all. */
export type Feeds = Services['feeds'] & {
  all(): Promise<FeedStatus[]>;
};

/** The standing orders of all workspaces. */
export function createFeeds({ store, line, clock, newId }: FeedsDependencies): Feeds {
  async function find(place: Destination, id: FeedId): Promise<Feed | undefined> {
    const feed = await store.feeds.get(id);
    const isHere =
      feed?.destination.platform === place.platform && feed.destination.workspace === place.workspace;
    return isHere ? feed : undefined;
  }

  /** Looked at with the next tick, which reckons its times anew. */
  async function save(feed: Feed): Promise<FeedStatus> {
    await store.saveFeed(feed, clock.now());
    return await statusOf(feed);
  }

  async function statusOf(feed: Feed): Promise<FeedStatus> {
    const [lastSlot] = await store.ledger.slots(feed.id, 1);
    const next = nextDueAt(feed, clock.now());
    return { feed, ...(lastSlot ? { lastSlot } : {}), ...(next ? { nextDueAt: next } : {}) };
  }

  /** Today's slot as somebody asks for it now. */
  async function requested(feed: Feed): Promise<DueSlot> {
    const at = clock.now();
    const slot = slotOn(feed, dateOf(feed, at));
    const before = await store.ledger.slot(slotId(slot));
    return { feed, slot, asOf: at, isRequested: true, ...(before ? { before } : {}) };
  }

  async function unusedId(): Promise<FeedId> {
    for (;;) {
      const id = newId();
      if (!(await store.feeds.get(id))) return id;
    }
  }

  async function statuses(workspace?: Pick<Destination, 'platform' | 'workspace'>): Promise<FeedStatus[]> {
    const ids = await store.ledger.feedIds(workspace);
    const feeds = await store.feeds.getMany(ids);
    return await Promise.all(ids.flatMap((id) => feeds.get(id) ?? []).map(statusOf));
  }

  return {
    all: () => statuses(),
    list: ({ platform, workspace }) => statuses({ platform, workspace }),
    async add(destination, manager, { filters, ...settings }) {
      const kept = {
        id: await unusedId(),
        destination,
        manager,
        state: 'active',
        createdAt: clock.now(),
      } as const;
      const wanted = { ...FEED_DEFAULTS, days: [...FEED_DEFAULTS.days], ...settings };
      return await save({ ...wanted, filters: { ...FEED_DEFAULTS.filters, ...filters }, ...kept });
    },
    async edit(place, id, { filters, ...settings }) {
      const feed = await find(place, id);
      return feed && (await save({ ...feed, ...settings, filters: { ...feed.filters, ...filters } }));
    },
    async setState(place, id, state) {
      const feed = await find(place, id);
      return feed && (await save({ ...feed, state }));
    },
    async remove(place, id) {
      const feed = await find(place, id);
      if (feed) await store.removeFeed(id);
      return feed;
    },
    async run(place, id, signal) {
      const feed = await find(place, id);
      if (!feed) return undefined;
      const due = await requested(feed);
      const { before } = due;
      // What failed without a plan may be tried again by whoever asks for it.
      if (before && isDone(before.state) && before.state !== 'failed') return before;
      const [result] = await line.run([due], signal);
      if (result?.status === 'rejected') throw result.reason;
      await store.ledger.setWake(id, clock.now());
      return result?.value;
    },
    async preview(place, id, signal) {
      const feed = await find(place, id);
      return feed && (await line.preview(await requested(feed), signal));
    },
  };
}
