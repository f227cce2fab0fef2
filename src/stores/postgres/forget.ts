import type { Workspace } from '../../people.ts';
import type { Store } from '../../store.ts';
import { dayNumber } from '../days.ts';
import { EDITIONS, PAPERS } from '../kinds.ts';
import type { Connection, Row, Sql } from './connection.ts';
import { lockArchive } from './sequence.ts';
import { holdDeliveries, isSettled } from './settled.ts';

/** Rows of one kind that are looked at in one call. */
const FORGET_AT_ONCE = 500;
/** The newest editions of a feed that stay, however old: the line looks back on so many. */
const KEPT_EDITIONS = 14;
/** Before all days that have a number in the database. */
const FIRST_DAY = -(2 ** 31);

type Limits = Parameters<Store['forget']>[0];
/** Where a walk through the old rows has come to: the key of the row that it met last. */
type Place = readonly (string | number)[];
/** Forgets some rows of one kind, in a transaction. Out: where it has come to; undefined at the end of the old ones. */
type Step = (sql: Sql, limits: Limits, after: Place) => Promise<Place | undefined>;

interface Kind {
  /** Before the first row. */
  start: Place;
  step: Step;
}

/**
 * Forgets what has grown too old, some rows of each kind in each call, each kind in a transaction of its own. `erase`:
 * some of what is kept of a workspace; true when nothing is left. Out: see `Store`.
 *
 * Old rows that must stay would be met again in every call. So a round goes through each kind once, from call to call,
 * and the last call of it says that there is no more.
 */
export function createForget(
  connection: Connection,
  erase: (sql: Sql, workspace: Workspace) => Promise<boolean>,
): (limits: Limits) => Promise<boolean> {
  const kinds: Kind[] = [
    { start: ['', ''], step: forgetSlots },
    { start: [''], step: forgetNotices },
    { start: [], step: forgetAlarms },
    { start: [], step: forgetReactions },
    { start: [FIRST_DAY, '', ''], step: forgetArchive },
    { start: [], step: (sql, limits) => forgetWorkspace(sql, limits, erase) },
  ];
  const begin = () => kinds.map(({ start, step }) => ({ after: start, step }));
  let open = begin();
  return async (limits) => {
    const unfinished: typeof open = [];
    for (const { after, step } of open) {
      const next = await connection.transaction((sql) => step(sql, limits, after));
      if (next) unfinished.push({ after: next, step });
    }
    open = unfinished.length > 0 ? unfinished : begin();
    return unfinished.length > 0;
  };
}

/** Whether a slot may go, in SQL: done with, with nothing to send, no young alarm, and not one of the newest. */
const IS_OVER = `slots.state NOT IN ('due', 'waiting')
  AND ${isSettled('slots')}
  AND NOT EXISTS (SELECT 1 FROM alarms WHERE subject = 'slot/' || slots.slot_id AND cleared_at IS NULL
    AND raised_at >= $1)
  AND (0 = (SELECT count(*) FROM plans WHERE plans.slot_id = slots.slot_id)
    OR ${KEPT_EDITIONS} <= (SELECT count(*) FROM (SELECT 1 FROM plans
      WHERE plans.feed_id = slots.feed_id AND plans.slot_id > slots.slot_id AND NOT is_notice
      LIMIT ${KEPT_EDITIONS}) AS newer))`;

/** Slots that are done with their editions and deliveries, oldest first, and the alarms that nobody can clear then. */
async function forgetSlots(sql: Sql, { outcomesBefore }: Limits, after: Place): Promise<Place | undefined> {
  const rows = await sql.all(
    `SELECT slot_id, day, ${IS_OVER} AS is_over FROM slots
     WHERE (day, slot_id) > ($2, $3) AND day < $4 ORDER BY day, slot_id LIMIT ${FORGET_AT_ONCE}`,
    [outcomesBefore, ...after, outcomesBefore.slice(0, 10)],
  );
  const ids = rows.filter(({ is_over }) => is_over).map((row) => String(row.slot_id));
  if (ids.length > 0) await removeSlots(sql, outcomesBefore, ids);
  return placeAfter(rows, ['day', 'slot_id']);
}

async function removeSlots(sql: Sql, outcomesBefore: string, ids: readonly string[]): Promise<void> {
  await sql.all('SELECT 1 FROM slots WHERE slot_id = ANY ($1::text[]) ORDER BY slot_id FOR UPDATE', [ids]);
  await holdDeliveries(sql, ids);
  // Asked again, as it may have changed until they were held.
  await sql.run(
    `WITH over AS (SELECT slot_id FROM slots WHERE slot_id = ANY ($2::text[]) AND ${IS_OVER}),
       gone_plans AS (DELETE FROM plans WHERE slot_id IN (SELECT slot_id FROM over)),
       gone_editions AS (DELETE FROM records
         WHERE namespace = '${EDITIONS.namespace}' AND key IN (SELECT slot_id FROM over)),
       gone_alarms AS (DELETE FROM alarms
         WHERE subject IN (SELECT 'slot/' || slot_id FROM over) AND cleared_at IS NULL)
     DELETE FROM slots WHERE slot_id IN (SELECT slot_id FROM over)`,
    [outcomesBefore, ids],
  );
}

