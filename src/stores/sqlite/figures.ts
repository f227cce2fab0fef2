import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { StoreFigures } from '../../store.ts';
import type { Deliveries } from './deliveries.ts';

/** See `Store.figures`; a database in memory has no size. */
export function figuresOf(database: DatabaseSync, deliveries: Pick<Deliveries, 'counts'>): StoreFigures {
  const file = database.location();
  const size = file === null ? {} : { bytes: bytesOf(file) };
  return { ...size, deliveries: deliveries.counts() };
}

/** With the side file: what was written lately stands there alone. */
function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (bytes, name) => bytes + (statSync(name, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
