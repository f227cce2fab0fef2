import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Redis } from 'ioredis';
import type pg from 'pg';
import { serverUrl } from '../servers/index.ts';
import { withPostgres } from '../servers/postgres.ts';
import { withRedis } from '../servers/redis.ts';

const FOLDER = new URL('../fixtures/stores/', import.meta.url);

/** A store that the program of an earlier schema left, put back where a store of today may open it. */
export interface KeptLife {
  /** Its STORE_URL. */
  url: string;
  /** All that lies there, as it lies there, to be compared. */
  content(): Promise<unknown>;
  /** What holds the data, without the data: the same however a store came to the schema of today. */
  form(): Promise<unknown>;
  /** From now on it is of a schema that nobody knows yet. */
  makeNewer(): Promise<void>;
  remove(): Promise<void>;
}

/** Puts back what is kept under a name, for example `sqlite-1`; without one an empty place. */
export type PutBack = (name?: string) => Promise<KeptLife>;

const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

/** The versions that are kept of an engine. */
export function keptOf(engine: 'sqlite' | 'postgres' | 'redis'): string[] {
  const names = readdirSync(FOLDER).filter((file) => file.startsWith(`${engine}-`) && file.endsWith('.json'));
  return names.map((file) => file.replace('.json', '')).sort();
}

/** What the program that wrote a store read in it. */
export function toldThen(name: string): Record<string, unknown> {
  return JSON.parse(textOf(`${name}.json`));
}

export const putBackSqlite: PutBack = async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  const file = join(folder, 'store.db');
  const raw = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file);
    const result = work(database);
    database.close();
    return result;
  };
  if (name !== undefined)
    raw((database) => database.exec(`PRAGMA journal_mode = WAL; ${textOf(`${name}.sql`)}`));
  return {
    url: `sqlite:${file}`,
    content: async () => readdirSync(folder).map((one) => [one, readFileSync(join(folder, one))]),
    form: async () =>
      raw((database) => {
        const parts = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
        const version = database.prepare('PRAGMA user_version').get();
        return [version, ...parts.map((part) => [part.name, String(part.sql).replace(/\s+/g, ' ')])];
      }),
    makeNewer: async () => raw((database) => database.exec('PRAGMA user_version = 99')),
    remove: async () => rmSync(folder, { recursive: true }),
  };
};

export const putBackPostgres: PutBack = async (name) => {
  const schema = `paperwire_kept_${randomBytes(8).toString('hex')}`;
  const server = given('postgres');
  const ask = async (text: string) =>
    await withPostgres(
      server,
      async (client: pg.Client) => (await client.query<Record<string, string>>(text)).rows,
    );
  if (name !== undefined) await ask(textOf(`${name}.sql`).replaceAll(/\bpaperwire\b(?=[.;])/g, schema));
  const tables = () => ask(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`);
  return {
    url: `${server}?schema=${schema}`,
    async content() {
      const found: unknown[] = [];
      for (const { tablename } of await tables())
        found.push(tablename, await ask(`SELECT one::text FROM ${schema}.${tablename} AS one ORDER BY 1`));
      return found;
    },
    form: async () => [
      await ask(`SELECT table_name, column_name, data_type, collation_name, is_nullable, is_identity
        FROM information_schema.columns WHERE table_schema = '${schema}' ORDER BY 1, 2`),
      await ask(`SELECT replace(indexdef, '${schema}', '') AS sql FROM pg_indexes
        WHERE schemaname = '${schema}' ORDER BY 1`),
    ],
    makeNewer: async () => void (await ask(`UPDATE ${schema}.schema_version SET version = 99`)),
    remove: async () => void (await ask(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)),
  };
};

export const putBackRedis: PutBack = async (name) => {
  const prefix = `kept-${randomBytes(8).toString('hex')}`;
  const server = given('redis');
  const ask = async <T>(work: (client: Redis) => Promise<T>) => await withRedis(server, work);
  const keys = async (client: Redis) => (await client.keys(`${prefix}:*`)).sort();
  if (name !== undefined) {
    const lines = textOf(`${name}.jsonl`).trimEnd().split('\n');
    await ask(async (client) => {
      for (const line of lines) {
        const [command, key, ...rest] = JSON.parse(line);
        await client.call(command, [key.replace('paperwire', prefix), ...rest.map(read)]);
      }
    });
  }
  return {
    url: `${server}?prefix=${prefix}`,
    content: () =>
      ask(async (client) => {
        const all = (await keys(client)).filter((key) => !key.endsWith(':format'));
        return await Promise.all(all.map(async (key) => [key, await client.dumpBuffer(key)]));
      }),
    form: () => ask((client) => client.get(`${prefix}:format`)),
    makeNewer: () => ask(async (client) => void (await client.set(`${prefix}:format`, '99'))),
    remove: () =>
      ask(async (client) => {
        const all = await keys(client);
        if (all.length > 0) await client.unlink(all);
      }),
  };
};

function read(argument: string | { base64: string }): string | Buffer {
  return typeof argument === 'string' ? argument : Buffer.from(argument.base64, 'base64');
}

function given(server: 'postgres' | 'redis'): string {
  const url = serverUrl(server);
  if (url === undefined) throw new Error(`There is no server for ${server}.`);
  return url;
}
