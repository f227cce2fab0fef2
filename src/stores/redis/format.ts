import { StoreError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { createKeys } from './keys.ts';

/**
 * The steps from the first format to the present one; a step that was released is never changed. Each must stand being
 * done by two processes at once, and again where one died in it.
 */
const STEPS: readonly ((connection: Connection) => Promise<void>)[] = [];

/** Brings the data under a prefix to the present format. Errors: `StoreError` for what a newer version wrote. */
export async function migrate(connection: Connection, steps: typeof STEPS = STEPS): Promise<void> {
  const present = steps.length + 1;
  const { format } = createKeys(connection.prefix);
  const version = await connection.transaction(async (tx) => {
    const text = await tx.get(format);
    if (text === undefined) tx.set(format, String(present));
    return text === undefined ? present : versionOf(text);
  });
  if (version > present) throw newer(version, present);
  for (const [index, step] of steps.entries()) {
    if (index + 1 < version) continue;
    await step(connection);
    await connection.transaction(async (tx) => {
      if (Number(await tx.get(format)) === index + 1) tx.set(format, String(index + 2));
    });
  }
}

function versionOf(text: string): number {
  const version = Number(text);
  if (Number.isInteger(version) && version >= 1) return version;
  const message = 'its keys belong to another program. Give Paperwire a ?prefix= of its own in STORE_URL.';
  throw new StoreError('opening', { message });
}

function newer(version: number, present: number): StoreError {
  const message = `a newer version of Paperwire wrote this data (format ${version}, this one knows ${present}). Upgrade this program.`;
  return new StoreError('opening', { message });
}
