import type { TransferLine } from '../../transfer.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { bytesOf, checkedValue, lineText, RECORD_LINE } from '../lines.ts';
import type { Pages, Row } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import type { Mover } from './mover.ts';

/** A table that numbers the records of a namespace. */
interface Order {
  table: string;
  id: string;
  number: string;
}

/** The order within some namespaces; the others, and what these do not number, go by their keys. */
const ORDERS: ReadonlyMap<string, Order | undefined> = new Map([
  [PAPERS.namespace, { table: 'archive_sequence', id: 'paper_id', number: 'sequence' }],
  [LISTINGS.namespace, undefined],
  [FEEDS.namespace, { table: 'feeds', id: 'feed_id', number: 'position' }],
  [EDITIONS.namespace, undefined],
  [INSTALLATIONS.namespace, undefined],
  [MAILBOXES.namespace, undefined],
]);

/** The kind of such a line is the namespace of its record, known or not. */
export const RECORDS: Mover = {
  async *read(pages) {
    for (const namespace of await namespacesOf(pages)) {
      for (const text of textsOf(ORDERS.get(namespace))) {
        for await (const row of pages(text, [namespace])) yield lineOf(namespace, row);
      }
    }
  },
  async write(sql, lines) {
    const rows = lines.map((line) => {
      const { record, expires = null } = checkedValue(RECORD_LINE, line);
      return { namespace: line.kind, key: line.key, value: bytesOf(record), expires };
    });
    const columns = { namespace: 'text', key: 'text', value: 'bytea', expires: 'bigint' } as const;
    await insertRows(sql, 'records', columns, rows);
  },
};

/** Those of a later version come after those that are known. */
async function namespacesOf(pages: Pages): Promise<Set<string>> {
  const namespaces = new Set(ORDERS.keys());
  const kept = pages('SELECT DISTINCT namespace FROM records ORDER BY namespace');
  for await (const { namespace } of kept) namespaces.add(String(namespace));
  return namespaces;
}

/** Two statements where one would have to sort all records before it gives the first. */
function textsOf(order: Order | undefined): string[] {
  const byKey = 'SELECT key, value, expires FROM records WHERE namespace = $1';
  if (!order) return [`${byKey} ORDER BY key`];
  const { table, id, number } = order;
  return [
    `SELECT key, value, expires FROM ${table} JOIN records ON namespace = $1 AND key = ${id} ORDER BY ${number}`,
    `${byKey} AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${id} = key) ORDER BY key`,
  ];
}

function lineOf(kind: string, { key, value, expires }: Row): TransferLine {
  const record = lineText(value as Uint8Array);
  return {
    kind,
    key: String(key),
    value: expires === null ? { record } : { record, expires: Number(expires) },
  };
}
