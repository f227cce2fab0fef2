import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { StoreFigures } from '../../store.ts';
import { MAIL } from '../../subscribers.ts';
import type { Deliveries } from './deliveries.ts';

/** See `Store.figures`; a database in memory has no size. */
export function createFigures(
  database: DatabaseSync,
  deliveries: Pick<Deliveries, 'counts'>,
): () => StoreFigures {
  const digests = database.prepare(
    'SELECT count(*) AS count FROM feeds WHERE platform = ? AND workspace = ? AND is_digest = 1',
  );
  return () => {
    const file = database.location();
    const size = file === null ? {} : { bytes: bytesOf(file) };
    const subscribers = Number(digests.get(MAIL.platform, MAIL.workspace)?.count);
    return { ...size, deliveries: deliveries.counts(), subscribers };
  };
}

/** With the side file: what was written lately stands there alone. */
function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (bytes, name) => bytes + (statSync(name, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
