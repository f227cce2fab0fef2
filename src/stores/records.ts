import type { Keyv } from 'keyv';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Records } from '../store.ts';
import type { Kind } from './kinds.ts';
import { type Decoded, decode, decodeText, envelop, nameOf } from './record-text.ts';

/** A record that is to be set aside. */
export interface Damage {
  namespace: string;
  key: string;
  reason: string;
  setAsideAt: Instant;
  /** Looks again, as another process may have written the record anew. */
  isDamaged(text: string): boolean;
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
  return { ...createReading(kind, dependencies), ...createWriting(kind, dependencies) };
}

function createReading<T>(
  kind: Kind<T>,
  dependencies: RecordsDependencies,
): Pick<Records<T>, 'get' | 'getMany'> {
  const { keyv, failure } = dependencies;

  /** Undefined when it was damaged. */
  async function settle(key: string, decoded: Decoded<T>): Promise<T | undefined> {
    if ('record' in decoded) return decoded.record;
    if ('newerVersion' in decoded) throw newer(kind, key, decoded.newerVersion);
    const isMoved = await setAside(kind, key, decoded.damage, dependencies);
    return isMoved ? undefined : await get(key);
  }

  async function get(key: string): Promise<T | undefined> {
    const value = await attempt(failure, 'read', nameOf(kind, key), () => keyv.get<unknown>(key));
    return value === undefined ? undefined : await settle(key, decode(kind, value));
  }

  return {
    get,
    async getMany(keys) {
      const unique = [...new Set(keys)];
      const values = await attempt(failure, 'read', kind.namespace, () => keyv.getMany<unknown>(unique));
      const found = new Map<string, T>();
      for (const [index, key] of unique.entries()) {
        const value = values[index];
        const record = value === undefined ? undefined : await settle(key, decode(kind, value));
        if (record !== undefined) found.set(key, record);
      }
      return found;
    },
  };
}

function createWriting<T>(
  kind: Kind<T>,
  { keyv, failure }: RecordsDependencies,
): Omit<Records<T>, 'get' | 'getMany'> {
  return {
    async set(key, record) {
      const value = envelop(kind, key, record);
      const isKept = await attempt(failure, 'write', nameOf(kind, key), () => keyv.set(key, value));
      if (!isKept) throw refused(nameOf(kind, key));
    },
    async setMany(entries) {
      const values = [...entries].map(([key, record]) => ({ key, value: envelop(kind, key, record) }));
      const kept = await attempt(failure, 'write', kind.namespace, () => keyv.setMany(values));
      if (!kept.every(Boolean)) throw refused(kind.namespace);
    },
    async delete(key) {
      return await attempt(failure, 'delete', nameOf(kind, key), () => keyv.delete(key));
    },
  };
}

/** Moves a damaged record away and says so; false when it was no longer damaged. */
async function setAside<T>(
  kind: Kind<T>,
  key: string,
  reason: string,
  { setAside, clock, log }: RecordsDependencies,
): Promise<boolean> {
  const isMoved = await setAside({
    namespace: kind.namespace,
    key,
    reason,
    setAsideAt: clock.now(),
    isDamaged: (text) => 'damage' in decodeText(kind, text),
  });
  if (isMoved) log.warn('A damaged record was set aside', { key: nameOf(kind, key), reason });
  return isMoved;
}

async function attempt<T>(
  failure: RecordsDependencies['failure'],
  operation: string,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw failure(operation, key, cause);
  }
}

/**
 * The record of a text as a transaction found it; undefined when there is none, or a damaged one. Errors: `StoreError`
 * for one of a newer version.
 */
export function recordIn<T>(kind: Kind<T>, key: string, text: string | undefined): T | undefined {
  const decoded = text === undefined ? undefined : decodeText(kind, text);
  if (decoded && 'newerVersion' in decoded) throw newer(kind, key, decoded.newerVersion);
  return decoded && 'record' in decoded ? decoded.record : undefined;
}

function newer(kind: Kind<unknown>, key: string, version: number): StoreError {
  const message = `a newer version of Paperwire wrote it (format ${version}, this one knows ${kind.version}). Upgrade this program.`;
  return new StoreError('read', { key: nameOf(kind, key), message });
}

/** Keyv says false, and throws nothing, for an empty key. */
function refused(key: string): StoreError {
  return new StoreError('write', { key, message: 'the record was not taken; a key may not be empty.' });
}
