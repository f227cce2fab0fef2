import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { sharedFolder } from '../shared.ts';
import { heading } from './measure.ts';
import { shownMb } from './memory.ts';
import { type Spread, spreadOf } from './spread.ts';
import type { ServerSettings } from './web-child.ts';
import type { Filled, FillSettings } from './web-fill.ts';
import { kindsOf, mixOf, type Next } from './web-kinds.ts';
import { askOne, type LoadFigures, runLoad } from './web-load.ts';
import { type BenchServer, startServer } from './web-server.ts';
import { benchStreams } from './web-streams.ts';

/** How much is measured. */
export interface WebBench {
  papers: number;
  lists: number;
  warmUpMs: number;
  /** Of each kind alone. */
  kindMs: number;
  mixMs: number;
  streams: { rounds: number; silentMs: number };
  /** Only these kinds; default all. */
  kinds?: readonly string[];
  /** For the server's Node. */
  flags?: readonly string[];
}

/** What the aims speak of; some five minutes. */
const WHOLE: WebBench = {
  papers: 20_000,
  lists: 700,
  warmUpMs: 2 * SECOND_MS,
  kindMs: 10 * SECOND_MS,
  mixMs: 20 * SECOND_MS,
  streams: { rounds: 3, silentMs: 30 * SECOND_MS },
};
const RATE = 200;
const COLD = 20;

/** What pages, syndication and open streams cost, with an archive of some years. */
export async function benchWeb(bench: WebBench = WHOLE): Promise<void> {
  const corpus = join(sharedFolder ?? '', 'corpus');
  if (!sharedFolder || !existsSync(corpus)) {
    heading('Web: skipped, as ../shared/corpus is not beside the project');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  try {
    await benchPages(folder, corpus, bench);
    await benchStreams(folder, bench.streams);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function benchPages(folder: string, corpus: string, bench: WebBench): Promise<void> {
  const { papers, lists, flags = [] } = bench;
  const at = (name: string) => join(folder, name);
  const kept = { storeUrl: `sqlite:${at('paperwire.db')}`, indexPath: at('search.db') };
  const filled = fill({ corpus, ...kept, filledPath: at('filled.json'), papers, lists });
  const counted = `${papers.toLocaleString('en')} papers on ${lists} lists`;
  heading(`Web: ${RATE} requests a second at random instants, ${counted} (aim: p99 ≤ 20 ms)`);
  const settings: ServerSettings = { ...kept, boardPath: at('board.db') };
  const bare = await startServer({ ...settings, isBare: true });
  const measured: Measured = { bench, bare: Number.NaN };
  measured.bare = await measureKind(bare, 'bare node:http, "ok"', () => '/', measured, bench.kindMs);
  await bare.end();
  const server = await startServer(settings, flags);
  await measureAll(server, filled, measured);
  await server.end();
}

/** Runs the neighbouring file that fills a store. */
function fill(settings: FillSettings): Filled {
  const path = fileURLToPath(new URL('web-fill.ts', import.meta.url));
  const { status, signal } = spawnSync(process.execPath, [path, JSON.stringify(settings)], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`web-fill.ts ended with ${status ?? signal}.`);
  return JSON.parse(readFileSync(settings.filledPath, 'utf8')) as Filled;
}

interface Measured {
  bench: WebBench;
  /** The p99 of a server that does nothing, under the same load. */
  bare: number;
}

async function measureAll(server: BenchServer, filled: Filled, measured: Measured): Promise<void> {
  const { bench } = measured;
  const kinds = kindsOf(filled);
  const wanted = Object.entries(kinds).filter(([name]) => bench.kinds?.includes(name) ?? true);
  for (const [name, next] of wanted) await measureKind(server, name, next, measured, bench.kindMs);
  if (bench.kinds && !bench.kinds.includes('mix')) return;
  await reportCold(server, filled.queries);
  await measureKind(server, 'mix', mixOf(kinds), measured, bench.mixMs);
  await measureKind(server, 'mix, each once', mixOf(kinds, true), measured, bench.mixMs);
  await server.ask({ ask: 'editions' });
  await measureKind(server, 'mix, an edition a second', mixOf(kinds), measured, bench.mixMs);
  const { posted } = await server.ask({ ask: 'rest' });
  console.log(`  ${posted.toLocaleString('en')} messages of editions were posted meanwhile`);
}

/** Out: the p99, in milliseconds. */
async function measureKind(
  server: BenchServer,
  name: string,
  next: Next,
  { bench, bare }: Measured,
  durationMs: number,
): Promise<number> {
  const { warmUpMs } = bench;
  let before = { cpuMs: 0 };
  const figures = await runLoad(server.url, { rate: RATE, warmUpMs, durationMs, next }, async () => {
    before = await server.ask({ ask: 'spent' });
  });
  const { cpuMs, residentMb } = await server.ask({ ask: 'spent' });
  const cost = costOf(cpuMs - before.cpuMs, figures);
  report(name, figures, `${cost}  ${shownMb(residentMb)}`, bare);
  return figures.times.p99;
}

function costOf(cpuMs: number, { requests }: LoadFigures): string {
  const each = cpuMs / Math.max(requests, 1);
  // Of one core: what so many requests a second take.
  return `cpu ${each.toFixed(2).padStart(5)} ms each, ${((each * RATE) / 10).toFixed(0).padStart(3)} % of a core`;
}

function report(name: string, { times, errors, bytes }: LoadFigures, cost: string, bare: number): void {
  const against = Number.isNaN(bare) ? '' : `p99 ${(times.p99 / bare).toFixed(1)} × bare`;
  const size = `${(bytes / 1024).toFixed(0)} KB`.padStart(6);
  console.log(
    `  ${name.padEnd(27)} ${shown(times)}  errors ${errors}  ${size}  ${cost}  ${against}`.trimEnd(),
  );
}

function shown({ p50, p99, max }: Spread): string {
  const [middle, late, last] = [p50, p99, max].map((ms) => ms.toFixed(1).padStart(6));
  return `p50 ${middle}  p99 ${late}  max ${last} ms`;
}

/** Documents nobody has asked for within a minute are written anew: one at a time, with nothing else to do. */
async function reportCold(server: BenchServer, queries: readonly string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  const before = await server.ask({ ask: 'spent' });
  for (const query of queries.slice(-COLD))
    times.push((await askOne(`${server.url}/feeds/search.rss?q=${encodeURIComponent(query)}`, agent)).ms);
  const { cpuMs } = await server.ask({ ask: 'spent' });
  agent.destroy();
  const each = `cpu ${((cpuMs - before.cpuMs) / COLD).toFixed(1)} ms each`;
  console.log(`  ${'search.rss, written anew'.padEnd(27)} ${shown(spreadOf(times))}  ${each}, one at a time`);
}