/** Notices of which nothing has changed for long and nothing is to be sent. */
async function forgetNotices(sql: Sql, { outcomesBefore }: Limits, after: Place): Promise<Place | undefined> {
  const isOver = `$1 > (SELECT max(changed_at) FROM deliveries WHERE deliveries.slot_id = plans.slot_id)
    AND ${isSettled('plans')}`;
  const rows = await sql.all(
    `SELECT slot_id, ${isOver} AS is_over FROM plans
     WHERE is_notice AND slot_id > $2 ORDER BY slot_id LIMIT ${FORGET_AT_ONCE}`,
    [outcomesBefore, ...after],
  );
  const ids = rows.filter(({ is_over }) => is_over).map((row) => String(row.slot_id));
  await holdDeliveries(sql, ids);
  if (ids.length > 0)
    await sql.run(`DELETE FROM plans WHERE slot_id = ANY ($2::text[]) AND ${isOver}`, [outcomesBefore, ids]);
  return placeAfter(rows, ['slot_id']);
}

/** Alarms that have ended. */
async function forgetAlarms(sql: Sql, { outcomesBefore }: Limits): Promise<Place | undefined> {
  const gone = await sql.run(
    `DELETE FROM alarms WHERE position IN (SELECT position FROM alarms
       WHERE cleared_at IS NOT NULL AND raised_at < $1 ORDER BY raised_at LIMIT ${FORGET_AT_ONCE})`,
    [outcomesBefore],
  );
  return gone < FORGET_AT_ONCE ? undefined : [];
}

/** Reactions on messages that show papers. */
async function forgetReactions(sql: Sql, { outcomesBefore }: Limits): Promise<Place | undefined> {
  const key = 'platform, workspace, channel, message_id, emoji, mark';
  const gone = await sql.run(
    `DELETE FROM reactions WHERE (${key}) IN (SELECT ${key} FROM reactions
       WHERE seen_at < $1 ORDER BY seen_at LIMIT ${FORGET_AT_ONCE})`,
    [outcomesBefore],
  );
  return gone < FORGET_AT_ONCE ? undefined : [];
}

/** Workspaces that let us go, one after the other, each in steps; one that another process is at is left to it. */
async function forgetWorkspace(
  sql: Sql,
  { outcomesBefore }: Limits,
  erase: (sql: Sql, workspace: Workspace) => Promise<boolean>,
): Promise<Place | undefined> {
  const row = await sql.get(
    `SELECT platform, workspace FROM workspaces WHERE left_at < $1
     ORDER BY left_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [outcomesBefore],
  );
  if (!row) return undefined;
  const workspace = { platform: row.platform as Workspace['platform'], workspace: String(row.workspace) };
  if (await erase(sql, workspace)) {
    const text = 'DELETE FROM workspaces WHERE platform = $1 AND workspace = $2';
    await sql.run(text, [workspace.platform, workspace.workspace]);
  }
  return [];
}

/**
 * Papers and listings, a listing before its papers; both were brought together, so none names a paper that is gone.
 * Papers that somebody saved stay.
 */
async function forgetArchive(sql: Sql, { archiveBefore }: Limits, after: Place): Promise<Place | undefined> {
  if (archiveBefore === undefined) return undefined;
  // Nothing is taken away that is just being brought again.
  await lockArchive(sql);
  const rows = await sql.all(
    `SELECT namespace, key, day, namespace <> '${PAPERS.namespace}'
       OR (SELECT paper_id FROM saved WHERE paper_id = key LIMIT 1) IS NULL AS is_over
     FROM seen WHERE (day, namespace, key) > ($1, $2, $3) AND day < $4
     ORDER BY day, namespace, key LIMIT ${FORGET_AT_ONCE}`,
    [...after, dayNumber(archiveBefore)],
  );
  const over = rows.filter(({ is_over }) => is_over);
  if (over.length > 0) await removeRecords(sql, over);
  return placeAfter(rows, ['day', 'namespace', 'key']);
}

/** Removes records of the archive with all that is known of them. */
async function removeRecords(sql: Sql, over: readonly Row[]): Promise<void> {
  await sql.run(
    `WITH over AS (SELECT * FROM unnest($1::text[], $2::text[]) AS given (namespace, key)),
       gone_records AS (DELETE FROM records WHERE (namespace, key) IN (SELECT namespace, key FROM over)),
       gone_numbers AS (DELETE FROM archive_sequence
         WHERE paper_id IN (SELECT key FROM over WHERE namespace = '${PAPERS.namespace}'))
     DELETE FROM seen WHERE (namespace, key) IN (SELECT namespace, key FROM over)`,
    [over.map((row) => String(row.namespace)), over.map((row) => String(row.key))],
  );
}

/** The key of the last of some rows; undefined where there were fewer than were asked for. */
function placeAfter(rows: readonly Row[], key: readonly string[]): Place | undefined {
  const last = rows.at(-1);
  if (!last || rows.length < FORGET_AT_ONCE) return undefined;
  return key.map((name) => (typeof last[name] === 'number' ? last[name] : String(last[name])));
}
