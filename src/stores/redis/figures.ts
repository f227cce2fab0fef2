import type { StoreFigures } from '../../store.ts';
import { MAIL } from '../../subscribers.ts';
import type { Connection } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { createKeys, workspaceKey } from './keys.ts';

/** See `Store.figures`; a server does not tell what the keys of one store take. */
export async function figuresOf(
  connection: Connection,
  deliveries: Pick<Deliveries, 'counts'>,
): Promise<StoreFigures> {
  const digests = createKeys(connection.prefix).digestsOf(workspaceKey(MAIL));
  const [counts, subscribers] = await Promise.all([deliveries.counts(), connection.zcard(digests)]);
  return { deliveries: counts, subscribers };
}
