import type { Clock } from '../../src/clock.ts';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Source } from '../../src/source.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';

/** The first day with a list, a Monday; the next one is the last. */
export const FIRST_DAY: Day = '2026-11-23';
export const SECOND_DAY: Day = addDays(FIRST_DAY, 1);

/** Papers that a list opens with; the usual number is 27. */
const OPENING_SIZE = 20;

const own = (from: number, count: number): Paper[] =>
  somePapers(
    '2611',
    Array.from({ length: count }, (_, index) => 90 - index),
    from,
  );

const FIRST = own(1, OPENING_SIZE);
/** They join the first list after its edition. */
const LATE = own(101, 2);
/** Two papers of the first list come back on the second. */
const SECOND = [...own(201, OPENING_SIZE), ...FIRST.slice(0, 2)];

/** Every paper that a feed has to post by the end of the second day; none of them twice. */
export const ALL_PAPERS: readonly Paper[] = [...new Set([...FIRST, ...LATE, ...SECOND])];

/** Two days' lists as they stand at the present day of a clock; it does not move on to the next day by itself. */
export function createBotSource(clock: Clock): Source {
  const source = createMemorySource(clock);
  const isSecondDay = clock.now() >= SECOND_DAY;
  source.set({ kind: 'daily', key: FIRST_DAY }, isSecondDay ? [...FIRST, ...LATE] : FIRST);
  if (isSecondDay) source.set({ kind: 'daily', key: SECOND_DAY }, SECOND);
  return source;
}
