import { StoreError } from '../errors.ts';
import { LINES, type LineKind } from './lines.ts';

/** What moves the lines of each kind, in the order of reading: the same in every store. */
export function inOrder<M>(movers: Readonly<Record<LineKind, M>>): Map<string, M> {
  const kinds = Object.keys(LINES) as LineKind[];
  return new Map(kinds.map((kind) => [kind, movers[kind]]));
}

export function notBegun(): StoreError {
  return new StoreError('transfer', { message: 'no import was begun.' });
}
