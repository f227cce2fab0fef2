import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { addDays, addMs, DAY_MS, type Day } from '../../src/domain/calendar.ts';
import { type Delivery, deliveryId, type Json } from '../../src/domain/delivery.ts';
import { type Consideration, type Edition, type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { hasDailyList, type Listing, listingId } from '../../src/domain/listing.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { createRandom } from '../fakes/random.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { listedPaper } from './listed-paper.ts';
import { heading } from './measure.ts';

const ALL_FEEDS = 1000;
const FIRST_DAY = '2026-01-01';
const DAYS = 365;
const PAPERS_A_LIST = 27;
const POSTED = 10;
const OUTCOMES_KEPT_DAYS = 90;

/** How large the store is after a year of daily feeds; fewer feeds than all are scaled up. */
export async function benchYear(feedCount: number = ALL_FEEDS / 10): Promise<void> {
  heading(`Store of a year with ${ALL_FEEDS.toLocaleString('en')} daily feeds (aim ≤ 500 MB)`);
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const file = join(folder, 'paperwire.db');
  const startMs = performance.now();
  try {
    const database = openDatabase(file);
    // It is the size that counts here, not what a write costs.
    database.exec('PRAGMA synchronous = OFF');
    const editions = await liveThroughYear(database, feedCount);
    const sizes = sizesOf(database, ALL_FEEDS / feedCount);
    database.close();
    const seconds = (performance.now() - startMs) / 1000;
    const built = `${feedCount} feeds, ${editions.toLocaleString('en')} editions built in ${seconds.toFixed(0)} s`;
    console.log(`  ${built}: a file of ${megabytes(statSync(file).size)}`);
    printSizes(sizes, feedCount === ALL_FEEDS ? '' : ' (scaled)');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Posts every list of the year to every feed and forgets what is old each day. Out: how many editions. */
async function liveThroughYear(database: DatabaseSync, feedCount: number): Promise<number> {
  const clock = createFakeClock(`${FIRST_DAY}T09:00:00.000Z`);
  const store = createSqliteStore(database, { clock, log: silentLog });
  const words = createWords();
  const feeds = Array.from({ length: feedCount }, (_, index) => aFeed({ id: `feed${1000 + index}` }));
  for (const feed of feeds) {
    await store.saveFeed(feed, clock.now());
    await store.ledger.claim(`feed:${feed.id}`, 'run', 2 * DAYS * DAY_MS);
  }
  let editions = 0;
  for (let count = 0; count < DAYS; count += 1) {
    const day = addDays(FIRST_DAY, count);
    clock.set(`${day}T09:00:00.000Z`);
    if (hasDailyList(day)) {
      const considered = await archiveList(store, day, words);
      for (const feed of feeds) await post({ store, clock, words }, feed, considered);
      editions += feeds.length;
    }
    const outcomesBefore = addMs(clock.now(), -OUTCOMES_KEPT_DAYS * DAY_MS);
    while (await store.forget({ outcomesBefore }));
  }
  return editions;
}

/** Out: what each feed makes of the day's list. */
async function archiveList(store: Store, day: Day, words: Words): Promise<Consideration[]> {
  const listing: Listing = { kind: 'daily', key: day };
  const month = `${day.slice(2, 4)}${day.slice(5, 7)}`;
  const papers = Array.from({ length: PAPERS_A_LIST }, (_, index) =>
    listedPaper(day, words, { id: `${month}.${day.slice(8)}${100 + index}`, upvotes: index }),
  );
  const fetchedAt = `${day}T08:00:00.000Z`;
  const paperIds = papers.map(({ id }) => id);
  await store.archive(
    { listing, paperIds, way: 'api', fetchedAt, sizes: [{ ageHours: 11.5, size: papers.length }] },
    papers.map((paper) => ({ paper, firstSeenAt: fetchedAt, listings: [listingId(listing)] })),
  );
  return paperIds.map((paperId, index) => ({
    paperId,
    listing,
    fate: index < POSTED ? 'posted' : 'left-out',
  }));
}

/** Everything that one edition leaves in the store, from the plan to the brought-up-to-date card. */
async function post(
  { store, clock, words }: { store: Store; clock: FakeClock; words: Words },
  feed: Feed,
  considered: Consideration[],
): Promise<void> {
  const at = clock.now();
  const { edition, slot, delivery } = anEdition(feed, at, considered, words);
  const claim = { key: `feed:${feed.id}`, owner: 'run' };
  const refreshAt = addMs(at, DAY_MS);
  await store.plan({ slot, edition, considered, deliveries: [delivery], refreshAt, claim });
  await store.ledger.moveDelivery(delivery.id, 'planned', { state: 'sending', changedAt: at });
  const sent = { state: 'sent', changedAt: at, messageId: String(1_300_000_000_000_000_000n) } as const;
  await store.ledger.moveDelivery(delivery.id, 'sending', sent);
  const sentence = `${POSTED} papers. Papers of ${slot.day}.`;
  await store.ledger.putSlot({ ...slot, state: 'posted', sentence });
  await store.ledger.setRefresh(edition.id, undefined);
}

function anEdition(feed: Feed, at: string, considered: Consideration[], words: Words) {
  const day = at.slice(0, 10);
  const slot = { feedId: feed.id, day, dueAt: at };
  const id = slotId(slot);
  const paperIds = considered.slice(0, POSTED).map(({ paperId }) => paperId);
  const listing: Listing = { kind: 'daily', key: day };
  const revisited = [1, 2].map((back): Listing => ({ kind: 'daily', key: addDays(day, -back) }));
  const edition: Edition = {
    id,
    slot,
    plannedAt: at,
    layout: 'digest',
    isSoFar: false,
    sections: [{ kind: 'list', listing, paperIds }],
    listings: [listing],
    revisited,
    awaited: [],
  };
  const { destination } = feed;
  const payload = aDigest(paperIds, day, words);
  const planned = { destination, payload, state: 'planned', changedAt: at } as const;
  const delivery: Delivery = { id: deliveryId(id, 0), slotId: id, position: 0, ...planned };
  const record: SlotRecord = {
    ...slot,
    state: 'due',
    sentence: 'It is time.',
    changedAt: at,
    isPlanned: true,
  };
  return { edition, delivery, slot: record };
}

/** A message of about 7,000 characters in the manner of a platform: text, links and a select. */
function aDigest(paperIds: readonly string[], day: Day, words: Words): Json {
  const shown = paperIds.map((id, index) => {
    const [title, votes] = [words(11), 10 + ((index * 37) % 90)];
    const content = `**${index + 1}. [${title}](https://huggingface.co/papers/${id})**\n▲ ${votes} · ${words(2)}, ${words(2)}\n${words(43)}`;
    return { id, title, content };
  });
  const options = shown.map(({ id, title }) => ({ label: title, value: id, description: words(6) }));
  return {
    flags: 32_768,
    allowed_mentions: { parse: [] },
    components: [
      ...shown.map(({ content }) => ({ type: 10, content })),
      { type: 1, components: [{ type: 3, custom_id: `paper:${day}`, options }] },
    ],
  };
}

/** So many words in a row. */
export type Words = (count: number) => string;

/**
 * Invented words as long and as unevenly frequent as those of English, never the same text twice. Digests made of them
 * compress to 0.37 of their size; digests made of real lists do to 0.38.
 */
export function createWords(): Words {
  const random = createRandom(20_261_123);
  const letters = 'etaoinshrdlucmfwypvbgkjqxz';
  const letter = () => letters[Math.floor(letters.length * random() ** 1.8)];
  const vocabulary = Array.from({ length: 12_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 9) }, letter).join(''),
  );
  // Zipf: a word is as rare as its rank is high.
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1];
  return (count) => Array.from({ length: count }, word).join(' ');
}

