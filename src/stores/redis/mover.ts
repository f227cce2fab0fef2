import type { z } from 'zod';
import type { Json } from '../../domain/delivery.ts';
import type { TransferLine } from '../../transfer.ts';
import { checkedValue, LINES, type LineKind, type LineValue } from '../lines.ts';
import type { Work } from './connection.ts';
import type { Reads } from './reads.ts';

/** Members of a sorted set that are read at once. */
const PAGE = 500;

/** How what lies in the store becomes lines, and how lines are taken in. */
export interface Mover {
  read(then: Reads): AsyncIterable<TransferLine>;
  /**
   * Takes lines of its kind in, unless what they say is there. `batch`: all lines that are taken in together, as no read
   * sees those yet. Errors: `StoreError`.
   */
  write(tx: Work, lines: readonly TransferLine[], batch: readonly TransferLine[]): Promise<void>;
}

/** A line whose value was checked. */
export interface Line<T> {
  key: string;
  value: T;
}

/** A mover for the lines of one kind. */
export function createMover<K extends LineKind>(
  kind: K,
  rows: {
    read(then: Reads): AsyncIterable<Line<LineValue<K>>>;
    write(tx: Work, lines: readonly Line<LineValue<K>>[], batch: readonly TransferLine[]): Promise<void>;
  },
): Mover {
  const schema = LINES[kind] as z.ZodType<unknown> as z.ZodType<LineValue<K>>;
  return {
    async *read(then) {
      for await (const { key, value } of rows.read(then)) yield { kind, key, value: value as Json };
    },
    async write(tx, lines, batch) {
      const checked = lines.map((line) => ({ key: line.key, value: checkedValue(schema, line) }));
      await rows.write(tx, checked, batch);
    },
  };
}

/** A sorted set in its order, a page at a time. */
export async function* pagesOf(reads: Reads, key: string): AsyncGenerator<[member: string, score: number][]> {
  for (let from = 0; ; from += PAGE) {
    const page = await reads.zrangeWithScores(key, { from, to: from + PAGE - 1 });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
  }
}

/** Writes those of which nothing is there yet; `isThere` is asked about all of them at once. */
export async function writeMissing<T>(
  lines: readonly Line<T>[],
  isThere: (line: Line<T>) => Promise<boolean>,
  write: (missing: readonly Line<T>[]) => Promise<void> | void,
): Promise<void> {
  const there = await Promise.all(lines.map(isThere));
  const missing = lines.filter((_, index) => !there[index]);
  if (missing.length > 0) await write(missing);
}
