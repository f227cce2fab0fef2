import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { UsageError } from '../errors.ts';
import { createLog } from '../log.ts';
import type { Run } from '../main.ts';
import type { Store } from '../store.ts';
import { openStore } from '../stores/index.ts';
import type { TransferLine } from '../transfer.ts';
import { readArguments } from './arguments.ts';
import { loadEnvironment } from './session.ts';
import { openExport } from './transfer.ts';

const SPEC = {
  usage: 'paperwire import [--file …] < paperwire.jsonl',
  options: { file: { type: 'string' } },
  help: { file: 'The export; without it standard input is read' },
  notes: `Fills the store that STORE_URL names, which must be empty; without STORE_URL that is data/paperwire.db in this folder.

  STORE_URL=postgres://bot:secret@db/papers paperwire import --file paperwire.jsonl`,
} as const;

/** Lines taken in at once. */
const LINES = 500;

/** `paperwire import`: fills an empty store from an export; one that was cut short goes on when it is run again. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  loadEnvironment();
  const { storeUrl, logLevel, secrets } = readConfig();
  const input = await openInput(values.file);
  const store = await openStore(storeUrl, {
    clock: systemClock,
    log: createLog({ level: logLevel, secrets }),
  });
  try {
    const count = await takeIn(store, input);
    process.stderr.write(`${count} lines. The store is whole.\n`);
    return 0;
  } finally {
    await store.close();
  }
};

/** Errors: `UsageError` for a file that cannot be read. */
async function openInput(file: string | undefined): Promise<Readable> {
  if (file === undefined) return process.stdin;
  try {
    const handle = await open(file);
    if (!(await handle.stat()).isDirectory()) return handle.createReadStream();
    await handle.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw unread(`There is no file "${file}".`);
    throw unread(`"${file}" cannot be read (${code}).`);
  }
  throw unread(`"${file}" is a folder.`);
}

function unread(what: string): UsageError {
  return new UsageError(
    `${what} Give what paperwire export wrote: paperwire import --file paperwire.jsonl. Nothing was imported.`,
  );
}

async function takeIn(store: Store, input: Readable): Promise<number> {
  try {
    return await takeInText(store, input.setEncoding('utf8'));
  } finally {
    // What was refused is not waited for to its end.
    input.destroy();
  }
}

async function takeInText({ transfer }: Store, text: AsyncIterable<string>): Promise<number> {
  const { id, lines } = await openExport(text);
  if (!(await transfer.begin(id))) throw new UsageError(REFUSALS[await transfer.state()]);
  let batch: TransferLine[] = [];
  let count = 0;
  for await (const line of lines) {
    batch.push(line);
    count += 1;
    if (batch.length < LINES) continue;
    await transfer.write(batch);
    batch = [];
  }
  await transfer.write(batch);
  await transfer.end();
  return count;
}

const REFUSALS = {
  'in-use': 'The store is in use. Import into an empty one: set STORE_URL to a new place.',
  unfinished:
    'The import of another export was not finished. Give that export again, or set STORE_URL to a new place.',
  empty: 'Somebody else is importing. Please try again.',
} as const;
