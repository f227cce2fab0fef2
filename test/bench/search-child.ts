// Builds one index in a process of its own and prints its figures: what another one held would count as its memory.
// Arguments: engine, papers, their count, queries, folder for the index.
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Paper } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { createPaperIndex } from '../../src/search/paper-index.ts';
import { MOST_SUGGESTIONS, SUGGESTION_KINDS } from '../../src/search.ts';
import { createEmptyMiniSearch, plainPaper } from '../eval/baselines.ts';
import { type Spread, spreadOf, timeEach } from './spread.ts';

/** What is asked of an index; `warmUp` is not measured. */
export interface Questions {
  warmUp: string[];
  queries: string[];
  prefixes: string[];
}

/** Memory of the process. */
export interface Memory {
  /** What the system gives it; what was collected goes back late or never. */
  residentBytes: number;
  /** What is alive of JavaScript's; SQLite's is not in it. */
  heapBytes: number;
}

/** Figures of one index. */
export interface IndexFigures {
  buildMsPerThousand: number;
  /** What the process has grown by, once all was asked. */
  grown: Memory;
  /** Undefined where the index is in memory only. */
  fileBytes?: number;
  find: Spread;
  slowestQuery: string;
  /** Undefined where there is no such thing. */
  suggest?: Spread;
}

/** An index under measurement. */
interface Subject {
  put(papers: Paper[], count: number): void;
  find(query: string): unknown;
  suggest?(typed: string): unknown;
  close(): void;
}

/** As many as the bot takes in at once (`src/search/index.ts`): each portion is a transaction. */
const PORTION = 25;

function openPaperwire(folder: string): Subject {
  const index = createPaperIndex(join(folder, 'index.db'));
  return {
    put: (papers, count) => index.put(papers, { sequence: count, paperId: papers.at(-1)?.id ?? '' }),
    find: (query) => index.find(parseQuery(query), { offset: 0, limit: 10 }),
    suggest: (typed) => index.suggest(typed, SUGGESTION_KINDS, MOST_SUGGESTIONS),
    close: () => index.close(),
  };
}

function openMiniSearch(): Subject {
  const index = createEmptyMiniSearch();
  return {
    put: (papers) => index.addAll(papers.map(plainPaper)),
    find: (query) => index.search(query).slice(0, 10),
    close() {},
  };
}

/** Milliseconds that it took to put the first so many papers of a file. */
async function build(subject: Subject, path: string, count: number): Promise<number> {
  const stream = createReadStream(path);
  let [portion, taken, ms]: [Paper[], number, number] = [[], 0, 0];
  for await (const line of createInterface(stream)) {
    portion.push(JSON.parse(line) as Paper);
    taken += 1;
    if (portion.length < PORTION && taken < count) continue;
    const before = performance.now();
    subject.put(portion, taken);
    ms += performance.now() - before;
    portion = [];
    if (taken === count) break;
  }
  stream.destroy();
  return ms;
}

function readMemory(): Memory {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { residentBytes: rss, heapBytes: heapUsed };
}

async function main([
  engine = '',
  papers = '',
  count = '',
  questions = '',
  folder = '',
]: string[]): Promise<IndexFigures> {
  const { warmUp, queries, prefixes } = JSON.parse(readFileSync(questions, 'utf8')) as Questions;
  const before = readMemory();
  const subject = engine === 'minisearch' ? openMiniSearch() : openPaperwire(folder);
  const buildMs = await build(subject, papers, Number(count));
  timeEach(warmUp, (query) => subject.find(query));
  const times = timeEach(queries, (query) => subject.find(query));
  const { suggest } = subject;
  const suggested = suggest ? { suggest: spreadOf(timeEach(prefixes, suggest)) } : {};
  const after = readMemory();
  subject.close();
  const files = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  return {
    buildMsPerThousand: buildMs / (Number(count) / 1000),
    grown: {
      residentBytes: after.residentBytes - before.residentBytes,
      heapBytes: after.heapBytes - before.heapBytes,
    },
    ...(files.length > 0 ? { fileBytes: files.reduce((sum, bytes) => sum + bytes, 0) } : {}),
    find: spreadOf(times),
    slowestQuery: queries[times.indexOf(Math.max(...times))] ?? '',
    ...suggested,
  };
}

if (import.meta.main) console.log(JSON.stringify(await main(process.argv.slice(2))));
