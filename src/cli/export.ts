import { createHash } from 'node:crypto';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import type { Run } from '../main.ts';
import type { Store } from '../store.ts';
import { openStore } from '../stores/index.ts';
import { INSTALLATIONS, MAILBOXES } from '../stores/kinds.ts';
import { readArguments } from './arguments.ts';
import { loadEnvironment, write } from './session.ts';
import { END, HEADER } from './transfer.ts';

const SPEC = {
  usage: 'paperwire export > paperwire.jsonl',
  options: {},
  help: {},
  notes: `Writes the whole store that STORE_URL names to standard output, a JSON document a line, and how many on standard error.
The file holds what people follow and save: keep it to yourself. To move to Postgres, once the bot is stopped:

  paperwire export > paperwire.jsonl
  STORE_URL=postgres://bot:secret@db/papers paperwire import --file paperwire.jsonl`,
} as const;

/** Lines written at once. */
const LINES = 500;
const ID_LENGTH = 16;

/**
 * `paperwire export`: everything that the store keeps, as JSON lines on standard output. What platforms gave us stays
 * sealed.
 */
export const run: Run = async (args) => {
  if (!readArguments(args, SPEC)) return 0;
  loadEnvironment();
  const { storeUrl, logLevel, secrets } = readConfig();
  const log = createLog({ level: logLevel, secrets });
  const store = await openStore(storeUrl, { clock: systemClock, log });
  try {
    const { count, hasSealed } = await writeAll(store, await idOf(store));
    process.stderr.write(`${count} lines.\n${hasSealed ? SEALED : ''}`);
    return 0;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EPIPE') throw error;
    process.stderr.write('The export is not whole: its reader went away before the end.\n');
    return 1;
  } finally {
    await store.close();
  }
};

/** The same for the same content: an import that was cut short goes on with the same export only. */
async function idOf(store: Store): Promise<string> {
  const hash = createHash('sha256');
  for await (const line of store.transfer.read()) hash.update(JSON.stringify(line));
  return hash.digest('hex').slice(0, ID_LENGTH);
}

/** What only whoever has the key can make use of. */
const SEALED_KINDS = [INSTALLATIONS.namespace, MAILBOXES.namespace];
const SEALED =
  'Tokens in it, and which addresses take no mail, are sealed: they can be used only with the same SECRET_KEY, or with a copy of the file beside the store that stands for it.\n';

/** Out: how many lines there were between the first and the last, and whether any of them is sealed. */
async function writeAll(store: Store, id: string): Promise<{ count: number; hasSealed: boolean }> {
  let lines = [JSON.stringify({ ...HEADER, id })];
  let count = 0;
  let hasSealed = false;
  for await (const line of store.transfer.read()) {
    lines.push(JSON.stringify(line));
    hasSealed ||= SEALED_KINDS.includes(line.kind);
    count += 1;
    if (lines.length < LINES) continue;
    await write(`${lines.join('\n')}\n`);
    lines = [];
  }
  await write(`${[...lines, JSON.stringify({ [END]: count })].join('\n')}\n`);
  return { count, hasSealed };
}
