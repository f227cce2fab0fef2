import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { openConnection } from '../../src/stores/postgres/open.ts';
import { MIGRATIONS, migrate as migratePostgres } from '../../src/stores/postgres/schema.ts';
import { migrate as migrateRedis } from '../../src/stores/redis/format.ts';
import { connectRedis } from '../../src/stores/redis/open.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { migrate as migrateSqlite } from '../../src/stores/sqlite/schema.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { describeWith } from '../servers/index.ts';
import { MONDAY, toldBy } from './life.ts';
import { type KeptLife, keptOf, putBackPostgres, putBackRedis, putBackSqlite, toldThen } from './lives.ts';

const places: KeptLife[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await place.remove();
});

async function putThere(putBack: typeof putBackSqlite, name?: string): Promise<KeptLife> {
  const place = await putBack(name);
  places.push(place);
  return place;
}

/** What today's program reads in a store. */
async function toldAt(url: string): Promise<unknown> {
  const store = await openStore(url, { clock: createFakeClock(MONDAY), log: silentLog });
  try {
    return await toldBy(store);
  } finally {
    await store.close();
  }
}

/** The statements of a step; none of ours has a semicolon or two hyphens in a text. */
function statementsOf(step: string): string[] {
  const parts = step.replace(/--.*$/gm, '').split(';');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Does statement by statement what it is told, and tells before each. */
class Watched extends DatabaseSync {
  before: (statement: string) => void = () => {};

  override exec(sql: string): void {
    for (const statement of statementsOf(sql)) {
      this.before(statement);
      super.exec(statement);
    }
  }
}

/** The files of a database as a kill would leave them before each statement of its migration, and after the last. */
function killedAt(file: string): { files: string[]; statements: string[] } {
  const files: string[] = [];
  const statements: string[] = [];
  const copy = () => {
    const folder = join(dirname(file), `killed-${files.length}`);
    mkdirSync(folder);
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(file + end)) copyFileSync(file + end, join(folder, `store.db${end}`));
    files.push(join(folder, 'store.db'));
  };
  const database = new Watched(file);
  // What is not committed yet goes to the disk as well, as in a store that is larger than the memory for it.
  database.exec('PRAGMA cache_size = 1');
  database.before = (statement) => {
    statements.push(statement);
    copy();
  };
  migrateSqlite(database);
  copy();
  database.close();
  return { files, statements };
}

describe.each(keptOf('sqlite').slice(0, -1))(
  'a process that is killed while it brings a store of %s up',
  (name) => {
    it('leaves one that opens with all that was in it, at whichever statement', async () => {
      const { url } = await putThere(putBackSqlite, name);
      const file = url.replace('sqlite:', '');
      const { files, statements } = killedAt(file);
      expect(statements.length).toBeGreaterThan(15);
      expect(statements.at(0)).toBe('BEGIN IMMEDIATE');
      expect(statements.at(-1)).toBe('COMMIT');
      expect(readdirSync(dirname(files.at(-2) ?? ''))).toContain('store.db-wal');
      const then = toldThen(name);
      for (const [index, one] of files.entries())
        expect(await toldAt(`sqlite:${one}`), `before ${statements[index]}`).toMatchObject(then);
    });
  },
);

describeWith('postgres', 'a connection that breaks while a schema of Postgres is brought up', () => {
  const DEATH = 'SELECT pg_terminate_backend(pg_backend_pid())';

  /** Ends the connection after so many statements of the last step. */
  async function breakAfter(count: number, url: string, steps: readonly string[]): Promise<void> {
    const schema = new URL(url).searchParams.get('schema') ?? '';
    const last = [...statementsOf(steps.at(-1) ?? '').slice(0, count), DEATH].join(';\n');
    const connection = await openConnection(url);
    try {
      const work = migratePostgres(connection, schema, [...steps.slice(0, -1), last]);
      await expect(work).rejects.toThrow(/shut down|did not answer|terminat/i);
    } finally {
      await connection.close();
    }
  }

  it('leaves one that opens with all that was in it, at whichever statement', async () => {
    const [name = ''] = keptOf('postgres');
    const { url } = await putThere(putBackPostgres, name);
    const next = `ALTER TABLE feeds ADD COLUMN mood text; UPDATE feeds SET mood = 'good';
      DELETE FROM records; DROP TABLE considered; CREATE TABLE moods (mood text);`;
    for (let count = 0; count <= statementsOf(next).length; count += 1) {
      await breakAfter(count, url, [...MIGRATIONS, next]);
      expect(await toldAt(url), `after ${count} statements`).toMatchObject(toldThen(name));
    }
  });
});

describeWith('redis', 'a process that dies while a format of Redis is brought up', () => {
  it('leaves one that opens with all that was in it, and the next one does the step again', async () => {
    const [name = ''] = keptOf('redis');
    const { url } = await putThere(putBackRedis, name);
    const connection = await connectRedis(addressOf(url), silentLog);
    const done: string[] = [];
    const step = (deathAfter: number) => async () => {
      for (const [index, part] of ['one', 'two', 'three'].entries()) {
        if (index === deathAfter) throw new Error('dead');
        await connection.transaction(async (tx) => tx.set(`${connection.prefix}:mood:${part}`, 'good'));
        done.push(part);
      }
    };
    for (const deathAfter of [0, 1, 2]) {
      await expect(migrateRedis(connection, [step(deathAfter)])).rejects.toThrow('dead');
      expect(await toldAt(url)).toMatchObject(toldThen(name));
    }
    await migrateRedis(connection, [step(3)]);
    await connection.close();
    expect(done).toEqual(['one', 'one', 'two', 'one', 'two', 'three']);
    await expect(toldAt(url)).rejects.toThrow(/format 2, this one knows 1/);
  });
});