interface Size {
  table: string;
  bytes: number;
}

/** Every table with its indices; what grows with the feeds is scaled. Largest first. */
function sizesOf(database: DatabaseSync, scale: number): Size[] {
  const rows = database
    .prepare(
      `SELECT coalesce(tbl_name, 'sqlite_schema') AS table_name, sum(pgsize) AS bytes
       FROM dbstat LEFT JOIN sqlite_schema USING (name) GROUP BY 1`,
    )
    .all();
  const share = editionShare(database);
  const sizes = rows.flatMap(({ table_name, bytes }): Size[] => {
    const [table, size] = [String(table_name), Number(bytes)];
    if (table !== 'records') return [{ table, bytes: FIXED.includes(table) ? size : size * scale }];
    return [
      { table: 'records: editions', bytes: size * share * scale },
      { table: 'records: archive and feeds', bytes: size * (1 - share) },
    ];
  });
  const free = Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count) * 4096;
  return [...sizes, { table: 'free pages', bytes: free * scale }].sort(
    (one, other) => other.bytes - one.bytes,
  );
}

/** Tables that do not grow with the feeds. */
const FIXED = ['archive_sequence', 'seen', 'considered_papers', 'considered_decisions', 'sqlite_schema'];

/** How much of the records is editions. */
function editionShare(database: DatabaseSync): number {
  const row = database
    .prepare(
      `SELECT sum(length(value)) FILTER (WHERE namespace = 'editions') * 1.0 / sum(length(value)) AS share
       FROM records`,
    )
    .get();
  return Number(row?.share);
}

function printSizes(sizes: readonly Size[], note: string): void {
  const whole = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`  ${'all'.padEnd(52)} ${megabytes(whole).padStart(9)}${note}`);
  for (const { table, bytes } of sizes) {
    if (bytes > whole / 1000) console.log(`    ${table.padEnd(50)} ${megabytes(bytes).padStart(9)}`);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

if (import.meta.main) await benchYear(Number(process.argv[2] ?? ALL_FEEDS));
