import type { Instant } from '../../domain/calendar.ts';
import type { Destination, Feed, FeedId } from '../../domain/feed.ts';
import type { Row, Sql } from './connection.ts';
import { lock } from './lock.ts';
import { isLeft } from './workspaces.ts';

/** What the index keeps of a feed. */
type IndexedFeed = Pick<Feed, 'id' | 'isDigest' | 'alongside'> & {
  /** Absent where an old export did not say. */
  manager?: string;
  destination: Pick<Destination, 'platform' | 'workspace'>;
};

/** The index of feeds; see `Ledger`. */
export interface FeedIndex {
  /** Lets nobody else write a feed until the transaction ends, whether there is one of that id or not. */
  lock(feedId: FeedId): Promise<void>;
  /** Lets nobody remove a feed until the transaction ends. Out: its number; undefined where there is none. */
  hold(feedId: FeedId): Promise<number | undefined>;
  /** Takes a feed in, or brings it up to date at the place it has; to be called under its lock. */
  put(feed: IndexedFeed, wakeAt: Instant): Promise<void>;
  ids(workspace?: { platform: string; workspace: string }): Promise<FeedId[]>;
  toWake(at: Instant): Promise<FeedId[]>;
  wakeOf(feedId: FeedId): Promise<Instant | undefined>;
  setWake(feedId: FeedId, at: Instant, seen?: Instant): Promise<void>;
  wakeAlongside(feedId: FeedId, at: Instant): Promise<void>;
  wakeAll(at: Instant): Promise<void>;
}

/** Wake times lie in milliseconds: an instant written without them would sort wrongly as text. */
export function createFeedIndex(sql: Sql): FeedIndex {
  return { ...createKeeping(sql), ...createListing(sql), ...createWaking(sql) };
}

/** Not by a conflict with what is there: each would use a number up, and numbers are small. */
const PUT = `WITH changed AS (
    UPDATE feeds SET platform = $2, workspace = $3, wake = $4, is_digest = $5, alongside = $6, manager = $7
    WHERE feed_id = $1 RETURNING 1)
  INSERT INTO feeds (feed_id, platform, workspace, wake, is_digest, alongside, manager)
  SELECT $1, $2, $3, $4::bigint, $5::boolean, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM changed)`;

function createKeeping(sql: Sql): Pick<FeedIndex, 'lock' | 'hold' | 'put'> {
  return {
    lock: (feedId) => lock(sql, 'feed', feedId),
    async hold(feedId) {
      const row = await sql.get('SELECT position FROM feeds WHERE feed_id = $1 FOR KEY SHARE', [feedId]);
      return row && Number(row.position);
    },
    async put({ id, destination, isDigest = false, alongside = null, manager = null }, wakeAt) {
      const { platform, workspace } = destination;
      await sql.run(PUT, [id, platform, workspace, Date.parse(wakeAt), isDigest, alongside, manager]);
    },
  };
}

function createListing(sql: Sql): Pick<FeedIndex, 'ids' | 'toWake'> {
  return {
    async ids(where) {
      if (!where)
        return idsOf(await sql.all('SELECT feed_id FROM feeds WHERE NOT is_digest ORDER BY position'));
      const text = `SELECT feed_id FROM feeds WHERE platform = $1 AND workspace = $2 AND is_digest = false
        ORDER BY position`;
      return idsOf(await sql.all(text, [where.platform, where.workspace]));
    },
    async toWake(at) {
      const text = `SELECT feed_id FROM feeds WHERE wake <= $1 AND NOT ${isLeft('feeds')}
        ORDER BY wake, position`;
      return idsOf(await sql.all(text, [Date.parse(at)]));
    },
  };
}

function idsOf(rows: readonly Row[]): FeedId[] {
  return rows.map((row) => String(row.feed_id));
}

function createWaking(sql: Sql): Pick<FeedIndex, 'wakeOf' | 'setWake' | 'wakeAlongside' | 'wakeAll'> {
  return {
    async wakeOf(feedId) {
      const row = await sql.get('SELECT wake FROM feeds WHERE feed_id = $1', [feedId]);
      return row && new Date(Number(row.wake)).toISOString();
    },
    async setWake(feedId, at, seen) {
      const known = seen === undefined ? null : Date.parse(seen);
      const text = 'UPDATE feeds SET wake = $1 WHERE feed_id = $2 AND ($3::bigint IS NULL OR wake = $3)';
      await sql.run(text, [Date.parse(at), feedId, known]);
    },
    async wakeAlongside(feedId, at) {
      await sql.run('UPDATE feeds SET wake = $1 WHERE alongside = $2', [Date.parse(at), feedId]);
    },
    async wakeAll(at) {
      await sql.run('UPDATE feeds SET wake = $1 WHERE wake <> $1', [Date.parse(at)]);
    },
  };
}
