import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { anEdition, aPlan, planEdition, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { expectPlanned, planAndDie, startChild } from './children.ts';

const dependencies = { clock: createFakeClock(START), log: silentLog };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  file = join(folder, 'store.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

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
      const days = await planAndDie(`sqlite:${file}`, from, 1 + random(150));
      const store = await openStore(`sqlite:${file}`, dependencies);
      from = await expectPlanned(store, days, from);
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
    const children = await Promise.all(owners.map((owner) => startChild(`sqlite:${file}`, 'claim', owner)));
    for (const { process } of children) process.stdin.end('open\nkey\n');
    const answers = await Promise.all(children.map(({ lines }) => lines.next()));
    const problems = children.map((child) => child.problems.join('')).join('');
    expect(answers.map(({ value }) => value).sort(), problems).toEqual(['false', 'false', 'false', 'true']);
    await Promise.all(children.map(({ lines }) => lines.next()));
  });

  it('that want the same thousand claims at the same time: each goes to one', async () => {
    const children = await Promise.all([
      startChild(`sqlite:${file}`, 'claim', 'one'),
      startChild(`sqlite:${file}`, 'claim', 'other'),
    ]);
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
