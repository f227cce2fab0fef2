import { Socket } from 'node:net';
import type pg from 'pg';
import { systemClock, within } from '../../clock.ts';
import type { Address } from './address.ts';
import { ClosedError, codeOf, LostError, UnreachableError } from './attempt.ts';
import { createSession, createStatements, inTransaction, type Session, untilNoConflict } from './session.ts';

/** A row by the names of its columns. `bigint` comes as a number, `bytea` as a buffer. */
export type Row = Record<string, unknown>;

/**
 * What runs statements: any connection of the pool, or one transaction.
 *
 * Values travel as parameters (`$1`); an array is one of them (`unnest($1::text[])`). A statement is prepared under its
 * text, so texts must be few, and it names its columns: `*` would fail once a later version adds one. As the server
 * takes no NUL in text, each becomes U+FFFD. Errors: those of the driver.
 */
export interface Sql {
  all(text: string, values?: readonly unknown[]): Promise<Row[]>;
  get(text: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /** How many rows it changed. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** Statements without parameters, not prepared: for changes of the schema. */
  exec(text: string): Promise<void>;
}

/** Rows of one statement, fetched page by page; several may be open at once. */
export type Pages = (text: string, values?: readonly unknown[]) => AsyncIterable<Row>;

/** The pool. Every call ends within 15 seconds, whatever the server does. */
export interface Connection extends Sql {
  /**
   * All of the work or nothing, at READ COMMITTED. Done again from the start when the server reports a deadlock or a
   * conflict, so that the work must change nothing but the database. It has 9 seconds in all: work without a bound is
   * cut into several.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Reads as of one moment, on a connection of its own, for as long as it takes. */
  snapshot<T>(read: (pages: Pages) => AsyncIterable<T>): AsyncGenerator<T, void>;
  /** Waits for what is under way. Later calls throw. May be called twice. */
  close(): Promise<void>;
}

/** What we need of the driver. */
export type Driver = Pick<typeof pg, 'Client' | 'DatabaseError' | 'Pool' | 'escapeIdentifier' | 'types'>;

const MAX_CONNECTIONS = 10;
/** A connection is made, or comes free, within this time; and is made ready within the other. */
const CONNECT_MS = 3000;
const PREPARE_MS = 2000;
/** The server gives a statement up after this time, and we a little later: by then it is not there. */
const STATEMENT_MS = 9000;
const LOCK_MS = 7000;
const ANSWER_MS = 9500;
const TRANSACTION_MS = 9500;
/** How long a connection may say goodbye before it is cut. */
const GOODBYE_MS = 1000;
/** An idle connection is let go after this time. */
const IDLE_MS = 60_000;
/** So soon a silent connection is asked whether it is there. */
const KEEP_ALIVE_MS = 10_000;
/** Rows that are fetched at once. */
const PAGE = 500;

/** The type of 8-byte integers (pg_type.dat, 2026-11-26). */
const INT8 = 20;

export function createConnection(driver: Driver, address: Address): Connection {
  const sockets = new Set<Socket>();
  const config = configure(driver, address, sockets);
  const statements = createStatements();
  const pool = new driver.Pool({
    ...config,
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    onConnect: (client) => prepare(client, driver, address),
  });
  // Without a listener an idle connection that breaks would end the process. The next call makes a new one.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const gate = createGate();

  async function use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await connected(pool.connect());
    const session = createSession(client, statements, driver);
    try {
      return await work(session);
    } finally {
      client.release(session.isLost);
    }
  }
  const one = <T>(work: (session: Session) => Promise<T>): Promise<T> => gate.enter(() => use(work));
  return {
    all: (text, values) => one(({ sql }) => untilNoConflict(() => sql.all(text, values))),
    get: (text, values) => one(({ sql }) => untilNoConflict(() => sql.get(text, values))),
    run: (text, values) => one(({ sql }) => untilNoConflict(() => sql.run(text, values))),
    transaction: (work) =>
      one((session) =>
        inTime(
          session,
          untilNoConflict(() => inTransaction(session, work)),
        ),
      ),
    exec: (text) => one(({ sql }) => sql.exec(text)),
    async *snapshot(read) {
      gate.check();
      yield* readSnapshot(new driver.Client(config), (client) => prepare(client, driver, address), read);
    },
    close: () =>
      gate.close(async () => {
        await pool.end();
        await untilClosed(sockets);
      }),
  };
}

