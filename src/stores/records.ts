import { jsonSerializer, type Keyv, type KeyvSerializationAdapter } from 'keyv';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Records } from '../store.ts';
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

function parseText(text: string): object | undefined {
  try {
    const parsed = jsonSerializer.parse(text) as { value?: unknown } | null;
    return parsed?.value === undefined ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** How a record lies in the store: its version beside it. */
interface Versioned {
  v: number;
  record: unknown;
}

const versioned = z.object({ v: z.int().min(1), record: z.unknown() });

/** What was found under a key. `damage` says in a few words, and without quoting the record, what is wrong. */
export type Decoded<T> = { record: T } | { damage: string } | { newerVersion: number };

/** Checks what Keyv read. */
function decode<T>(kind: Kind<T>, value: unknown): Decoded<T> {
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

function envelop<T>(kind: Kind<T>, key: string, record: T): Versioned {
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

/** A record that is to be set aside. */
export interface Damage {
  namespace: string;
  key: string;
  reason: string;
  setAsideAt: Instant;
  /** Looks again, as another process may have written the record anew. */
  isDamaged(text: string): boolean;
  /** The text that takes its place; without one the key is empty from then on. */
  replacement?: string;
}

export interface RecordsDependencies {
  /**
   * Must have no `error` listener, here or at its owner: with one, Keyv answers a failed read with "not there" and a
   * failed write with silence.
   */
  keyv: Keyv<unknown>;
  /** Moves a damaged record away, in one transaction; false when it is no longer damaged or no longer there. */
  setAside(damage: Damage): Promise<boolean>;
  /** What the store makes of an error. */
  failure(operation: string, key: string, cause: unknown): StoreError;
  clock: Clock;
  log: Log;
}

/** Records of one kind over a Keyv that serialises with `recordSerialization`. */
export function createRecords<T>(kind: Kind<T>, dependencies: RecordsDependencies): Records<T> {
  const { keyv, setAside, failure, clock, log } = dependencies;

  async function attempt<R>(operation: string, key: string, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (cause) {
      throw failure(operation, key, cause);
    }
  }

  /** Undefined when it was damaged and nothing takes its place. */
  async function settle(key: string, decoded: Decoded<T>): Promise<T | undefined> {
    if ('record' in decoded) return decoded.record;
    const name = nameOf(kind, key);
    if ('newerVersion' in decoded) {
      const message = `a newer version of Paperwire wrote it (format ${decoded.newerVersion}, this one knows ${kind.version}). Upgrade this program.`;
      throw new StoreError('read', { key: name, message });
    }
    const setAsideAt = clock.now();
    const instead = kind.whenDamaged?.(key, setAsideAt);
    const isMoved = await setAside({
      namespace: kind.namespace,
      key,
      reason: decoded.damage,
      setAsideAt,
      isDamaged: (text) => 'damage' in decodeText(kind, text),
      ...(instead === undefined ? {} : { replacement: encodeText(kind, key, instead) }),
    });
    if (!isMoved) return await get(key);
    log.warn('A damaged record was set aside', { key: name, reason: decoded.damage });
    return instead;
  }

  async function get(key: string): Promise<T | undefined> {
    const value = await attempt('read', nameOf(kind, key), () => keyv.get<unknown>(key));
    return value === undefined ? undefined : await settle(key, decode(kind, value));
  }

  return {
    get,
    async getMany(keys) {
      const unique = [...new Set(keys)];
      const values = await attempt('read', kind.namespace, () => keyv.getMany<unknown>(unique));
      const found = new Map<string, T>();
      for (const [index, key] of unique.entries()) {
        const value = values[index];
        const record = value === undefined ? undefined : await settle(key, decode(kind, value));
        if (record !== undefined) found.set(key, record);
      }
      return found;
    },
    async set(key, record) {
      const value = envelop(kind, key, record);
      const isKept = await attempt('write', nameOf(kind, key), () => keyv.set(key, value));
      if (!isKept) throw refused(nameOf(kind, key));
    },
    async setMany(entries) {
      const values = [...entries].map(([key, record]) => ({ key, value: envelop(kind, key, record) }));
      const kept = await attempt('write', kind.namespace, () => keyv.setMany(values));
      if (!kept.every(Boolean)) throw refused(kind.namespace);
    },
    async delete(key) {
      return await attempt('delete', nameOf(kind, key), () => keyv.delete(key));
    },
  };
}

/** Keyv says false, and throws nothing, for an empty key. */
function refused(key: string): StoreError {
  return new StoreError('write', { key, message: 'the record was not taken; a key may not be empty.' });
}
