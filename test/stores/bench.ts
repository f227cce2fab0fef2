import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { addDays, addMs, DAY_MS, HOUR_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Plan, Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import {
  anEdition,
  aPlan,
  archived,
  deliveriesOf,
  MONDAY,
  RICH_PAPER,
  START,
} from '../contracts/store-samples.ts';
import { aFeed } from '../fixtures/feeds.ts';

/** One line of the result. */
export interface Measurement {
  what: string;
  /** Milliseconds a time, the median of all. */
  medianMs: number;
}

async function measure(
  what: string,
  times: number,
  work: (turn: number) => Promise<unknown>,
): Promise<Measurement> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const startMs = performance.now();
    await work(turn);
    taken.push(performance.now() - startMs);
  }
  taken.sort((one, other) => one - other);
  return { what, medianMs: taken[times >> 1] ?? 0 };
}

const ABSTRACT = 'We show that it works, and say how well, on what and why. '.repeat(25);
const paperAt = (index: number, upvotes = 1) =>
  archived({ ...RICH_PAPER, id: `2611.${10_000 + index}`, upvotes, abstract: ABSTRACT });

/** A plan of 10 papers that looked at 30. */
function aFullPlan(day: string): Plan {
  const ids = Array.from({ length: 30 }, (_, index) => paperAt(index).paper.id);
  const considered = ids.map((paperId) => ({ paperId, listing: MONDAY, fate: 'left-out' as const }));
  const section = { kind: 'list' as const, listing: MONDAY, paperIds: ids.slice(0, 10) };
  const edition = { ...anEdition('f0', day), sections: [section] };
  return aPlan(edition, { considered, deliveries: deliveriesOf(edition, 1) });
}

/** What the store costs, on a file in a new folder. */
export async function measureStore(store: Store): Promise<Measurement[]> {
  const { ledger } = store;
  const feeds = Array.from({ length: 10_000 }, (_, index) => aFeed({ id: `f${index}` }));
  for (const feed of feeds) await store.saveFeed(feed, addMs(START, HOUR_MS));
  const ids = feeds.map(({ id }) => id);
  const fifty = (upvotes: number) => Array.from({ length: 50 }, (_, index) => paperAt(index, upvotes));
  const plans = Array.from({ length: 300 }, (_, index) => aFullPlan(addDays('2026-01-01', index)));
  const paperIds = fifty(1).map(({ paper }) => paper.id);
  await ledger.claim('feed:f0', 'run', DAY_MS);
  return [
    await measure('plan an edition: 10 papers, 30 considered, 1 delivery', 300, async (turn) => {
      await store.plan(plans[turn] as Plan);
    }),
    await measure('archive 50 papers, all changed', 100, (turn) => store.archive(undefined, fifty(turn))),
    await measure('archive 50 papers, none changed', 100, () => store.archive(undefined, fifty(99))),
    await measure('read 50 papers', 100, () => store.papers.getMany(paperIds)),
    await measure('read what was considered of 50 papers', 100, () => ledger.considered('f0', paperIds)),
    await measure('10,000 feeds, none due', 100, () => ledger.feedsToWake(START)),
    await measure('10,000 feeds, all due', 20, () => ledger.feedsToWake(addMs(START, HOUR_MS))),
    await measure('wake 10,000 feeds', 20, (turn) => ledger.wakeAll(addMs(START, HOUR_MS + turn))),
    await measure('read 500 feeds', 20, (turn) =>
      store.feeds.getMany(ids.slice(turn * 500, turn * 500 + 500)),
    ),
    await measure('claim', 3000, (turn) => ledger.claim(`key ${turn}`, 'one', HOUR_MS)),
    await measure('move a delivery', 300, (turn) =>
      ledger.moveDelivery('f0@2026-01-01#0', turn === 0 ? 'planned' : 'sending', {
        state: 'sending',
        changedAt: addMs(START, turn),
      }),
    ),
    await measure('remove a feed', 20, (turn) => store.removeFeed(`f${turn}`)),
  ];
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  const store = await openStore(`sqlite:${join(folder, 'store.db')}`, { clock: systemClock, log: silentLog });
  for (const { what, medianMs } of await measureStore(store)) {
    console.log(
      `${medianMs.toFixed(2).padStart(8)} ms  ${Math.round(1000 / medianMs)
        .toLocaleString('en')
        .padStart(9)}/s  ${what}`,
    );
  }
  await store.close();
  rmSync(folder, { recursive: true });
}
