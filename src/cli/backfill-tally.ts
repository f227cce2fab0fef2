import { bar } from '../../adapters/terminal/progress.ts';
import { addDays, type Day, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import { hasDailyList } from '../domain/listing.ts';
import type { PaperId } from '../domain/paper.ts';
import { type BackfillStep, PACE_MS } from '../pipeline/backfill.ts';
import { count } from '../texts/en/count.ts';

/** What has become of the days of a backfill so far. */
export interface Tally {
  from: Day;
  to: Day;
  /** Every day of the period that may have a list, oldest first. */
  days: readonly Day[];
  /** Days that are done, whatever came of them. */
  done: number;
  /** Days that the source was asked for. */
  read: number;
  lists: number;
  papers: Set<PaperId>;
  /** Papers that the archive did not have. */
  newPapers: number;
  withoutList: Day[];
  /** Days of which the archive knows nothing for certain. */
  missing: Set<Day>;
}

export function createTally(from: Day, to: Day): Tally {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (hasDailyList(day)) days.push(day);
  const none = { done: 0, read: 0, lists: 0, newPapers: 0 };
  return { from, to, days, ...none, papers: new Set(), withoutList: [], missing: new Set(days) };
}

/** Takes note of a step. */
export function enter(step: BackfillStep, tally: Tally): void {
  if (step.kind === 'waits' || step.kind === 'failed') return;
  tally.done += 1;
  if (step.kind !== 'known') tally.read += 1;
  if (step.kind === 'doubtful') return;
  const { day, paperIds, newPapers } = step;
  tally.missing.delete(day);
  tally.newPapers += newPapers;
  if (paperIds.length === 0) tally.withoutList.push(day);
  else tally.lists += 1;
  for (const id of paperIds) tally.papers.add(id);
}

/** `[####------------] 2024-03-11: 212 of 929 days, 5812 papers, 17 min left`. `sinceMs`: since it began. */
export function standing({ day, left }: BackfillStep, tally: Tally, sinceMs: number): string {
  const { days, done, read, papers } = tally;
  const eachMs = read === 0 ? PACE_MS : sinceMs / read;
  const counted = `${done} of ${count(days.length, 'day')}, ${count(papers.size, 'paper')}`;
  const end = left === 0 ? '' : `, ${lengthText(left * eachMs)} left`;
  return `${bar(done / days.length)} ${day}: ${counted}${end}`;
}

/** How long something takes, rounded up: `40 s`, `17 min`, `2 h 5 min`. */
export function lengthText(durationMs: number): string {
  if (durationMs < 90 * SECOND_MS) return `${Math.ceil(durationMs / SECOND_MS)} s`;
  const minutes = Math.ceil(durationMs / MINUTE_MS);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** All of it in a line. */
export function summary(tally: Tally): string {
  const { from, to, days, lists, papers, newPapers, withoutList, missing } = tally;
  const found = `${count(lists, 'list')} with ${count(papers.size, 'paper')}, ${newPapers} of them new`;
  const none = `${count(withoutList.length, 'day')} without a list`;
  const rest = missing.size === 0 ? '' : `; ${count(missing.size, 'day')} missing`;
  return `${from} to ${to}: ${count(days.length, 'day')}, ${found}; ${none}${rest}.`;
}

/** The same for programs; days oldest first. */
export function toJson({ from, to, days, lists, papers, newPapers, withoutList, missing }: Tally) {
  return {
    from,
    to,
    days: days.length,
    lists,
    papers: papers.size,
    newPapers,
    withoutList,
    missing: [...missing],
  };
}
