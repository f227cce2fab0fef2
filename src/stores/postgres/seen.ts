import type { Clock } from '../../clock.ts';
import { dayNumber } from '../days.ts';
import type { Sql } from './connection.ts';

/** A record of the archive. */
export interface ArchiveKey {
  namespace: string;
  key: string;
}

/** On which day records of the archive were last brought, changed or not. */
export interface Seen {
  /** They were brought today; to be called before they are looked at, so that nobody forgets them meanwhile. */
  touch(records: readonly ArchiveKey[]): Promise<void>;
}

/** Written once a day at most. Never earlier: what a clock that was ahead has seen stays longer, not shorter. */
const TOUCH = `INSERT INTO seen (namespace, key, day)
  SELECT namespace, key, $3 FROM unnest($1::text[], $2::text[]) AS given (namespace, key)
  ORDER BY namespace, key
  ON CONFLICT (namespace, key) DO UPDATE SET day = excluded.day WHERE seen.day < excluded.day`;

export function createSeen(sql: Sql, clock: Clock): Seen {
  return {
    async touch(records) {
      const names = [records.map(({ namespace }) => namespace), records.map(({ key }) => key)];
      await sql.run(TOUCH, [...names, dayNumber(clock.now())]);
    },
  };
}
