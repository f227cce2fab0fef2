import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paper } from '../../src/domain/paper.ts';
import { classify } from '../../src/topics/classify.ts';
import { readLabels } from '../eval/labels.ts';
import { readPapers } from '../eval/papers.ts';
import { NASTY_AIM_MS, NASTY_PAPERS, slowestNasty } from '../search/nasty.ts';
import { sharedFolder } from '../shared.ts';
import { heading, measure } from './measure.ts';
import type { IndexFigures, Questions } from './search-child.ts';
import { type Block, LOOP_SIZES, type LoopFigures } from './search-loop.ts';
import { recombine, writePapers } from './search-papers.ts';
import { inventPrefixes, inventQueries } from './search-queries.ts';
import { reportSpread } from './spread.ts';

const SEED = 20_261_123;
const SIZES = [
  { count: 20_000, aimMs: 15 },
  { count: 100_000, aimMs: 50 },
] as const;
/** MiniSearch is compared at this size only: its index of more takes minutes to build. */
const COMPARED = 20_000;
const QUERIES = 300;
const WARM_UP = 50;

/** Where everything lies for one run. */
interface Bench {
  folder: string;
  papers: string;
  questions: string;
}

/** What search and topics cost; papers are made of those of the corpus. */
export async function benchSearch(): Promise<void> {
  reportNasty();
  const [corpus, labels] = ['corpus', 'eval'].map((name) => join(sharedFolder ?? '', name));
  if (!sharedFolder || !corpus || !labels || !existsSync(corpus) || !existsSync(labels)) {
    heading('Search: skipped, as ../shared/corpus and ../shared/eval are not beside the project');
    return;
  }
  const papers = [...readPapers([corpus]).papers.values()];
  const queries = readLabels(labels).queries.map(({ query }) => query);
  await benchTopics(papers);
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  try {
    const bench = prepare(folder, papers, queries);
    for (const size of SIZES) reportPaperwire(size, runIndex(bench, 'paperwire', size.count));
    reportMiniSearch(runIndex(bench, 'minisearch', COMPARED));
    reportLoop(run<LoopFigures>(bench, 'search-loop.ts', [bench.papers, bench.questions]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reportNasty(): void {
  heading(`Nasty queries in ${NASTY_PAPERS.toLocaleString('en')} papers`);
  const { ms, query } = slowestNasty();
  console.log(`  slowest: ${ms.toFixed(1)} ms (aim ≤ ${NASTY_AIM_MS} ms): ${JSON.stringify(query)}`);
}

async function benchTopics(papers: readonly Paper[]): Promise<void> {
  heading(`Topics of ${papers.length.toLocaleString('en')} papers (aim ≥ 5,000 papers a second)`);
  const { median, slowest } = await measure(() => papers.forEach((paper) => void classify(paper)), 5);
  const rate = (ms: number) => Math.round(papers.length / (ms / 1000)).toLocaleString('en');
  console.log(`  classify: median ${rate(median)}, slowest ${rate(slowest)} papers a second`);
}

/** Writes down what every process reads. */
function prepare(folder: string, papers: readonly Paper[], evaluated: readonly string[]): Bench {
  const bench = { folder, papers: join(folder, 'papers.jsonl'), questions: join(folder, 'questions.json') };
  writePapers(bench.papers, recombine(papers, SEED), Math.max(...SIZES.map(({ count }) => count)));
  const questions: Questions = {
    warmUp: inventQueries(papers, WARM_UP, SEED + 1),
    queries: [...evaluated, ...inventQueries(papers, QUERIES, SEED)],
    prefixes: inventPrefixes(papers, QUERIES, SEED),
  };
  writeFileSync(bench.questions, JSON.stringify(questions));
  return bench;
}

function runIndex(bench: Bench, engine: string, count: number): IndexFigures {
  return run<IndexFigures>(bench, 'search-child.ts', [engine, bench.papers, String(count), bench.questions]);
}

/** Runs one of the neighbouring files; it gets an empty folder as its last argument. */
function run<T>({ folder }: Bench, file: string, args: readonly string[]): T {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const own = mkdtempSync(join(folder, 'run-'));
  const child = spawnSync(process.execPath, ['--expose-gc', path, ...args, own], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(own, { recursive: true });
  if (child.status !== 0) throw new Error(`${file} ended with ${child.status ?? child.signal}.`);
  return JSON.parse(child.stdout) as T;
}

function reportPaperwire({ count, aimMs }: (typeof SIZES)[number], figures: IndexFigures): void {
  heading(`Search in ${count.toLocaleString('en')} papers`);
  reportBuild(figures);
  reportSpread('find', figures.find, `aim p95 ≤ ${aimMs} ms`);
  console.log(`  slowest query: ${figures.slowestQuery}`);
  if (figures.suggest) reportSpread('suggest', figures.suggest, 'aim p95 ≤ 10 ms');
}

function reportMiniSearch(figures: IndexFigures): void {
  heading(`MiniSearch in ${COMPARED.toLocaleString('en')} papers, for comparison; not measured with more`);
  reportBuild(figures);
  reportSpread('search', figures.find);
}

function reportBuild({ buildMsPerThousand, fileBytes, grown }: IndexFigures): void {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const file = fileBytes === undefined ? 'no file' : `file ${megabytes(fileBytes)}`;
  const memory = `memory grown by ${megabytes(grown.residentBytes)}, on the heap by ${megabytes(grown.heapBytes)}`;
  console.log(`  build ${buildMsPerThousand.toFixed(0)} ms per 1,000 papers; ${file}; ${memory}`);
}

function reportLoop({ idle, first, queries }: LoopFigures): void {
  const [before, meanwhile] = [LOOP_SIZES.before, LOOP_SIZES.meanwhile].map((count) =>
    count.toLocaleString('en'),
  );
  heading('Longest block of the main loop, to the timer’s 1 ms (aim ≤ 10 ms)');
  const report = (name: string, { wallMs, p99Ms, ownMs }: Block) =>
    console.log(
      `  ${name.padEnd(54)} ${wallMs.toFixed(1).padStart(6)} ms, of its own doing ${ownMs.toFixed(1).padStart(5)} ms; p99 ${p99Ms.toFixed(1)} ms`,
    );
  report('idle, for comparison', idle);
  report(`${before} papers taken in at the start`, first);
  report(`${LOOP_SIZES.queries} queries answered, ${meanwhile} papers taken in meanwhile`, queries);
}
