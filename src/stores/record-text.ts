import { jsonSerializer, type KeyvSerializationAdapter } from 'keyv';
import { z } from 'zod';
import { StoreError } from '../errors.ts';
import type { Kind } from './kinds.ts';

/** What stands in for text that is no record at all. */
const UNREADABLE = Symbol('unreadable');

/**
 * JSON just as Keyv writes it. Text that does not parse becomes a value instead of an error: Keyv would turn the error
 * into a failed read, and one damaged record would fail all the others of a `getMany`. So would text that parses but
 * has no value: Keyv would take it for "not there".
 */
export const recordSerialization = {
  stringify: (value: unknown): string => jsonSerializer.stringify(value),
  parse: <T>(text: string): T => (parseText(text) ?? { value: UNREADABLE }) as T,
} satisfies KeyvSerializationAdapter;

/** Where a string begins with a colon, or a key does. */
const HAS_MARK = /[:[,]\s*":/;

function parseText(text: string): object | undefined {
  try {
    // Keyv marks by a colon what is no plain string, and looks at each; nearly no record has one.
    const parse = HAS_MARK.test(text) ? jsonSerializer.parse : JSON.parse;
    const parsed = parse(text) as { value?: unknown } | null;
    return parsed?.value === undefined ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** How a record lies in the store: its version beside it. */
export interface Versioned {
  v: number;
  record: unknown;
}

const versioned = z.object({ v: z.int().min(1), record: z.unknown() });

/** What was found under a key. `damage` says in a few words, and without quoting the record, what is wrong. */
export type Decoded<T> = { record: T } | { damage: string } | { newerVersion: number };

/** Checks what Keyv read. */
export function decode<T>(kind: Kind<T>, value: unknown): Decoded<T> {
  if (value === UNREADABLE) return { damage: 'it is not a record in JSON' };
  const outer = versioned.safeParse(value);
  if (!outer.success) return { damage: describe(outer.error) };
  if (outer.data.v > kind.version) return { newerVersion: outer.data.v };
  const inner = kind.schema.safeParse(outer.data.record);
  return inner.success ? { record: inner.data } : { damage: describe(inner.error) };
}

/** Reads the text of a record as it lies in the store. */
export function decodeText<T>(kind: Kind<T>, text: string): Decoded<T> {
  return decode(kind, recordSerialization.parse<{ value: unknown }>(text).value);
}

/**
 * The text under which a record lies in the store, the same as through Keyv. Equal records give equal text, in
 * whatever order their properties were set. Errors: `StoreError` for one that could not be read again.
 */
export function encodeText<T>(kind: Kind<T>, key: string, record: T): string {
  return recordSerialization.stringify({ value: envelop(kind, key, record) });
}

/** A record with its version. Errors: as for `encodeText`. */
export function envelop<T>(kind: Kind<T>, key: string, record: T): Versioned {
  const checked = kind.schema.safeParse(record);
  if (checked.success) return { v: kind.version, record: checked.data };
  const message = `the record does not fit its shape: ${describe(checked.error)}`;
  throw new StoreError('write', { key: nameOf(kind, key), cause: checked.error, message });
}

function describe({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the whole'}: ${message}`)
    .join('; ');
}

/** `namespace:key`, as errors and the log name a record. */
export function nameOf(kind: Pick<Kind<unknown>, 'namespace'>, key: string): string {
  return `${kind.namespace}:${key}`;
}
