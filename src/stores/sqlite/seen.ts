import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { dayNumber } from '../days.ts';

/** On which day a record of the archive was last brought, changed or not. */
export interface Seen {
  /** It was brought today. */
  touch(namespace: string, key: string): void;
}

export function createSeen(database: DatabaseSync, clock: Clock): Seen {
  // Written once a day at most. Never earlier: what a clock that was ahead has seen stays longer, not shorter.
  const touch = database.prepare(
    `INSERT INTO seen (namespace, key, day) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET day = excluded.day WHERE day < excluded.day`,
  );
  return {
    touch(namespace, key) {
      touch.run(namespace, key, dayNumber(clock.now()));
    },
  };
}
