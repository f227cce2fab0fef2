import type { FeedStatus, Services } from '../abilities.ts';
import type { Adapter } from '../adapter.ts';
import { type Clock, othersFirst } from '../clock.ts';
import type { Platform } from '../domain/feed.ts';
import type { Workspace } from '../people.ts';
import type { Line } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { feedHere } from './feed-here.ts';
import { editFeed, newFeed, setFeedState, withSettings } from './feed-settings.ts';
import { previewNow, runNow } from './on-request.ts';
import { statusOf } from './status.ts';

/** Feeds that are read in one go: a workspace may have thousands, and others want an answer meanwhile. */
const AT_ONCE = 20;

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
export function createFeeds(dependencies: FeedsDependencies): Feeds {
  const { store, adapters, clock, newId } = dependencies;

  return {
    all: () => statuses(dependencies),
    list: ({ platform, workspace }) => statuses(dependencies, { platform, workspace }),
    async obstacles({ place, id, locale }, settings) {
      const unsaved = { id: '', destination: place, manager: '', createdAt: clock.now() };
      const before = id === undefined ? newFeed(unsaved) : await feedHere(place, id, store);
      const wanted = before && withSettings(before, settings);
      return (wanted && (await adapters.get(place.platform)?.obstacles?.(wanted, locale))) ?? [];
    },
    async add(place, manager, settings, key) {
      for (let tries = 0; ; tries += 1) {
        const kept = { id: newId(key && `${key} ${tries}`), destination: place, manager };
        const feed = withSettings(newFeed({ ...kept, createdAt: clock.now() }), settings);
        if (await store.addFeed(feed, clock.now())) return await statusOf(feed, dependencies);
        const isAgain = key !== undefined && (await feedHere(place, feed.id, store))?.manager === manager;
        const again = isAgain ? await editFeed(place, feed.id, settings, dependencies) : undefined;
        if (again) return again;
      }
    },
    edit: (place, id, settings) => editFeed(place, id, settings, dependencies),
    setState: (place, id, state) => setFeedState(place, id, state, dependencies),
    async remove(place, id) {
      const feed = await feedHere(place, id, store);
      if (feed) {
        await store.removeFeed(id);
        await store.ledger.wakeAlongside(id, clock.now());
      }
      return feed;
    },
    run: (place, id, signal) => runNow(place, id, dependencies, signal),
    preview: (place, id, signal) => previewNow(place, id, dependencies, signal),
  };
}

async function statuses({ store, clock }: FeedsDependencies, workspace?: Workspace): Promise<FeedStatus[]> {
  const ids = await store.ledger.feedIds(workspace);
  const all: FeedStatus[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const feeds = await store.feeds.getMany(some);
    const present = some.flatMap((id) => feeds.get(id) ?? []);
    all.push(...(await Promise.all(present.map((feed) => statusOf(feed, { store, clock })))));
    await othersFirst();
  }
  return all;
}
