import { createReadStream } from 'node:fs';
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
} as const;

/** Lines taken in at once. */
const LINES = 500;

/** `paperwire import`: fills an empty store from an export; one that was cut short goes on when it is run again. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  loadEnvironment();
  const { storeUrl, logLevel, secrets } = readConfig();
  const store = await openStore(storeUrl, {
    clock: systemClock,
    log: createLog({ level: logLevel, secrets }),
  });
  try {
    const count = await takeIn(store, values.file);
    process.stderr.write(`${count} lines. The store is whole.\n`);
    return 0;
  } finally {
    await store.close();
  }
};

async function takeIn(store: Store, file: string | undefined): Promise<number> {
  const input = file === undefined ? process.stdin : createReadStream(file);
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
