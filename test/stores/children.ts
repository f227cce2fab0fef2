import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/store.ts';
import { anEdition, CONSIDERED_IDS, START } from '../contracts/store-samples.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/** A process that works on a store; see `child.ts`. */
interface Child {
  process: ChildProcessWithoutNullStreams;
  /** What it says, as it says it, until it ends. */
  lines: AsyncIterator<string>;
  problems: string[];
}

/** Starts a process that stands at the door: it opens the store once it is told to go. */
export async function startChild(storeUrl: string, job: string, argument: string): Promise<Child> {
  const flags = ['--disable-warning=ExperimentalWarning', CHILD, storeUrl, job, argument];
  const child = spawn(process.execPath, flags, { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const problems: string[] = [];
  child.stderr.on('data', (data) => problems.push(String(data)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value, problems.join('')).toBe('ready');
  return { process: child, lines, problems };
}

/** Lets a planner work until it has said so many days, kills it and listens to the end. Out: every day it said. */
export async function planAndDie(storeUrl: string, from: Day, killAfter: number): Promise<Day[]> {
  const child = await startChild(storeUrl, 'plan', from);
  child.process.stdin.write('go\n');
  const days: Day[] = [];
  for (;;) {
    const { value, done } = await child.lines.next();
    if (done) return days;
    days.push(value);
    if (days.length === killAfter) child.process.kill('SIGKILL');
  }
}

/** Expects that every day that was said is planned whole, and no other half. Out: the first day that is not planned. */
export async function expectPlanned(store: Store, days: readonly Day[], from: Day): Promise<Day> {
  for (const day of days) expect(await isPlanned(store, day), day).toBe(true);
  let next = days.at(-1) ?? from;
  while (await isPlanned(store, next)) next = addDays(next, 1);
  return next;
}

/** How much of a planned day is there: everything or nothing. */
async function isPlanned(store: Store, day: Day): Promise<boolean> {
  const { id } = anEdition('feed01', day);
  const isThere = (await store.editions.get(id)) !== undefined;
  expect(await store.ledger.deliveries(id)).toHaveLength(isThere ? 3 : 0);
  expect((await store.ledger.slot(id))?.isPlanned).toBe(isThere || undefined);
  expect((await store.ledger.slotsToRefresh(START, 10_000)).includes(id)).toBe(isThere);
  if (isThere) expect((await store.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(3);
  return isThere;
}
