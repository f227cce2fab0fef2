import { type KeyvStorageCapability, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import type { Clock } from '../../clock.ts';
import { PAGE, type Storage, textOf } from '../storage.ts';
import type { Sql } from './connection.ts';

/** An expired row may lie until the next sweep and must not be seen. */
const IS_ALIVE = (now: string) => `(expires IS NULL OR expires > ${now})`;

const GET = `SELECT value FROM records WHERE namespace = $1 AND key = $2 AND ${IS_ALIVE('$3')}`;
const GET_MANY = `SELECT place, value FROM unnest($2::text[]) WITH ORDINALITY AS given (key, place)
  JOIN records USING (key) WHERE namespace = $1 AND ${IS_ALIVE('$3')}`;
const SET = `INSERT INTO records (namespace, key, value, expires)
  SELECT $1, key, convert_to(value, 'UTF8'), expires
  FROM unnest($2::text[], $3::text[], $4::bigint[]) AS given (key, value, expires) ORDER BY key
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
const DELETE = `WITH given AS (SELECT key FROM records WHERE namespace = $1 AND key = ANY ($2::text[])
    ORDER BY key FOR UPDATE)
  DELETE FROM records USING given WHERE namespace = $1 AND records.key = given.key
  RETURNING records.key, ${IS_ALIVE('$3')} AS was_alive`;
const CLEAR = 'DELETE FROM records WHERE namespace = $1';
const READ_PAGE = `SELECT key, value FROM records WHERE namespace = $1 AND key > $2 AND ${IS_ALIVE('$3')}
  ORDER BY key LIMIT ${PAGE}`;

/**
 * Keyv's storage on the table `records`: one instance for each namespace, all on one pool, as Keyv instances on a shared
 * adapter would share its namespace too. Rows of many keys are written in the order of the keys, so that no two writers
 * wait for each other in a circle.
 */
export class PostgresStorage implements Storage {
  namespace: string | undefined;
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(sql: Sql, namespace: string, clock: Clock) {
    this.namespace = namespace;
    this.#sql = sql;
    this.#clock = clock;
  }

  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this);
  }

  async get(key: string): Promise<string | undefined> {
    const row = await this.#sql.get(GET, [this.#place, key, this.#nowMs]);
    return row && String(row.value);
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    if (keys.length === 0) return [];
    const found: (string | undefined)[] = keys.map(() => undefined);
    for (const { place, value } of await this.#sql.all(GET_MANY, [this.#place, keys, this.#nowMs]))
      found[Number(place) - 1] = String(value);
    return found;
  }

  /** `expires`: absolute, in milliseconds since 1970; without it the text stays for ever. */
  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.#write([{ key, value, expires }]);
    return true;
  }

  async setMany(entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> {
    await this.#write(entries);
    return entries.map(() => true);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#remove([key])).has(key);
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    const removed = await this.#remove(keys);
    // Of a key that comes twice the second finds nothing.
    return keys.map((key) => removed.delete(key));
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((text) => text !== undefined);
  }

  async clear(): Promise<void> {
    await this.#sql.run(CLEAR, [this.#place]);
  }

  /** In the order of the keys; what is written meanwhile behind the place it has reached comes too. */
  async *iterator<Value>(): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    let after = '';
    for (let isMore = true; isMore; ) {
      const rows = await this.#sql.all(READ_PAGE, [this.#place, after, this.#nowMs]);
      for (const row of rows) {
        after = String(row.key);
        yield [after, String(row.value)];
      }
      isMore = rows.length === PAGE;
    }
  }

  async #write(entries: readonly { key: string; value: unknown; expires?: number | undefined }[]) {
    // Of a key that comes twice the last text counts, as a statement changes each row once.
    const each = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    await this.#sql.run(SET, [
      this.#place,
      each.map(({ key }) => key),
      each.map(({ value }) => textOf(value)),
      each.map(({ expires }) => expires ?? null),
    ]);
  }

  /** The keys under which something was that had not expired. */
  async #remove(keys: readonly string[]): Promise<Set<string>> {
    const rows = await this.#sql.all(DELETE, [this.#place, keys, this.#nowMs]);
    return new Set(rows.filter(({ was_alive }) => was_alive).map(({ key }) => String(key)));
  }

  get #place(): string {
    return this.namespace ?? '';
  }

  get #nowMs(): number {
    return Date.parse(this.#clock.now());
  }
}
