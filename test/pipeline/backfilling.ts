import type { Day, Instant } from '../../src/domain/calendar.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { silentLog } from '../../src/log.ts';
import { type BackfillStep, backfill } from '../../src/pipeline/backfill.ts';
import type { FetchDependencies } from '../../src/pipeline/fetch.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';

export const NOW: Instant = '2026-11-23T12:00:00.000Z';
export const [MON, TUE, WED] = ['2026-11-16', '2026-11-17', '2026-11-18'] as const;
export const WEEK = [MON, TUE, WED];

export const daily = (key: Day): Listing => ({ kind: 'daily', key });
export const papersOf = (day: Day) => somePapers('2611', [3, 2, 1], Number(day.slice(8)) * 10);
export const idsOf = (day: Day) => papersOf(day).map(({ id }) => id);

/** An empty archive, and a source that has the lists of three days. */
export async function openArchive() {
  const clock = createFakeClock(NOW);
  const source = createMemorySource(clock);
  for (const day of WEEK) source.set(daily(day), papersOf(day));
  const store = await openStore('memory:', { clock, log: silentLog });
  return { clock, source, store, log: silentLog };
}

/** Every step; `onStep` may change the world between them. */
export async function steps(
  days: readonly Day[],
  dependencies: FetchDependencies,
  onStep: (step: BackfillStep) => void = () => {},
  signal?: AbortSignal,
): Promise<BackfillStep[]> {
  const seen: BackfillStep[] = [];
  for await (const step of backfill(days, dependencies, signal)) {
    seen.push(step);
    onStep(step);
  }
  return seen;
}

export const kinds = (seen: readonly BackfillStep[]) => seen.map(({ kind }) => kind);
