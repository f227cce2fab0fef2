import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { anEdition, aPlan, CONSIDERED_IDS, planEdition, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const dependencies = { clock: createFakeClock(START), log: silentLog };

const started: ChildProcessWithoutNullStreams[] = [];
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  file = join(folder, 'store.db');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Child {
  process: ChildProcessWithoutNullStreams;
  /** What it says, as it says it, until it ends. */
  lines: AsyncIterator<string>;
  problems: string[];
}

/** Starts a process that stands at the door: it opens the store once it is told to go. */
async function startChild(job: string, argument: string): Promise<Child> {
  const flags = ['--disable-warning=ExperimentalWarning', CHILD, `sqlite:${file}`, job, argument];
  const child = spawn(process.execPath, flags, { stdio: 'pipe' });
  started.push(child);
  const problems: string[] = [];
  child.stderr.on('data', (data) => problems.push(String(data)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value, problems.join('')).toBe('ready');
  return { process: child, lines, problems };
}

/** Lets a planner work until it has said so many days, kills it and listens to the end. Out: every day it said. */
async function planAndDie(from: string, killAfter: number): Promise<string[]> {
  const child = await startChild('plan', from);
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

/** The same numbers every time, from 0 to below `limit`. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % limit;
  };
}

describe('a process that is killed', () => {
  it('loses nothing that it said was kept, ten times over', async () => {
    const random = seeded(20_261_123);
    let from = '2026-11-23';
    for (let round = 0; round < 10; round += 1) {
      const days = await planAndDie(from, 1 + random(150));
      const store = await openStore(`sqlite:${file}`, dependencies);
      for (const day of days) expect(await isPlanned(store, day), day).toBe(true);
      from = days.at(-1) ?? from;
      while (await isPlanned(store, from)) from = addDays(from, 1);
      await store.close();
    }
    const raw = new DatabaseSync(file);
    expect(raw.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    raw.close();
  });
});

describe('several processes', () => {
  it('may open a new store at the same moment', async () => {
    const owners = ['one', 'two', 'three', 'four'];
    const children = await Promise.all(owners.map((owner) => startChild('claim', owner)));
    for (const { process } of children) process.stdin.end('open\nkey\n');
    const answers = await Promise.all(children.map(({ lines }) => lines.next()));
    const problems = children.map((child) => child.problems.join('')).join('');
    expect(answers.map(({ value }) => value).sort(), problems).toEqual(['false', 'false', 'false', 'true']);
    await Promise.all(children.map(({ lines }) => lines.next()));
  });

  it('that want the same thousand claims at the same time: each goes to one', async () => {
    const children = await Promise.all([startChild('claim', 'one'), startChild('claim', 'other')]);
    const tell = (line: string) => {
      for (const { process } of children) process.stdin.write(`${line}\n`);
    };
    tell('open');
    for (let index = 0; index < 1000; index += 1) {
      tell(`key ${index}`);
      const answers = await Promise.all(children.map(({ lines }) => lines.next()));
      const problems = children.map((child) => child.problems.join('')).join('');
      expect(answers.map(({ value }) => value).sort(), problems).toEqual(['false', 'true']);
    }
    for (const { process } of children) process.stdin.end();
    await Promise.all(children.map(({ lines }) => lines.next()));
  });
});

describe('a database that another process keeps busy', () => {
  it('is a StoreError after the wait, for writing only', async () => {
    const store = createSqliteStore(openDatabase(file, 20), dependencies);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const edition = anEdition();
    for (const work of [store.plan(aPlan(edition)), store.ledger.claim('key', 'one', 1000)]) {
      expect((await expectStoreError(work)).message).toContain('busy');
    }
    expect(await store.editions.get(edition.id)).toBeUndefined();
    expect(() => openDatabase(file, 20)).not.toThrow(StoreError);
    other.exec('ROLLBACK');
    await planEdition(store, edition);
    expect(await store.editions.get(edition.id)).toEqual(edition);
    other.close();
    await store.close();
  });
});
