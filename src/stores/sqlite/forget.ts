import type { DatabaseSync } from 'node:sqlite';
import type { Workspace } from '../../people.ts';
import type { Store } from '../../store.ts';
import { dayNumber } from '../days.ts';
import { EDITIONS, PAPERS } from '../kinds.ts';
import { IS_UNSENT } from './deliveries.ts';

/** Rows of one kind that are looked at in one call. */
const FORGET_AT_ONCE = 500;
/** The newest editions of a feed that stay, however old: the line looks back on so many. */
const KEPT_EDITIONS = 14;

type Limits = Parameters<Store['forget']>[0];
/** Forgets some rows of one kind; true when it has come to the end of the old ones. */
type Walk = (limits: Limits) => boolean;

/**
 * Forgets what has grown too old, some rows of each kind in each call; to be called in a transaction. `erase`: some of
 * what is kept of a workspace; true when nothing is left. Out: see `Store`.
 *
 * Old rows that must stay would be met again in every call. So a round goes through each kind once, from call to call,
 * and the last call of it says that there is no more.
 */
export function createForget(
  database: DatabaseSync,
  erase: (workspace: Workspace) => boolean,
): (limits: Limits) => boolean {
  const walks = [walkSlots, walkNotices, walkAlarms, walkReactions, walkArchive];
  const kinds = [...walks.map((walk) => walk(database)), walkWorkspaces(database, erase)];
  let open = kinds.map((begin) => begin());
  return (limits) => {
    open = open.filter((walk) => !walk(limits));
    if (open.length > 0) return true;
    open = kinds.map((begin) => begin());
    return false;
  };
}

/** Slots that are done with their editions and deliveries, oldest first, and the alarms that nobody can clear then. */
function walkSlots(database: DatabaseSync): () => Walk {
  const old = database.prepare(
    `SELECT slot_id, day,
       state NOT IN ('due', 'waiting')
       AND NOT EXISTS (SELECT 1 FROM deliveries WHERE slot_id = slots.slot_id AND ${IS_UNSENT})
       AND NOT EXISTS (SELECT 1 FROM alarms WHERE subject = 'slot/' || slots.slot_id AND cleared_at IS NULL
                       AND raised_at >= ?)
       AND (NOT EXISTS (SELECT 1 FROM plans WHERE slot_id = slots.slot_id)
            OR ${KEPT_EDITIONS} <= (SELECT count(*) FROM (SELECT 1 FROM plans
                 WHERE feed_id = slots.feed_id AND slot_id > slots.slot_id AND is_notice = 0
                 LIMIT ${KEPT_EDITIONS}))) AS is_over
     FROM slots WHERE (day, slot_id) > (?, ?) AND day < ? ORDER BY day, slot_id LIMIT ${FORGET_AT_ONCE}`,
  );
  const removals = [
    'DELETE FROM plans WHERE slot_id = ?',
    `DELETE FROM records WHERE namespace = '${EDITIONS.namespace}' AND key = ?`,
    "DELETE FROM alarms WHERE subject = 'slot/' || ? AND cleared_at IS NULL",
    'DELETE FROM slots WHERE slot_id = ?',
  ].map((sql) => database.prepare(sql));
  return () => {
    let after = ['', ''];
    return ({ outcomesBefore }) => {
      const rows = old.all(outcomesBefore, ...after, outcomesBefore.slice(0, 10));
      for (const { slot_id, day, is_over } of rows) {
        after = [String(day), String(slot_id)];
        if (is_over === 1) for (const removal of removals) removal.run(String(slot_id));
      }
      return rows.length < FORGET_AT_ONCE;
    };
  };
}

