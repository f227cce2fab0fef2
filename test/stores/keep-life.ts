/**
 * Keeps the store of a small life as the program of today writes it, for the programs to come: run it before a schema
 * or a format gets its next step. Usage: node test/stores/keep-life.ts sqlite|postgres|redis [URL of a server] writes
 * two files into test/fixtures/stores.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { withRedis } from '../servers/redis.ts';
import { FRIDAY, live, toldBy } from './life.ts';

const FOLDER = new URL('../fixtures/stores/', import.meta.url);

interface Kept {
  version: number;
  ending: 'sql' | 'jsonl';
  text: string;
}

async function liveAt(url: string): Promise<unknown> {
  const clock = createFakeClock(FRIDAY);
  const store = await openStore(url, { clock, log: silentLog });
  await live(store, clock);
  const told = await toldBy(store);
  await store.close();
  return told;
}

function write(engine: string, { version, ending, text }: Kept, told: unknown): void {
  const name = `${engine}-${version}`;
  writeFileSync(new URL(`${name}.${ending}`, FOLDER), text);
  writeFileSync(new URL(`${name}.json`, FOLDER), `${JSON.stringify(told, null, 2)}\n`);
}

/** Tables, rows and indices as statements, with what SQLite keeps beside them. */
function sqliteText(file: string): Kept {
  const database = new DatabaseSync(file);
  const rows = (sql: string) => database.prepare(sql).all();
  const number = (name: string) => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const parts = rows('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid');
  const own = parts.filter(({ name }) => !String(name).startsWith('sqlite_'));
  const made = own.filter(({ type }) => type === 'table').map(({ name }) => String(name));
  // Before the rows, which count on from there.
  const tables = ['sqlite_sequence', ...made];
  const inserts = tables.flatMap((table) => {
    const columns = rows(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
    const values = columns.map((name) => `quote(${name})`).join(" || ', ' || ");
    const all = rows(`SELECT ${values} AS row FROM ${table}`);
    return all.map(({ row }) => `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${row})`);
  });
  const version = number('user_version');
  const marks = [`PRAGMA user_version = ${version}`, `PRAGMA application_id = ${number('application_id')}`];
  database.close();
  const text = [...marks, ...own.map(({ sql }) => String(sql)), ...inserts]
    .map((one) => `${one};\n`)
    .join('');
  return { version, ending: 'sql', text };
}

/** As the server's own tool has it, without what sets up a session. */
function postgresText(url: string, schema: string): Kept {
  const dump = execFileSync(
    'pg_dump',
    ['--inserts', '--no-owner', '--no-privileges', `--schema=${schema}`, url],
    {
      encoding: 'utf8',
    },
  );
  const lines = dump
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog\.set_config|\\|$)/.test(line));
  const version = Number(/schema_version VALUES \(1, (\d+)\)/.exec(dump)?.[1]);
  return { version, ending: 'sql', text: `${lines.join('\n').replaceAll(schema, 'paperwire')}\n` };
}

/** A command a line; bytes that are no text in base64. */
async function redisText(url: string, prefix: string): Promise<Kept> {
  return await withRedis(url, async (client) => {
    const keys = (await client.keys(`${prefix}:*`)).sort();
    const commands: (string | Buffer)[][] = [];
    for (const key of keys) {
      const type = await client.type(key);
      if (type === 'string') commands.push(['set', key, (await client.getBuffer(key)) ?? '']);
      else if (type === 'hash')
        commands.push(['hset', key, ...Object.entries(await client.hgetall(key)).flat()]);
      else if (type === 'set') commands.push(['sadd', key, ...(await client.smembers(key)).sort()]);
      else if (type === 'zset')
        commands.push(['zadd', key, ...pairs(await client.zrange(key, '0', '-1', 'WITHSCORES'))]);
      else throw new Error(`There is no way to keep a ${type} yet: ${key}.`);
    }
    const lines = commands.map(([name, key, ...rest]) =>
      JSON.stringify([name, String(key).replace(prefix, 'paperwire'), ...rest.map(written)]),
    );
    return {
      version: Number(await client.get(`${prefix}:format`)),
      ending: 'jsonl',
      text: `${lines.join('\n')}\n`,
    };
  });
}

/** Scores before their members, as they are given. */
function pairs(list: readonly string[]): string[] {
  return list.flatMap((member, index) => (index % 2 === 0 ? [String(list[index + 1]), member] : []));
}

function written(value: string | Buffer): string | { base64: string } {
  const text = value.toString();
  return typeof value === 'string' || Buffer.from(text).equals(value)
    ? text
    : { base64: value.toString('base64') };
}

async function keep(engine: string | undefined, url: string | undefined): Promise<void> {
  const own = `kept_${process.pid}`;
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
    const told = await liveAt(`sqlite:${join(folder, 'store.db')}`);
    write(engine, sqliteText(join(folder, 'store.db')), told);
    rmSync(folder, { recursive: true });
  } else if (engine === 'postgres' && url !== undefined) {
    const told = await liveAt(`${url}?schema=${own}`);
    write(engine, postgresText(url, own), told);
  } else if (engine === 'redis' && url !== undefined) {
    const told = await liveAt(`${url}?prefix=${own}`);
    write(engine, await redisText(url, own), told);
  } else throw new Error('Say sqlite, or postgres or redis and the URL of a server for tests.');
}

await keep(process.argv[2], process.argv[3]);
