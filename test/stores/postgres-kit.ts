import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import type { Connection, Sql } from '../../src/stores/postgres/connection.ts';
import { createPostgresStore } from '../../src/stores/postgres/index.ts';
import { openConnection } from '../../src/stores/postgres/open.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { type PostgresPlace, postgres } from './subjects-postgres.ts';

export const dependencies = { clock: createFakeClock(START), log: silentLog };

interface Counted {
  store: Store;
  /** How many statements the work took, those that begin and end transactions aside. */
  statements(work: () => Promise<unknown>): Promise<number>;
}

interface Kit extends PostgresPlace {
  /** Stores on the place, each with its own connections, as other processes would have them. */
  stores(count: 1): Promise<[Store]>;
  stores(count: 2): Promise<[Store, Store]>;
  stores(count: 3): Promise<[Store, Store, Store]>;
  counted(): Promise<Counted>;
}

/** Does the work of a test in a schema of its own. */
export async function inPlace(work: (kit: Kit) => Promise<void>): Promise<void> {
  const place = await postgres.makePlace();
  const connections: Connection[] = [];
  const open = (count: number) => Promise.all(Array.from({ length: count }, () => place.open(dependencies)));
  try {
    await work({
      ...place,
      stores: open as Kit['stores'],
      counted: async () => {
        await open(1);
        const connection = await openConnection(place.url);
        connections.push(connection);
        return createCounted(connection);
      },
    });
  } finally {
    for (const connection of connections) await connection.close();
    await place.remove();
  }
}

function createCounted(connection: Connection): Counted {
  let asked = 0;
  const watch = (sql: Sql): Sql => {
    const counting = <A extends unknown[], T>(ask: (...given: A) => T) => {
      return (...given: A) => {
        asked += 1;
        return ask(...given);
      };
    };
    return {
      all: counting(sql.all),
      get: counting(sql.get),
      run: counting(sql.run),
      exec: counting(sql.exec),
    };
  };
  const transaction: Connection['transaction'] = (work) => connection.transaction((sql) => work(watch(sql)));
  return {
    store: createPostgresStore({ ...connection, ...watch(connection), transaction }, dependencies),
    async statements(work) {
      asked = 0;
      await work();
      return asked;
    },
  };
}
