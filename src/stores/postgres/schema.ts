import { StoreError } from '../../errors.ts';
import type { Connection, Sql } from './connection.ts';
import { SCHEMA_1 } from './schema-1.ts';

/**
 * The steps from an empty schema to the present one; `version` counts those that were done. A step that was released is
 * never changed: the next change is a further step. Steps hold no parameters, and nothing that a transaction cannot.
 */
export const MIGRATIONS: readonly string[] = [SCHEMA_1];

/**
 * Brings a schema to the present form, in one transaction; one that is missing is made. Errors: `StoreError` for one that
 * a newer version made or that belongs to another program; neither is touched.
 */
export async function migrate(
  connection: Connection,
  schema: string,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  // Without the lock, and without rights that are needed once only.
  if ((await versionOf(connection, schema, migrations)) === migrations.length) return;
  await connection.transaction(async (sql) => {
    await sql.get("SELECT pg_advisory_xact_lock(hashtextextended('paperwire/' || $1, 0))", [schema]);
    const version = await versionOf(sql, schema, migrations);
    if (version === undefined) await begin(sql, schema);
    for (const step of migrations.slice(version)) await sql.exec(step);
    await sql.run('UPDATE schema_version SET version = $1', [migrations.length]);
  });
}

/** How many steps were done; undefined where nothing is there yet. */
async function versionOf(
  sql: Sql,
  schema: string,
  migrations: readonly string[],
): Promise<number | undefined> {
  const found = await sql.get(
    `SELECT to_regclass($1 || '.schema_version') IS NOT NULL AS is_ours,
       EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'r') AS is_used`,
    [schema],
  );
  if (!found?.is_ours && found?.is_used) throw stranger(schema);
  if (!found?.is_ours) return undefined;
  const version = Number((await sql.get('SELECT version FROM schema_version'))?.version);
  if (version > migrations.length) throw newer(version, migrations.length);
  return version;
}

async function begin(sql: Sql, schema: string): Promise<void> {
  const found = await sql.get('SELECT to_regnamespace($1) IS NULL AS is_missing', [schema]);
  // Asked before: `IF NOT EXISTS` takes the right to make schemas also where there is one.
  if (found?.is_missing) await sql.exec(`CREATE SCHEMA ${schema}`);
  await sql.exec(
    `CREATE TABLE schema_version (one integer PRIMARY KEY CHECK (one = 1), version integer NOT NULL);
     INSERT INTO schema_version VALUES (1, 0)`,
  );
}

function stranger(schema: string): StoreError {
  const message = `the schema ${schema} of the database belongs to another program; name another one, ?schema=…, in STORE_URL.`;
  return new StoreError('opening', { message });
}

function newer(version: number, known: number): StoreError {
  const message = `a newer version of Paperwire made this database (schema ${version}, this one knows ${known}). Upgrade this program.`;
  return new StoreError('opening', { message });
}
