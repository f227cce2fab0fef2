import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import type { StorePlace, StoreSubject } from '../contracts/store-world.ts';

/** A database of SQLite in a folder of its own. */
interface Lodging {
  name: string;
  /** What STORE_URL names it by. */
  urlIn(folder: string): string;
  fileIn(folder: string): string;
}

/** The default store. */
export const sqliteFile: StoreSubject = onFile({
  name: 'sqlite:',
  urlIn: (folder) => `sqlite:${folder}/data/store.db`,
  fileIn: (folder) => join(folder, 'data', 'store.db'),
});

/**
 * A store whose data are one file of SQLite.
 *
 * @public CONTRIBUTING.md adds one.
 */
export function onFile({ name, urlIn, fileIn }: Lodging): StoreSubject {
  return {
    name,
    async makePlace() {
      const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
      const opened: Store[] = [];
      const behind = (work: (raw: DatabaseSync) => void) => {
        const raw = new DatabaseSync(fileIn(folder), { timeout: 5000 });
        work(raw);
        raw.close();
      };
      return {
        async open(dependencies) {
          const store = await openStore(urlIn(folder), dependencies);
          opened.push(store);
          return store;
        },
        ...accessThrough(behind),
        async remove() {
          for (const store of opened) await store.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

/** The same on a database in memory; its stores share one connection. */
export const sqliteMemory: StoreSubject = {
  name: 'memory:',
  isGoneWhenClosed: 'a database in memory ends with its connection',
  async makePlace() {
    const database = openDatabase(':memory:');
    return {
      open: async (dependencies) => createSqliteStore(database, dependencies),
      ...accessThrough((work) => work(database)),
      async remove() {
        if (database.isOpen) database.close();
      },
    };
  },
};

function accessThrough(
  behind: (work: (raw: DatabaseSync) => void) => void,
): Omit<StorePlace, 'open' | 'remove'> {
  return {
    async readText(namespace, key) {
      let text: string | undefined;
      behind((raw) => {
        const row = raw
          .prepare('SELECT value FROM records WHERE namespace = ? AND key = ?')
          .get(namespace, key);
        text = row && String(row.value);
      });
      return text;
    },
    async writeText(namespace, key, text) {
      behind((raw) => {
        raw
          .prepare('INSERT OR REPLACE INTO records (namespace, key, value) VALUES (?, ?, ?)')
          .run(namespace, key, text);
      });
    },
    async breakReads() {
      behind((raw) =>
        raw.exec('ALTER TABLE records RENAME TO lost; ALTER TABLE considered RENAME TO lost_too'),
      );
    },
    async spoilPayload(id) {
      behind((raw) => {
        raw.prepare("UPDATE deliveries SET payload = x'ff00ff' WHERE delivery_id = ?").run(id);
      });
    },
    async breakUnfollowing() {
      behind((raw) =>
        raw.exec(
          `CREATE TRIGGER fault_too BEFORE DELETE ON subscriptions
           BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`,
        ),
      );
    },
    async breakPlans() {
      behind((raw) =>
        raw.exec(
          `CREATE TRIGGER fault BEFORE INSERT ON deliveries WHEN NEW.position = 2
           BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`,
        ),
      );
    },
  };
}
