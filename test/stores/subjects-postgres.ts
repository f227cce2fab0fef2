import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { endWithFile } from '../closing.ts';
import type { StorePlace, StoreSubject } from '../contracts/store-world.ts';
import { serverUrl } from '../servers/index.ts';

/** A place of which more can be written behind the store's back than any store may ask for. */
export interface PostgresPlace extends StorePlace {
  /** What STORE_URL is there. */
  url: string;
  /** The schema in which all tables are. */
  schema: string;
  /** Bytes that may be no text, and that may end; in milliseconds since 1970. */
  writeText(namespace: string, key: string, text: string | Uint8Array, expires?: number): Promise<void>;
  /** Does anything to the tables, which are named without their schema. */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Does something in a transaction that stays open, as another process in the middle of its work has it. */
  hold(...texts: string[]): Promise<Held>;
}

/** A transaction that is open. */
export interface Held {
  /** Resolves once somebody waits for it to end; rejects where nobody does in time. */
  isWaitedFor(timeoutMs: number): Promise<void>;
  /** May be called twice. */
  commit(): Promise<void>;
}

/** The store on the server that all tests share, in a schema of its own. */
export const postgres = {
  name: 'postgres:',
  makePlace: async (): Promise<PostgresPlace> => createPlace(free.pop() ?? newSchema()),
} satisfies StoreSubject;

/** Schemas that were emptied: tables are dear to make. */
const free: string[] = [];
const made: string[] = [];
let connected: Promise<pg.Client> | undefined;

function newSchema(): string {
  const schema = `paperwire_test_${randomBytes(8).toString('hex')}`;
  made.push(schema);
  return schema;
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: urlOfServer() });
  await client.connect();
  await client.query("SET client_min_messages = 'warning'");
  return client;
}

/** The connection of all places; it takes their schemas with it. */
async function connectForAll(): Promise<pg.Client> {
  const client = await connect();
  endWithFile(async () => {
    connected = undefined;
    free.length = 0;
    // One at a time: a transaction may hold so many locks and no more.
    for (const schema of made.splice(0)) await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.end();
  });
  return client;
}

function urlOfServer(): string {
  const url = serverUrl('postgres');
  if (url === undefined) throw new Error('There is no Postgres server.');
  return url;
}

function createPlace(schema: string): PostgresPlace {
  const url = new URL(urlOfServer());
  url.searchParams.set('schema', schema);
  const opened: Store[] = [];
  const held: Held[] = [];
  const query: PostgresPlace['query'] = async (text, values = []) => {
    connected ??= connectForAll();
    const client = await connected;
    // Queued by the driver in this order, whoever else asks.
    const [, result] = await Promise.all([
      client.query(`SET search_path = ${schema}`),
      client.query(text, [...values]),
    ]);
    return result.rows;
  };
  const faults = createFaults(query);
  return {
    url: url.href,
    schema,
    query,
    async hold(...texts) {
      const one = await hold(schema, texts, query);
      held.push(one);
      return one;
    },
    async open(dependencies) {
      const store = await openStore(url.href, dependencies);
      opened.push(store);
      return store;
    },
    ...createTexts(query),
    ...faults.access,
    async remove() {
      for (const one of held) await one.commit();
      for (const store of opened) await store.close();
      if (opened.length === 0 || faults.isBroken()) return;
      await empty(query);
      free.push(schema);
    },
  };
}

type Query = PostgresPlace['query'];

function createTexts(query: Query): Pick<PostgresPlace, 'readText' | 'writeText' | 'spoilPayload'> {
  return {
    async readText(namespace, key) {
      const text = 'SELECT value FROM records WHERE namespace = $1 AND key = $2';
      const [row] = await query(text, [namespace, key]);
      return row && String(row.value);
    },
    async writeText(namespace, key, text, expires) {
      await query(
        `INSERT INTO records (namespace, key, value, expires) VALUES ($1, $2, $3, $4)
         ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
        [namespace, key, Buffer.from(text), expires ?? null],
      );
    },
    async spoilPayload(id) {
      await query("UPDATE deliveries SET payload = '\\xff00ff' WHERE delivery_id = $1", [id]);
    },
  };
}

/** What breaks a place for good. */
function createFaults(query: Query): {
  access: Pick<StorePlace, 'breakReads' | 'breakPlans' | 'breakUnfollowing'>;
  isBroken(): boolean;
} {
  let isBroken = false;
  const breaks = async (...statements: string[]) => {
    isBroken = true;
    for (const statement of statements) await query(statement);
  };
  const fault = `CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$`;
  return {
    access: {
      breakReads: () =>
        breaks('ALTER TABLE records RENAME TO lost', 'ALTER TABLE considered RENAME TO lost_too'),
      breakPlans: () =>
        breaks(
          fault,
          `CREATE TRIGGER fault BEFORE INSERT ON deliveries
           FOR EACH ROW WHEN (NEW.position = 2) EXECUTE FUNCTION fault()`,
        ),
      breakUnfollowing: () =>
        breaks(
          fault,
          'CREATE TRIGGER fault BEFORE DELETE ON subscriptions FOR EACH ROW EXECUTE FUNCTION fault()',
        ),
    },
    isBroken: () => isBroken,
  };
}

/** Leaves a place as if it had just been made, several times faster than making one. */
async function empty(query: Query): Promise<void> {
  await query(`DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
      WHERE schemaname = current_schema() AND tablename NOT IN ('schema_version', 'counters')
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()
    LOOP PERFORM setval(name::regclass, 1, false); END LOOP;
    UPDATE counters SET value = 0;
  END $$`);
}

async function hold(schema: string, texts: readonly string[], query: Query): Promise<Held> {
  const client = await connect();
  await client.query(`SET search_path = ${schema}; BEGIN`);
  for (const text of texts) await client.query(text);
  const [own] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
  let ended: Promise<unknown> | undefined;
  const waiting = 'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))';
  return {
    async isWaitedFor(timeoutMs) {
      const until = performance.now() + timeoutMs;
      while ((await query(waiting, [own.pid])).length === 0)
        if (performance.now() > until) throw new Error('Nobody waits for the transaction.');
    },
    async commit() {
      ended ??= client.query('COMMIT').then(() => client.end());
      await ended;
    },
  };
}
