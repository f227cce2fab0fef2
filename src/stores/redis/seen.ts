import type { Clock } from '../../clock.ts';
import { dayNumber } from '../days.ts';
import { nameOf } from '../record-text.ts';
import type { Changes, Connection } from './connection.ts';
import { createKeys } from './keys.ts';

/** On which day a record of the archive was last brought, changed or not. */
export interface Seen {
  /** They were brought today. */
  touch(tx: Changes, namespace: string, keys: Iterable<string>): void;
}

export function createSeen(connection: Connection, clock: Clock): Seen {
  const { seen } = createKeys(connection.prefix);
  return {
    touch(tx, namespace, names) {
      const today = dayNumber(clock.now());
      // Never earlier: what a clock that was ahead has seen stays longer, not shorter.
      for (const key of names) tx.zadd(seen, today, nameOf({ namespace }, key), 'greater');
    },
  };
}
