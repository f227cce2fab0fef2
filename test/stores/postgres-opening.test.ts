import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, StoreError } from '../../src/errors.ts';
import { openStore } from '../../src/stores/index.ts';
import { openConnection, problemOf } from '../../src/stores/postgres/open.ts';
import { MIGRATIONS, migrate } from '../../src/stores/postgres/schema.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { describeWith, describeWithOwn } from '../servers/index.ts';
import { startPostgres, withPostgres } from '../servers/postgres.ts';
import type { TestServer } from '../servers/server.ts';
import { dependencies, inPlace } from './postgres-kit.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const open = async (url: string) => (await openStore(url, dependencies)).close();

/** Expects a `ConfigError` for STORE_URL alone; out: what it says. */
async function expectConfigError(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  const { problems } = error as ConfigError;
  expect(problems.map(({ variable }) => variable)).toEqual(['STORE_URL']);
  return String(problems[0]?.problem);
}

describe('a STORE_URL of Postgres', () => {
  it.each([
    [
      'postgres://bot:hunter2@host/db?schema=Not%20One',
      /"Not One" is no name for a schema.*schema=paperwire/,
    ],
    ['postgres://bot:hunter2@host/db?schema=pg_catalog', /is no name for a schema/],
    ['postgres://bot:hunter2@ho st:99999999/db', /no URL of a database.*%40/],
    ['postgres://bot:hunter2@host/db?sslrootcert=/nowhere', /no URL of a database/],
  ])('%s is refused with a sentence that quotes no password', async (url, sentence) => {
    const problem = await expectConfigError(open(url));
    expect(problem).toMatch(sentence);
    expect(problem).not.toContain('hunter2');
  });

  it('of a server that is too old, of another encoding, or that only reads, says so', () => {
    expect(problemOf(13, 'UTF8', false)).toBeUndefined();
    expect(problemOf(12, 'UTF8', false)).toMatch(/Postgres 12; Paperwire needs 13 or newer/);
    expect(problemOf(17, 'LATIN1', false)).toMatch(/LATIN1.*ENCODING 'UTF8'/);
    expect(problemOf(17, 'UTF8', true)).toMatch(/only reads.*primary/);
  });

  it('asks for the driver where it is not installed, and loads none for another store', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
    try {
      cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
      cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
      mkdirSync(join(folder, 'node_modules'));
      for (const name of readdirSync(join(ROOT, 'node_modules')).filter((one) => one !== 'pg'))
        symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
      const said = await outputOf(folder, ['memory:', 'postgres://bot:hunter2@127.0.0.1:1/db']);
      expect(said).toEqual([
        'opened',
        'STORE_URL: such a store needs the package "pg", which is not installed. Install it: npm install --no-save --save-prod --omit=dev pg@8.23.1',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** What a process says that opens stores by the sources in a folder. */
async function outputOf(folder: string, urls: readonly string[]): Promise<string[]> {
  const script = `
    import { openStore } from './src/stores/index.ts';
    import { systemClock as clock } from './src/clock.ts';
    import { silentLog as log } from './src/log.ts';
    for (const url of process.argv.slice(1))
      await openStore(url, { clock, log }).then(
        async (store) => { console.log('opened'); await store.close(); },
        (error) => console.log(error.message),
      );`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script, '--', ...urls], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  return lines;
}

describeWith('postgres', 'a database of Postgres', () => {
  it('may be opened new by several processes at the same moment', () =>
    inPlace(async ({ url, query, schema }) => {
      await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      const owners = ['one', 'two', 'three', 'four'];
      const children = await Promise.all(owners.map((owner) => startChild(url, owner)));
      for (const { process } of children) process.stdin?.end('open\nkey\n');
      const answers = await Promise.all(children.map(({ lines }) => lines.next()));
      expect(answers.map(({ value }) => value).sort()).toEqual(['false', 'false', 'false', 'true']);
      await Promise.all(children.map(({ lines }) => lines.next()));
    }));

  it('that a newer version made is refused and not touched', () =>
    inPlace(async ({ url, query, stores }) => {
      const [store] = await stores(1);
      await query('UPDATE schema_version SET version = 99');
      const { message } = await expectStoreError(open(url));
      expect(message).toMatch(/newer version of Paperwire.*schema 99.*Upgrade this program/);
      expect(await query('SELECT version FROM schema_version')).toEqual([{ version: 99 }]);
      // The one that runs goes on.
      expect(await store.ledger.feedIds()).toEqual([]);
      await query('UPDATE schema_version SET version = $1', [MIGRATIONS.length]);
    }));

  it('that belongs to another program is refused and not touched', () =>
    inPlace(async ({ url, query, schema }) => {
      await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`);
      await query('CREATE TABLE theirs (one integer)');
      const { message } = await expectStoreError(open(url));
      expect(message).toMatch(/belongs to another program.*\?schema=/);
      const tables = await query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [schema]);
      expect(tables).toEqual([{ tablename: 'theirs' }]);
      await query('DROP TABLE theirs');
    }));

  it('of an older form is brought up to date, step by step, all or nothing', () =>
    inPlace(async ({ url, schema, stores, query }) => {
      const [store] = await stores(1);
      await store.ledger.claim('key', 'one', 60_000);
      const connection = await openConnection(url);
      const steps = [
        ...MIGRATIONS,
        'ALTER TABLE claims ADD COLUMN mood text',
        'CREATE TABLE moods (mood text)',
      ];
      await expect(migrate(connection, schema, [...steps, 'SELECT nothing'])).rejects.toThrow('nothing');
      const version = () => query('SELECT version FROM schema_version');
      expect(await version()).toEqual([{ version: MIGRATIONS.length }]);
      await Promise.all([migrate(connection, schema, steps), migrate(connection, schema, steps)]);
      expect(await version()).toEqual([{ version: MIGRATIONS.length + 2 }]);
      expect(await query('SELECT owner, mood FROM claims')).toEqual([{ owner: 'one', mood: null }]);
      expect(await store.ledger.claim('key', 'other', 60_000)).toBe(false);
      await query('DROP TABLE moods; ALTER TABLE claims DROP COLUMN mood');
      await query('UPDATE schema_version SET version = $1', [MIGRATIONS.length]);
      await connection.close();
    }));
});

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts a process that stands at the door: it opens the store once it is told to go. */
async function startChild(url: string, owner: string) {
  const child = fileURLToPath(new URL('child.ts', import.meta.url));
  const running = spawn(process.execPath, [child, url, 'claim', owner], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(running);
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return { process: running, lines };
}

describeWithOwn('postgres', 'a server of Postgres', () => {
  let server: TestServer;
  /** Does anything on the server as its administrator. */
  const asAdministrator = (...texts: string[]) =>
    withPostgres(server.url, async (client) => {
      for (const text of texts) await client.query(text);
    });
  const urlOf = (user: string, password: string, database = 'postgres') => {
    const url = new URL(server.url);
    return Object.assign(url, { username: user, password, pathname: `/${database}` }).href;
  };

  beforeAll(async () => {
    server = await startPostgres();
    await withPostgres(server.url, async (client) => {
      const { rows } = await client.query("SELECT current_setting('hba_file') AS file");
      const rules = 'host all postgres all trust,host all all all scram-sha-256';
      await client.query(`COPY (SELECT unnest(string_to_array('${rules}', ','))) TO '${rows[0].file}'`);
    });
    await asAdministrator('SELECT pg_reload_conf()', "CREATE ROLE bot LOGIN PASSWORD 'right one'");
  });
  afterAll(() => server.remove());

  it('that does not let us in, or has no such database, says what is wrong and no password', async () => {
    for (const url of [urlOf('bot', 'wrong one'), urlOf('nobody', 'wrong one')]) {
      const problem = await expectConfigError(open(url));
      expect(problem).toMatch(/does not let us in.*user and the password/);
      expect(problem).not.toContain('wrong');
    }
    const problem = await expectConfigError(open(urlOf('bot', 'right one', 'nowhere')));
    expect(problem).toMatch(/no such database.*CREATE DATABASE/);
  });

  it('where we may make no schema says so, and lets us work in one that was made for us', async () => {
    const error = await expectStoreError(open(urlOf('bot', 'right one')));
    expect(error.message).toMatch(/CREATE SCHEMA IF NOT EXISTS paperwire AUTHORIZATION/);
    expect(error.message).not.toContain('right one');
    await asAdministrator('CREATE SCHEMA paperwire AUTHORIZATION bot');
    await open(urlOf('bot', 'right one'));
    await open(urlOf('bot', 'right one'));
    await asAdministrator("CREATE ROLE other LOGIN PASSWORD 'right one'");
    const { message } = await expectStoreError(open(urlOf('other', 'right one')));
    expect(message).toMatch(/may not use, or not make, the schema paperwire/);
  });

  it('whose database is of another encoding says how to make one', async () => {
    await asAdministrator("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    const { message } = await expectStoreError(open(urlOf('postgres', '', 'latin')));
    expect(message).toMatch(/encoding LATIN1.*CREATE DATABASE/);
  });

  it('that is down is a StoreError, and so is one that never was', async () => {
    const { url } = server;
    await server.stop();
    for (const one of [
      url,
      'postgres://bot:hunter2@127.0.0.1:1/db',
      'postgres://bot:hunter2@no.invalid/db',
    ]) {
      const error = await expectStoreError(open(one));
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ operation: 'opening' });
      expect(error.message).toMatch(/no server answers|no host of the name|could not be looked up/);
      expect(error.message).not.toContain('hunter2');
    }
    await server.restart();
    await open(url);
  });
});
