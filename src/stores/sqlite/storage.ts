import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type KeyvStorageCapability, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import type { Clock } from '../../clock.ts';
import { AT_MOST, transaction } from '../../sqlite.ts';
import { PAGE, type Storage, textOf } from '../storage.ts';

/**
 * Keyv's storage on the table `records`: one instance for each namespace, all on one connection, as Keyv instances on
 * a shared adapter would share its namespace too.
 *
 * Beside Keyv's promises it has the same work without them, for transactions.
 */
export class SqliteStorage implements Storage {
  namespace: string | undefined;
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #statements: Record<'read' | 'write' | 'remove' | 'clear' | 'page', StatementSync>;

  constructor(database: DatabaseSync, namespace: string, clock: Clock) {
    this.namespace = namespace;
    this.#database = database;
    this.#clock = clock;
    this.#statements = prepare(database);
  }

  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this);
  }

  /** The text under a key, unless it has expired. */
  read(key: string): string | undefined {
    const row = this.#statements.read.get(this.#place, key, this.#nowMs);
    return row === undefined ? undefined : String(row.value);
  }

  /** `expires`: absolute, in milliseconds since 1970; without it the text stays for ever. */
  write(key: string, text: string, expires?: number): void {
    this.#statements.write.run(this.#place, key, text, expires ?? null);
  }

  /** True when there was one that had not expired. */
  remove(key: string): boolean {
    const row = this.#statements.remove.get(this.#place, key);
    return row !== undefined && (row.expires === null || Number(row.expires) > this.#nowMs);
  }

  async get(key: string): Promise<string | undefined> {
    return this.read(key);
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    return keys.map((key) => this.read(key));
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    this.write(key, textOf(value), expires);
    return true;
  }

  async setMany(entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> {
    return transaction(this.#database, () =>
      entries.map(({ key, value, expires }) => {
        this.write(key, textOf(value), expires);
        return true;
      }),
    );
  }

  async delete(key: string): Promise<boolean> {
    return this.remove(key);
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    return transaction(this.#database, () => keys.map((key) => this.remove(key)));
  }

  async has(key: string): Promise<boolean> {
    return this.read(key) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return keys.map((key) => this.read(key) !== undefined);
  }

  async clear(): Promise<void> {
    this.#statements.clear.run(this.#place);
  }

  /** In the order of the keys; what is written meanwhile behind the place it has reached comes too. */
  async *iterator<Value>(): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    let after = '';
    for (;;) {
      const rows = this.#statements.page.all(this.#place, after, this.#nowMs, PAGE);
      for (const row of rows) {
        after = String(row.key);
        yield [after, String(row.value)];
      }
      if (rows.length < PAGE) return;
    }
  }

  get #place(): string {
    return this.namespace ?? '';
  }

  get #nowMs(): number {
    return Date.parse(this.#clock.now());
  }
}

function prepare(database: DatabaseSync) {
  // An expired row may lie until the next sweep and must not be seen.
  const isAlive = '(expires IS NULL OR expires > ?)';
  return {
    read: database.prepare(`SELECT value FROM records WHERE namespace = ? AND key = ? AND ${isAlive}`),
    write: database.prepare(
      `INSERT INTO records (namespace, key, value, expires) VALUES (?, ?, ?, ?)
       ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
    ),
    remove: database.prepare('DELETE FROM records WHERE namespace = ? AND key = ? RETURNING expires'),
    clear: database.prepare('DELETE FROM records WHERE namespace = ?'),
    page: database.prepare(
      `SELECT key, value FROM records WHERE namespace = ? AND key > ? AND ${isAlive} ORDER BY key ${AT_MOST}`,
    ),
  };
}
