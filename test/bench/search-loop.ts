// How long search keeps the main loop from everything else, in a process of its own: there is nothing else to do.
// Arguments: papers, queries, a folder.
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { silentLog } from '../../src/log.ts';
import { createSearch } from '../../src/search/index.ts';
import type { Search } from '../../src/search.ts';
import type { ArchivedPaper, Store } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { createFakeClock } from '../fakes/clock.ts';
import type { Questions } from './search-child.ts';
import { spreadOf } from './spread.ts';

/** Papers that are there before, papers that come in meanwhile, and queries. */
export const LOOP_SIZES = { before: 20_000, meanwhile: 5_000, queries: 200 } as const;

/** The longest time between two rounds of the main loop, in milliseconds; a timer of 1 ms sees them and is in them. */
export interface Block {
  wallMs: number;
  /** 99 of 100 rounds were no longer. */
  p99Ms: number;
  /** The most that the main thread itself computed in one: what other programs on the machine do is not in it. */
  ownMs: number;
}

export interface LoopFigures {
  /** Nothing done, for as long as the queries took: what the machine adds. */
  idle: Block;
  /** The first papers taken in. */
  first: Block;
  /** Queries answered and papers taken in. */
  queries: Block;
}

const AT = '2026-11-23T09:00:00.000Z';
const PORTION = 500;

/** The archive as search sees it, in the bot's own store; it ends where `reveal` has said. */
async function openArchive(path: string, folder: string) {
  const database = openDatabase(join(folder, 'store.db'));
  // What a write costs is not measured here.
  database.exec('PRAGMA synchronous = OFF');
  const store = createSqliteStore(database, { clock: createFakeClock(AT), log: silentLog });
  await fill(store, path);
  let end = 0;
  const changedPapers: Store['ledger']['changedPapers'] = async (after, limit) =>
    (await store.ledger.changedPapers(after, limit)).filter(({ sequence }) => sequence <= end);
  return {
    archive: { ledger: { changedPapers }, papers: store.papers },
    reveal(more: number) {
      end += more;
    },
    close: () => store.close(),
  };
}

async function fill(store: Store, path: string): Promise<void> {
  let portion: ArchivedPaper[] = [];
  let left = LOOP_SIZES.before + LOOP_SIZES.meanwhile;
  for await (const line of createInterface(createReadStream(path))) {
    portion.push({ paper: JSON.parse(line) as Paper, firstSeenAt: AT, listings: [] });
    left -= 1;
    if (portion.length < PORTION && left > 0) continue;
    await store.archive(undefined, portion);
    portion = [];
    if (left === 0) return;
  }
}

/** Watches the loop while `work` runs. Out: also how long it ran, in milliseconds. */
async function watch(work: () => Promise<unknown>): Promise<{ block: Block; ms: number }> {
  // What came before leaves its garbage behind; that is not the doing of search.
  globalThis.gc?.();
  const rounds: { wallMs: number; ownMs: number }[] = [];
  const begin = readClocks();
  let last = begin;
  const look = () => {
    const now = readClocks();
    rounds.push({ wallMs: now.wallMs - last.wallMs, ownMs: now.ownMs - last.ownMs });
    last = now;
  };
  const timer = setInterval(look, 1);
  await work();
  clearInterval(timer);
  look();
  const wall = spreadOf(rounds.map(({ wallMs }) => wallMs));
  const own = spreadOf(rounds.map(({ ownMs }) => ownMs));
  return { block: { wallMs: wall.max, p99Ms: wall.p99, ownMs: own.max }, ms: last.wallMs - begin.wallMs };
}

function readClocks() {
  const { user, system } = process.threadCpuUsage();
  return { wallMs: performance.now(), ownMs: (user + system) / 1000 };
}

async function askAll(
  search: Search,
  queries: readonly string[],
  reveal: (more: number) => void,
): Promise<void> {
  for (const query of queries.slice(0, LOOP_SIZES.queries)) {
    reveal(LOOP_SIZES.meanwhile / LOOP_SIZES.queries);
    await search.find(parseQuery(query), { offset: 0, limit: 10 });
  }
  await search.follow();
}

async function main([papers = '', questions = '', folder = '']: string[]): Promise<LoopFigures> {
  const { warmUp, queries } = JSON.parse(readFileSync(questions, 'utf8')) as Questions;
  const { archive, reveal, close } = await openArchive(papers, folder);
  const search = createSearch({ path: join(folder, 'index.db'), archive, clock: systemClock });
  reveal(LOOP_SIZES.before);
  const first = await watch(() => search.follow());
  for (const query of warmUp) await search.find(parseQuery(query), { offset: 0, limit: 10 });
  const asked = await watch(() => askAll(search, queries, reveal));
  const idle = await watch(() => pause(asked.ms));
  await search.close();
  await close();
  return { idle: idle.block, first: first.block, queries: asked.block };
}

if (import.meta.main) console.log(JSON.stringify(await main(process.argv.slice(2))));