/** Errors: `LostError` when it takes too long; the session is then lost, as it goes on with the work. */
async function inTime<T>(session: Session, work: Promise<T>): Promise<T> {
  const done = await within(
    TRANSACTION_MS,
    work.then((value) => ({ value })),
    systemClock,
  );
  if (done) return done.value;
  session.isLost = true;
  throw new LostError();
}

async function connected<T>(connecting: Promise<T>): Promise<T> {
  try {
    return await connecting;
  } catch (error) {
    throw codeOf(error) === '' ? new UnreachableError(error) : error;
  }
}

function configure(driver: Driver, { url }: Address, sockets: Set<Socket>): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'paperwire',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    stream() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    types: {
      getTypeParser: ((type: number, format: 'text') =>
        type === INT8
          ? Number
          : driver.types.getTypeParser(type, format)) as typeof driver.types.getTypeParser,
    },
  };
}

/** Makes a new connection ready. By statements: not every pooler takes settings at the start of a connection. */
async function prepare(client: pg.ClientBase, driver: Driver, { schema }: Address): Promise<void> {
  const setting = client.query(
    `SET search_path = ${driver.escapeIdentifier(schema)};
     SET synchronous_commit = on;
     SET statement_timeout = ${STATEMENT_MS};
     SET lock_timeout = ${LOCK_MS};
     SET idle_in_transaction_session_timeout = ${TRANSACTION_MS}`,
  );
  if (!(await within(PREPARE_MS, setting, systemClock))) throw new UnreachableError();
}

async function* readSnapshot<T>(
  client: pg.Client,
  prepare: (client: pg.Client) => Promise<void>,
  read: (pages: Pages) => AsyncIterable<T>,
): AsyncGenerator<T, void> {
  // Without a listener a connection that breaks between two pages would end the process.
  client.on('error', () => {});
  try {
    await connected(client.connect());
    await prepare(client);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    yield* read(createPages(client));
  } finally {
    await within(GOODBYE_MS, client.end(), systemClock);
    client.connection.stream.destroy();
  }
}

function createPages(client: pg.ClientBase): Pages {
  let opened = 0;
  return async function* pages(text, values = []) {
    opened += 1;
    const cursor = `pages_${opened}`;
    await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, [...values]);
    for (let isMore = true; isMore; ) {
      const { rows } = await client.query<Row>(`FETCH ${PAGE} FROM ${cursor}`);
      yield* rows;
      isMore = rows.length === PAGE;
    }
    await client.query(`CLOSE ${cursor}`);
  };
}

/** Cuts what a server does not close. */
async function untilClosed(sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = [...sockets].map((socket) => {
    // Idle ones keep no process alive, not even one that waits here.
    socket.ref();
    return new Promise((resolve) => socket.once('close', resolve));
  });
  await within(GOODBYE_MS, Promise.all(closed), systemClock);
  for (const socket of sockets) socket.destroy();
}

/** Lets calls in until it is closed, and knows which are under way. */
function createGate() {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const check = () => {
    if (closing) throw new ClosedError();
  };
  return {
    check,
    async enter<T>(work: () => Promise<T>): Promise<T> {
      check();
      const call = work();
      underWay.add(call);
      try {
        return await call;
      } finally {
        underWay.delete(call);
      }
    },
    close(letGo: () => Promise<void>): Promise<void> {
      closing ??= Promise.allSettled(underWay).then(letGo);
      return closing;
    },
  };
}
