import type pg from 'pg';
import { systemClock } from '../../clock.ts';
import { codeOf, LostError } from './attempt.ts';
import type { Driver, Row, Sql } from './connection.ts';

/** One connection, for as long as a call has it. */
export interface Session {
  sql: Sql;
  /** Something is wrong with it, or it may still be at work: nobody may have it again. */
  isLost: boolean;
}

/** Gives every text the name under which connections prepare it. */
export function createStatements(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text) ?? `paperwire_${names.size}`;
    names.set(text, name);
    return name;
  };
}

export function createSession(
  client: pg.ClientBase,
  nameOf: (text: string) => string,
  driver: Pick<Driver, 'DatabaseError'>,
): Session {
  async function send(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    try {
      return await client.query<Row>(query);
    } catch (error) {
      const isAnswer = error instanceof driver.DatabaseError;
      if (!isAnswer || isFatal(codeOf(error))) session.isLost = true;
      throw isAnswer || codeOf(error) !== '' ? error : new LostError(error);
    }
  }
  const query = (text: string, values: readonly unknown[] = []) =>
    send({ name: nameOf(text), text, values: values.map(withoutNul) });
  const session: Session = {
    sql: {
      all: async (text, values) => (await query(text, values)).rows,
      get: async (text, values) => (await query(text, values)).rows[0],
      run: async (text, values) => (await query(text, values)).rowCount ?? 0,
      async exec(text) {
        await send({ text });
      },
    },
    isLost: false,
  };
  return session;
}

/** Classes 08 and 57P, and time-outs in a transaction: the server lets go of the connection. */
function isFatal(code: string): boolean {
  return /^(08|57P|25P0[34])/.test(code);
}

function withoutNul(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  return Array.isArray(value) ? value.map(withoutNul) : value;
}

/** All of the work or nothing. */
export async function inTransaction<T>(session: Session, work: (sql: Sql) => Promise<T>): Promise<T> {
  await session.sql.exec('BEGIN');
  try {
    const result = await work(session.sql);
    await session.sql.exec('COMMIT');
    return result;
  } catch (error) {
    if (!session.isLost) await rollBack(session);
    throw error;
  }
}

async function rollBack(session: Session): Promise<void> {
  try {
    await session.sql.exec('ROLLBACK');
  } catch {
    // What was thrown before says more. The server rolls back when the connection is let go.
    session.isLost = true;
  }
}

/** A serialization failure and a deadlock: nothing was done, and another try may succeed. */
const CONFLICTS = ['40001', '40P01'];
const MOST_TRIES = 5;
/** Whoever has to begin anew lets the other go first, or both would meet again at once. */
const PAUSE_MS = 50;

export async function untilNoConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isConflict = [error, (error as Error).cause].some((one) => CONFLICTS.includes(codeOf(one)));
      if (!isConflict || tries === MOST_TRIES) throw error;
      await systemClock.sleep(tries * PAUSE_MS * (0.5 + Math.random()));
    }
  }
}
