import type { DatabaseSync } from 'node:sqlite';
import type { FeedId } from '../../domain/feed.ts';
import { transaction } from '../../sqlite.ts';
import type { DamagedRecord } from '../../store.ts';
import { EDITIONS, editionPrefix, FEEDS } from '../kinds.ts';
import { nameOf } from '../record-text.ts';
import type { Damage } from '../records.ts';
import type { SqliteStorage } from './storage.ts';

/** Where damaged records lie, text and all, for whoever wants to mend them. */
export interface Damaged {
  /** See `RecordsDependencies`. */
  setAside(damage: Damage, storage: SqliteStorage): boolean;
  /** Newest first. */
  all(): DamagedRecord[];
  removeOf(feedId: FeedId): void;
}

export function createDamaged(database: DatabaseSync): Damaged {
  // Copies inside the database: text that is not even UTF-8 arrives as it was.
  const copy = database.prepare(
    `INSERT INTO damaged (namespace, key, value, reason, set_aside_at)
     SELECT namespace, key, value, ?, ? FROM records WHERE namespace = ? AND key = ?`,
  );
  const all = database.prepare(
    'SELECT namespace, key, reason, set_aside_at FROM damaged ORDER BY position DESC',
  );
  const removeKey = database.prepare('DELETE FROM damaged WHERE namespace = ? AND key = ?');
  const removePrefix = database.prepare(
    'DELETE FROM damaged WHERE namespace = ? AND substr(key, 1, length(?)) = ?',
  );
  return {
    setAside: ({ namespace, key, reason, setAsideAt, isDamaged }, storage) =>
      transaction(database, () => {
        const text = storage.read(key);
        if (text === undefined || !isDamaged(text)) return false;
        copy.run(reason, setAsideAt, namespace, key);
        storage.remove(key);
        return true;
      }),
    all: () =>
      all.all().map((row) => ({
        key: nameOf({ namespace: String(row.namespace) }, String(row.key)),
        reason: String(row.reason),
        setAsideAt: String(row.set_aside_at),
      })),
    removeOf(feedId) {
      removeKey.run(FEEDS.namespace, feedId);
      const prefix = editionPrefix(feedId);
      removePrefix.run(EDITIONS.namespace, prefix, prefix);
    },
  };
}