/** Notices of which nothing has changed for long and nothing is to be sent. */
function walkNotices(database: DatabaseSync): () => Walk {
  const all = database.prepare(
    `SELECT slot_id,
       ? > (SELECT max(changed_at) FROM deliveries WHERE slot_id = plans.slot_id)
       AND NOT EXISTS (SELECT 1 FROM deliveries WHERE slot_id = plans.slot_id AND ${IS_UNSENT}) AS is_over
     FROM plans WHERE is_notice = 1 AND slot_id > ? ORDER BY slot_id LIMIT ${FORGET_AT_ONCE}`,
  );
  const remove = database.prepare('DELETE FROM plans WHERE slot_id = ?');
  return () => {
    let after = '';
    return ({ outcomesBefore }) => {
      const rows = all.all(outcomesBefore, after);
      for (const { slot_id, is_over } of rows) {
        after = String(slot_id);
        if (is_over === 1) remove.run(after);
      }
      return rows.length < FORGET_AT_ONCE;
    };
  };
}

/** Alarms that have ended. */
function walkAlarms(database: DatabaseSync): () => Walk {
  const remove = database.prepare(
    `DELETE FROM alarms WHERE position IN (SELECT position FROM alarms
       WHERE cleared_at IS NOT NULL AND raised_at < ? ORDER BY raised_at LIMIT ${FORGET_AT_ONCE})`,
  );
  return () =>
    ({ outcomesBefore }) =>
      Number(remove.run(outcomesBefore).changes) < FORGET_AT_ONCE;
}

/** Reactions on messages that show papers. */
function walkReactions(database: DatabaseSync): () => Walk {
  const key = 'platform, workspace, channel, message_id, emoji, mark';
  const remove = database.prepare(
    `DELETE FROM reactions WHERE (${key}) IN (SELECT ${key} FROM reactions
       WHERE seen_at < ? ORDER BY seen_at LIMIT ${FORGET_AT_ONCE})`,
  );
  return () =>
    ({ outcomesBefore }) =>
      Number(remove.run(outcomesBefore).changes) < FORGET_AT_ONCE;
}

/** Workspaces that let us go, one after the other, each in steps. */
function walkWorkspaces(database: DatabaseSync, erase: (workspace: Workspace) => boolean): () => Walk {
  const old = database.prepare(
    'SELECT platform, workspace FROM workspaces WHERE left_at < ? ORDER BY left_at LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM workspaces WHERE platform = ? AND workspace = ?');
  return () =>
    ({ outcomesBefore }) => {
      const row = old.get(outcomesBefore);
      if (!row) return true;
      const workspace = { platform: row.platform as Workspace['platform'], workspace: String(row.workspace) };
      if (erase(workspace)) remove.run(workspace.platform, workspace.workspace);
      return false;
    };
}

/**
 * Papers and listings, a listing before its papers; both were brought together, so none names a paper that is gone.
 * Papers that somebody saved stay.
 */
function walkArchive(database: DatabaseSync): () => Walk {
  const old = database.prepare(
    `SELECT namespace, key, day,
       namespace <> '${PAPERS.namespace}' OR NOT EXISTS (SELECT 1 FROM saved WHERE paper_id = key) AS is_over
     FROM seen WHERE (day, namespace, key) > (?, ?, ?) AND day < ?
     ORDER BY day, namespace, key LIMIT ${FORGET_AT_ONCE}`,
  );
  const removals = ['seen', 'records'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE namespace = ? AND key = ?`),
  );
  const unnumber = database.prepare('DELETE FROM archive_sequence WHERE paper_id = ?');
  const remove = (namespace: string, key: string) => {
    for (const removal of removals) removal.run(namespace, key);
    if (namespace === PAPERS.namespace) unnumber.run(key);
  };
  return () => {
    let after: [number, string, string] = [Number.MIN_SAFE_INTEGER, '', ''];
    return ({ archiveBefore }) => {
      if (archiveBefore === undefined) return true;
      const rows = old.all(...after, dayNumber(archiveBefore));
      for (const { namespace, key, day, is_over } of rows) {
        after = [Number(day), String(namespace), String(key)];
        if (is_over === 1) remove(String(namespace), String(key));
      }
      return rows.length < FORGET_AT_ONCE;
    };
  };
}
