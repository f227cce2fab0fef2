import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/store.ts';
import { anEdition, CONSIDERED_IDS, START } from '../contracts/store-samples.ts';
import { describeWith } from '../servers/index.ts';
import { botOf, createKit } from './redis-kit.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const { open } = createKit();

const started: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Child {
  process: ChildProcessWithoutNullStreams;
  /** What it says, as it says it, until it ends. */
  lines: AsyncIterator<string>;
}

/** Starts a process that stands at the door: it opens the store once it is told to go. */
async function startChild(url: string, job: string, argument: string): Promise<Child> {
  const flags = ['--disable-warning=ExperimentalWarning', CHILD, url, job, argument];
  const child = spawn(process.execPath, flags, { stdio: 'pipe' });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return { process: child, lines };
}

/** Lets a planner work until it has said so many days, kills it and listens to the end. Out: every day it said. */
async function planAndDie(url: string, from: string, killAfter: number): Promise<string[]> {
  const child = await startChild(url, 'plan', from);
  child.process.stdin.write('go\n');
  const days: string[] = [];
  for (;;) {
    const { value, done } = await child.lines.next();
    if (done) return days;
    days.push(value);
    if (days.length === killAfter) child.process.kill('SIGKILL');
  }
}

/** How much of a planned day is there: everything or nothing. */
async function isPlanned(store: Store, day: string): Promise<boolean> {
  const { id } = anEdition('feed01', day);
  const isThere = (await store.editions.get(id)) !== undefined;
  expect(await store.ledger.deliveries(id)).toHaveLength(isThere ? 3 : 0);
  expect((await store.ledger.slot(id))?.isPlanned).toBe(isThere || undefined);
  expect((await store.ledger.slotsToRefresh(START, 10_000)).includes(id)).toBe(isThere);
  if (isThere) expect((await store.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(3);
  return isThere;
}

describeWith('redis', 'processes on one Redis', (url) => {
  it('that are killed leave every day that they said, and no half of another', async () => {
    const own = botOf(url);
    const store = await open(own);
    let from = '2026-11-23';
    for (const killAfter of [1, 7, 31]) {
      const days = await planAndDie(own, from, killAfter);
      expect(days.length).toBeGreaterThanOrEqual(killAfter);
      for (const day of days) expect(await isPlanned(store, day), day).toBe(true);
      from = days.at(-1) ?? from;
      while (await isPlanned(store, from)) from = addDays(from, 1);
    }
  });

  it('may open a new store at the same moment, and share its claims out', async () => {
    const own = botOf(url);
    const children = await Promise.all(
      ['one', 'two', 'three'].map((owner) => startChild(own, 'claim', owner)),
    );
    for (const { process } of children) process.stdin.write('open\n');
    for (let index = 0; index < 100; index += 1) {
      for (const { process } of children) process.stdin.write(`key ${index}\n`);
      const answers = await Promise.all(children.map(({ lines }) => lines.next()));
      expect(answers.map(({ value }) => value).sort()).toEqual(['false', 'false', 'true']);
    }
    for (const { process } of children) process.stdin.end();
    const ends = await Promise.all(children.map(({ lines }) => lines.next()));
    expect(ends.every(({ done }) => done)).toBe(true);
  });
});
