import type { Connection } from './connection.ts';
import { createTurns } from './turns.ts';

/** Gives a connection that is open, else a new one. Rejects as opening one does. */
export type Connect = (signal: AbortSignal) => Promise<Connection>;

/** Connections that stay open from one mail to the next. */
export interface Pool {
  /** Waits until fewer than the most are at work. Rejects as the work does, or with the signal's reason. */
  use<T>(signal: AbortSignal, work: (connect: Connect) => Promise<T>): Promise<T>;
  /** Lets go of all of them, each once its work is done, and waits for that; the next work opens another one. */
  close(): Promise<void>;
}

/**
 * A pool of our own, as of a mail that failed Nodemailer's does not tell whether it had waited, begun or left, on which all
 * depends, nor what its server can do before it is asked for it. `most`: at the same time.
 */
export function createPool(open: Connect, most: number): Pool {
  const turns = createTurns(most);
  const resting = createResting();
  const atWork = new Set<Promise<void>>();
  let isClosing = false;

  function giveBack(connection: Connection): void {
    connection.rest();
    if (connection.isOpen && !isClosing) resting.add(connection);
    else connection.quit();
  }

  /** Its turn lasts until a connection by which a mail failed is ready for another one. */
  async function release(connection: Connection | undefined, hasFailed: boolean): Promise<void> {
    if (connection?.isOpen && hasFailed) await connection.reset().catch((error) => connection.cut(error));
    if (connection) giveBack(connection);
    turns.free();
  }

  return {
    async use(signal, work) {
      await turns.take(signal);
      isClosing = false;
      const over = Promise.withResolvers<void>();
      atWork.add(over.promise);
      let connection: Connection | undefined;
      let hasFailed = true;
      try {
        const result = await work(async (cut) => {
          connection = resting.take() ?? (await open(cut));
          return connection;
        });
        hasFailed = false;
        return result;
      } finally {
        void release(connection, hasFailed).then(() => {
          atWork.delete(over.promise);
          over.resolve();
        });
      }
    },
    async close() {
      isClosing = true;
      resting.quit();
      while (atWork.size > 0) await Promise.all(atWork);
    },
  };
}

/** Connections by which nothing goes just now. */
function createResting() {
  const resting: Connection[] = [];
  return {
    add: (connection: Connection) => void resting.push(connection),
    /** The one that was used last, as far as one is open: the longer one has rested the more likely it was closed. */
    take(): Connection | undefined {
      for (let found = resting.pop(); found; found = resting.pop()) if (found.isOpen) return found;
      return undefined;
    },
    quit() {
      for (const connection of resting.splice(0)) connection.quit();
    },
  };
}
