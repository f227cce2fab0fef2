import type { FeedId } from '../../domain/feed.ts';
import { feedClaim } from '../../store.ts';
import { EDITIONS, editionPrefix, FEEDS } from '../kinds.ts';
import type { Sql } from './connection.ts';
import { createFeedIndex } from './feeds.ts';

/** All that is kept of a feed but its deliveries, which go with their plans. */
const REMOVE = `WITH
    editions AS (DELETE FROM records WHERE namespace = '${EDITIONS.namespace}'
      AND key IN (SELECT slot_id FROM plans WHERE feed_id = $1 AND NOT is_notice)),
    gone_plans AS (DELETE FROM plans WHERE feed_id = $1),
    gone_slots AS (DELETE FROM slots WHERE feed_id = $1),
    gone_considered AS (DELETE FROM considered WHERE feed = (SELECT position FROM feeds WHERE feed_id = $1)),
    gone_alarms AS (DELETE FROM alarms WHERE feed_id = $1),
    gone_claim AS (DELETE FROM claims WHERE key = $2),
    gone_damaged AS (DELETE FROM damaged WHERE (namespace = '${FEEDS.namespace}' AND key = $1)
      OR (namespace = '${EDITIONS.namespace}' AND starts_with(key, $3))),
    record AS (DELETE FROM records WHERE namespace = '${FEEDS.namespace}' AND key = $1 RETURNING 1),
    indexed AS (DELETE FROM feeds WHERE feed_id = $1 RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM record) OR EXISTS (SELECT 1 FROM indexed) AS was_there`;

/** Forgets a feed with all that is its own; to be called in a transaction. False when there was none. */
export async function removeFeed(sql: Sql, id: FeedId): Promise<boolean> {
  await createFeedIndex(sql).lock(id);
  // Waits for whoever is just planning or writing a slot, whose rows the next statement then finds.
  await sql.get('SELECT 1 FROM feeds WHERE feed_id = $1 FOR UPDATE', [id]);
  const row = await sql.get(REMOVE, [id, feedClaim(id), editionPrefix(id)]);
  return row?.was_there === true;
}
