import { heading } from '../measure.ts';
import { shownMb } from '../memory.ts';
import { type Child, startChild } from './child.ts';
import { median, shown } from './deliveries.ts';
import { openStorePlace, type StoreName, type StorePlace } from './engines.ts';
import type { FeedsAsked, FeedsSettings, FeedsTold } from './feeds-child.ts';
import { PAPERS_A_LIST } from './papers.ts';

const CHILD = new URL('feeds-child.ts', import.meta.url);
const CHECKS = 5;
/** Weekdays whose outcomes are kept (`OUTCOMES_KEPT_DAYS`), and those of a year. */
const SLOTS_KEPT = 64;
const EDITIONS_A_YEAR = 260;

export interface FeedsOptions {
  stores: readonly StoreName[];
  feeds: number;
  some: number;
}

type FeedsProcess = Child<FeedsAsked, FeedsTold>;

/** What many feeds cost: to find those that are due, to plan them, and to keep them. */
export async function benchFeeds({ stores, feeds, some }: FeedsOptions): Promise<void> {
  heading(`${shown(feeds)} feeds: due check, planning, size and memory`);
  for (const name of stores) {
    const place = await openStorePlace(name);
    try {
      console.log(`  ${name}`);
      await benchStore(place, { feeds, some });
    } finally {
      await place.remove();
    }
  }
}

async function benchStore(place: StorePlace, { feeds, some }: Omit<FeedsOptions, 'stores'>): Promise<void> {
  const settings = { storeUrl: place.storeUrl, feeds, some } satisfies FeedsSettings;
  const child = await startChild<FeedsAsked, FeedsTold>(CHILD, settings);
  const empty = await bytesOf(place);
  tellRate('added', await child.ask({ ask: 'add' }));
  const feed = ((await bytesOf(place)) - empty) / feeds;
  await benchChecks(child);
  tellRate('planned', await child.ask({ ask: 'plan' }));
  const slot = await growth(place, child, 'bare');
  const paper = ((await growth(place, child, 'full')) - slot) / PAPERS_A_LIST;
  const { memory } = await child.ask({ ask: 'end' });
  await child.over;
  tellSizes({ feed, slot, paper }, feeds);
  const server = place.memoryMb();
  const inServer = server === undefined ? '' : `, ${shownMb(server)} in its server`;
  console.log(`    at most ${shownMb(memory?.peakMb)} in the process${inServer}`);
}

/** Bytes that each edition adds. */
async function growth(place: StorePlace, child: FeedsProcess, ask: 'bare' | 'full'): Promise<number> {
  const before = await bytesOf(place);
  const { count } = await child.ask({ ask });
  return ((await bytesOf(place)) - before) / count;
}

async function benchChecks(child: FeedsProcess): Promise<void> {
  const none: number[] = [];
  for (let check = 0; check < CHECKS; check += 1) none.push((await child.ask({ ask: 'none' })).tookMs);
  tellTime('due check, none due', median(none));
  for (const ask of ['some', 'all'] as const) {
    const { count, tookMs, memory } = await child.ask({ ask });
    tellTime(`due check, ${shown(count)} due`, tookMs, `${shownMb(memory?.peakMb)} so far`);
  }
  tellTime('all woken', (await child.ask({ ask: 'wake' })).tookMs);
  const { count, tookMs } = await child.ask({ ask: 'look' });
  tellTime(`${shown(count)} looked at, none due`, tookMs, 'as a start does with each');
}

function tellTime(what: string, tookMs: number, note = ''): void {
  const time = tookMs < 1000 ? `${tookMs.toFixed(1)} ms` : `${(tookMs / 1000).toFixed(1)} s`;
  console.log(`    ${what.padEnd(34)} ${time.padStart(10)}  ${note}`.trimEnd());
}

function tellRate(what: string, { count, tookMs }: FeedsTold): void {
  console.log(`    ${`${shown(count)} ${what}`.padEnd(34)} ${shown((count / tookMs) * 1000).padStart(8)}/s`);
}

async function bytesOf(place: StorePlace): Promise<number> {
  return [...(await place.sizes()).values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** In bytes: a feed, a slot with all that is left of its edition, and a paper that it considered. */
interface Sizes {
  feed: number;
  slot: number;
  paper: number;
}

function tellSizes({ feed, slot, paper }: Sizes, feeds: number): void {
  const year = feed + SLOTS_KEPT * slot + EDITIONS_A_YEAR * PAPERS_A_LIST * paper;
  console.log(
    `    bytes: ${shown(feed)} a feed, ${shown(slot)} a slot with its message, ${paper.toFixed(1)} a paper considered`,
  );
  const gigabytes = (bytes: number) => `${((feeds * bytes) / 1e9).toFixed(1)} GB`;
  console.log(
    `    after a year of ${shown(feeds)} daily feeds: ${gigabytes(year)}, of which ${gigabytes(SLOTS_KEPT * slot)} are the slots of 90 days`,
  );
}
