import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/calendar.ts';
import type { Destination, Feed, FeedId } from '../../domain/feed.ts';
import { isLeft } from './workspaces.ts';

/** What the index keeps of a feed. */
type IndexedFeed = Pick<Feed, 'id' | 'isDigest' | 'alongside'> & {
  /** Absent where an old export did not say. */
  manager?: string;
  destination: Pick<Destination, 'platform' | 'workspace'>;
};

/** The index of feeds; see `Ledger`. */
export interface FeedIndex {
  /** Takes a feed in, or brings it up to date at the place it has. */
  put(feed: IndexedFeed, wakeAt: Instant): void;
  /** True when it was there. */
  remove(feedId: FeedId): boolean;
  ids(workspace?: { platform: string; workspace: string }): FeedId[];
  toWake(at: Instant): FeedId[];
  wakeOf(feedId: FeedId): Instant | undefined;
  setWake(feedId: FeedId, at: Instant, seen?: Instant): void;
  wakeAlongside(feedId: FeedId, at: Instant): void;
  wakeAll(at: Instant): void;
}

/** Wake times lie in milliseconds: an instant written without them would sort wrongly as text. */
export function createFeedIndex(database: DatabaseSync): FeedIndex {
  const put = database.prepare(
    `INSERT INTO feeds (feed_id, platform, workspace, wake, is_digest, alongside, manager)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (feed_id) DO UPDATE
     SET platform = excluded.platform, workspace = excluded.workspace, wake = excluded.wake,
       is_digest = excluded.is_digest, alongside = excluded.alongside, manager = excluded.manager`,
  );
  const remove = database.prepare('DELETE FROM feeds WHERE feed_id = ?');
  const all = database.prepare('SELECT feed_id FROM feeds WHERE is_digest = 0 ORDER BY position');
  const ofWorkspace = database.prepare(
    'SELECT feed_id FROM feeds WHERE platform = ? AND workspace = ? AND is_digest = 0 ORDER BY position',
  );
  const toWake = database.prepare(
    `SELECT feed_id FROM feeds WHERE wake <= ? AND NOT ${isLeft('feeds')} ORDER BY wake, position`,
  );
  const wakeOf = database.prepare('SELECT wake FROM feeds WHERE feed_id = ?');
  const setWake = database.prepare(
    'UPDATE feeds SET wake = ?1 WHERE feed_id = ?2 AND (?3 IS NULL OR wake = ?3)',
  );
  const wakeAlongside = database.prepare('UPDATE feeds SET wake = ? WHERE alongside = ?');
  const wakeAll = database.prepare('UPDATE feeds SET wake = ?');
  const idsOf = (rows: Record<string, unknown>[]) => rows.map((row) => String(row.feed_id));
  return {
    put({ id, destination, isDigest = false, alongside = null, manager = null }, wakeAt) {
      const { platform, workspace } = destination;
      put.run(id, platform, workspace, Date.parse(wakeAt), Number(isDigest), alongside, manager);
    },
    remove: (feedId) => Number(remove.run(feedId).changes) > 0,
    ids: (where) => idsOf(where ? ofWorkspace.all(where.platform, where.workspace) : all.all()),
    toWake: (at) => idsOf(toWake.all(Date.parse(at))),
    wakeOf(feedId) {
      const row = wakeOf.get(feedId);
      return row && new Date(Number(row.wake)).toISOString();
    },
    setWake(feedId, at, seen) {
      setWake.run(Date.parse(at), feedId, seen === undefined ? null : Date.parse(seen));
    },
    wakeAlongside(feedId, at) {
      wakeAlongside.run(Date.parse(at), feedId);
    },
    wakeAll(at) {
      wakeAll.run(Date.parse(at));
    },
  };
}
