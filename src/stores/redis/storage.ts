import { type KeyvStorageCapability, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import type { Clock } from '../../clock.ts';
import { PAGE, type Storage, textOf } from '../storage.ts';
import type { Changes, Connection, Work } from './connection.ts';
import { createKeys, type Keys } from './keys.ts';
import type { Reads } from './reads.ts';

/**
 * Keyv's storage on records that are a text each: one instance for each namespace, all on one connection, as Keyv
 * instances on a shared adapter would share its namespace too.
 *
 * Beside Keyv's promises it has the same work for units of work.
 */
export class RedisStorage implements Storage {
  namespace: string | undefined;
  readonly #connection: Connection;
  readonly #keys: Keys;
  readonly #clock: Clock;

  constructor(connection: Connection, namespace: string, clock: Clock) {
    this.namespace = namespace;
    this.#connection = connection;
    this.#keys = createKeys(connection.prefix);
    this.#clock = clock;
  }

  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this);
  }

  /** The texts under keys, in their order; undefined for those that are not there or have expired. */
  async readMany(from: Reads, keys: readonly string[]): Promise<(Buffer | undefined)[]> {
    const [texts, expiries] = await Promise.all([
      from.getManyBytes(keys.map((key) => this.#keys.record(this.#place, key))),
      from.zmscore(this.#keys.expiring(this.#place), keys),
    ]);
    const nowMs = this.#nowMs;
    return texts.map((text, index) =>
      (expiries[index] ?? Number.POSITIVE_INFINITY) > nowMs ? text : undefined,
    );
  }

  async read(from: Reads, key: string): Promise<string | undefined> {
    return (await this.readMany(from, [key]))[0]?.toString();
  }

  /** `expires`: absolute, in milliseconds since 1970; without it the text stays for ever. */
  write(tx: Changes, key: string, text: string, expires?: number): void {
    tx.set(this.#keys.record(this.#place, key), text);
    tx.zadd(this.#keys.records(this.#place), 0, key);
    tx.zadd(this.#keys.namespaces, 0, this.#place);
    if (expires === undefined) tx.zrem(this.#keys.expiring(this.#place), key);
    else tx.zadd(this.#keys.expiring(this.#place), expires, key);
  }

  remove(tx: Changes, ...keys: string[]): void {
    tx.del(...keys.map((key) => this.#keys.record(this.#place, key)));
    tx.zrem(this.#keys.records(this.#place), ...keys);
    tx.zrem(this.#keys.expiring(this.#place), ...keys);
  }

  async get(key: string): Promise<string | undefined> {
    return await this.read(this.#connection, key);
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    return (await this.readMany(this.#connection, keys)).map((text) => text?.toString());
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.setMany([{ key, value, ...(expires === undefined ? {} : { expires }) }]);
    return true;
  }

  async setMany(entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> {
    const isSweeping = entries.some(({ expires }) => expires !== undefined);
    await this.#connection.transaction(async (tx) => {
      if (isSweeping) await this.#sweep(tx);
      for (const { key, value, expires } of entries) this.write(tx, key, textOf(value), expires);
    });
    return entries.map(() => true);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.deleteMany([key]))[0] === true;
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    return await this.#connection.transaction(async (tx) => {
      const texts = await this.readMany(tx, keys);
      this.remove(tx, ...keys);
      return texts.map((text) => text !== undefined);
    });
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((text) => text !== undefined);
  }

  async clear(): Promise<void> {
    for (;;) {
      const keys = await this.#page('-');
      if (keys.length === 0) return;
      await this.#connection.transaction(async (tx) => this.remove(tx, ...keys));
    }
  }

  /** In the order of the keys' bytes; what is written meanwhile behind the place it has reached comes too. */
  async *iterator<Value>(): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    let from = '-';
    for (;;) {
      const keys = await this.#page(from);
      const texts = await this.getMany(keys);
      for (const [index, key] of keys.entries()) {
        from = `(${key}`;
        if (texts[index] !== undefined) yield [key, texts[index]];
      }
      if (keys.length < PAGE) return;
    }
  }

  #page(from: string): Promise<string[]> {
    return this.#connection.zrange(this.#keys.records(this.#place), { by: 'lex', from, limit: PAGE });
  }

  /** Takes away some of what has expired, at most `PAGE` of it. */
  async #sweep(tx: Work): Promise<void> {
    const range = { by: 'score', to: this.#nowMs, limit: PAGE } as const;
    this.remove(tx, ...(await tx.zrange(this.#keys.expiring(this.#place), range)));
  }

  get #place(): string {
    return this.namespace ?? '';
  }

  get #nowMs(): number {
    return Date.parse(this.#clock.now());
  }
}
