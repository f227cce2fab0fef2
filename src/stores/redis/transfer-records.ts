import type { TransferLine } from '../../transfer.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { bytesOf, checkedValue, lineText, RECORD_LINE } from '../lines.ts';
import type { Work } from './connection.ts';
import type { Keys } from './keys.ts';
import { type Mover, pagesOf } from './mover.ts';
import { partsOf, type Reads } from './reads.ts';

/** Records that are read at once. */
const AT_ONCE = 500;

/** Records of every namespace, those of a later version too. */
export function createRecordMover(keys: Keys): Mover {
  /** The order within some namespaces; what it does not order comes after it, by its keys. */
  const orders: Readonly<Record<string, string | undefined>> = {
    [PAPERS.namespace]: keys.sequence,
    [LISTINGS.namespace]: undefined,
    [FEEDS.namespace]: keys.feeds,
    [EDITIONS.namespace]: undefined,
    [INSTALLATIONS.namespace]: undefined,
    [MAILBOXES.namespace]: undefined,
  };
  return {
    async *read(then) {
      // A namespace of a later version comes after those that are known.
      const namespaces = new Set([...Object.keys(orders), ...(await then.zrange(keys.namespaces))]);
      for (const namespace of namespaces) {
        const order = orders[namespace];
        const pages =
          order === undefined ? byKey(then, keys, namespace) : ordered(then, keys, namespace, order);
        for await (const page of pages) yield* linesOf(then, keys, namespace, page);
      }
    },
    async write(tx, lines) {
      const places = lines.map(({ kind, key }) => keys.record(kind, key));
      const there = await tx.getManyBytes(places);
      for (const [index, line] of lines.entries()) {
        const { record, expires } = checkedValue(RECORD_LINE, line);
        if (there[index] === undefined) insert(tx, keys, line, bytesOf(record), expires);
      }
    },
  };
}

async function* byKey(then: Reads, keys: Keys, namespace: string): AsyncGenerator<string[]> {
  for await (const page of pagesOf(then, keys.records(namespace))) yield page.map(([key]) => key);
}

async function* ordered(then: Reads, keys: Keys, namespace: string, order: string): AsyncGenerator<string[]> {
  const [first, all] = await Promise.all([then.zrange(order), then.zrange(keys.records(namespace))]);
  const there = new Set(all);
  const inOrder = first.filter((key) => there.delete(key));
  yield* partsOf([...inOrder, ...there], AT_ONCE);
}

async function* linesOf(
  then: Reads,
  keys: Keys,
  kind: string,
  page: readonly string[],
): AsyncGenerator<TransferLine> {
  const [texts, expiries] = await Promise.all([
    then.getManyBytes(page.map((key) => keys.record(kind, key))),
    then.zmscore(keys.expiring(kind), page),
  ]);
  for (const [index, key] of page.entries()) {
    const [bytes, expires] = [texts[index], expiries[index]];
    if (!bytes) continue;
    const record = lineText(bytes);
    yield { kind, key, value: expires === undefined ? { record } : { record, expires } };
  }
}

function insert(
  tx: Work,
  keys: Keys,
  { kind, key }: TransferLine,
  bytes: Uint8Array,
  expires: number | undefined,
): void {
  tx.set(keys.record(kind, key), Buffer.from(bytes));
  tx.zadd(keys.records(kind), 0, key);
  tx.zadd(keys.namespaces, 0, kind);
  if (expires !== undefined) tx.zadd(keys.expiring(kind), expires, key);
}
