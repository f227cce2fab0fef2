import { addMs, HOUR_MS, type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Edition, papersOf, type Slot, type SlotRecord } from '../domain/edition.ts';
import { listingTitle } from '../domain/title.ts';
import { nextLookMs } from './retry.ts';
import type { DueSlot } from './run.ts';
import type { Stop } from './step.ts';
import { LOOK_AGAIN_AFTER_REFUSAL_MS } from './suspend.ts';

/** After an error of our own a slot is tried again this late. */
const AFTER_FAULT_MS = 10 * MINUTE_MS;
/** A slot that could not be begun is looked at again this late. */
const UNTOUCHED_MS = MINUTE_MS;

/** How a slot stands, without which slot it is. */
export type SlotReport = Pick<
  SlotRecord,
  'state' | 'sentence' | 'waitingSinceAt' | 'lookAgainAt' | 'isPlanned'
>;

/** What became of a slot whose deliveries have all been tried; its edition is missing when its record was damaged. */
export function outcomeOf(edition: Edition | undefined, deliveries: readonly Delivery[]): SlotReport {
  const lost = deliveries.filter(({ state }) => state !== 'sent');
  if (lost.length > 0) return { state: 'incomplete', sentence: incompleteSentence(lost, deliveries.length) };
  if (!edition) return { state: 'posted', sentence: 'As planned; the record of what it showed was damaged.' };
  const papers = papersOf(edition).length;
  if (papers === 0) return { state: 'nothing-new', sentence: nothingSentence(edition) };
  const what = edition.listings.map(listingTitle).join(', ') || 'Papers of earlier lists';
  const counted = `${papers} ${papers === 1 ? 'paper' : 'papers'}. ${what}.`;
  return edition.isSoFar
    ? {
        state: 'posted-so-far',
        sentence: `${counted} A list was not complete; what joins it comes in the next edition.`,
      }
    : { state: 'posted', sentence: counted };
}

function incompleteSentence(lost: readonly Delivery[], all: number): string {
  const counts = (['refused', 'uncertain', 'dismissed'] as const)
    .map((state) => [lost.filter((delivery) => delivery.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`);
  const reasons = [...new Set(lost.flatMap(({ reason }) => reason ?? []))];
  return `Of ${all} ${all === 1 ? 'message' : 'messages'} ${counts.join(' and ')}. ${reasons.join(' ')}`.trim();
}

function nothingSentence({ listings }: Edition): string {
  if (listings.length === 0) return 'There is no list that has not been posted.';
  return `${listings.map(listingTitle).join(', ')}: nothing that has not been posted or filtered out.`;
}

/** How an overtaken slot is recorded: it gets no edition of its own any more, as its lists come in the newer one's. */
export function closedBy(
  newer: Slot,
  { feedId, day, dueAt, sentence: why }: SlotRecord,
  at: Instant,
): SlotRecord {
  const sentence = `It did not go out; the edition of ${newer.day} takes its lists. ${why}`.trim();
  return { feedId, day, dueAt, state: 'failed', sentence, changedAt: at };
}

/** Since when the feed waits for an edition, be it this one or one that it takes over. */
export function lateness({ overtakes = [] }: DueSlot): { waitingSinceAt?: Instant } {
  const [since] = overtakes.flatMap(({ waitingSinceAt }) => waitingSinceAt ?? []).sort();
  return since === undefined ? {} : { waitingSinceAt: since };
}

/** How a slot stands that could not be begun. */
export function untouched(due: Pick<DueSlot, 'slot'>, sentence: string, at: Instant): SlotRecord {
  return { ...due.slot, state: 'due', sentence, changedAt: at, lookAgainAt: addMs(at, UNTOUCHED_MS) };
}

/** How a slot stands that the run has had no time for: it is due as before. */
export function leftOver(due: Pick<DueSlot, 'slot'>, at: Instant): SlotRecord {
  const { dueAt } = due.slot;
  return { ...untouched(due, 'Others went out first; its turn comes next.', at), lookAgainAt: dueAt };
}

/** How a slot stands from its plan on, until its messages are out; `lookAgainAt`: should nobody have posted it by then. */
export function beingPosted(due: DueSlot, at: Instant, lookAgainAt: Instant): SlotReport {
  const since = [due.before?.waitingSinceAt, lateness(due).waitingSinceAt, at];
  const [waitingSinceAt = at] = since.filter((one) => one !== undefined).sort();
  return { state: 'waiting', sentence: 'It is being posted.', waitingSinceAt, lookAgainAt, isPlanned: true };
}

/** An edition that is planned and not out: it stays in this state until it is. */
export function stoppedReport(
  { before, feed }: Pick<DueSlot, 'before' | 'feed'>,
  stop: Stop,
  at: Instant,
  random: () => number,
): SlotReport {
  const waiting = before?.waitingSinceAt ?? at;
  const waitingSinceAt = waiting > at ? at : waiting;
  const kept = { state: 'waiting', isPlanned: true, waitingSinceAt } as const;
  if (stop.kind === 'closed') {
    const sentence = `${stop.error.message} It is tried again daily.`;
    return { ...kept, sentence, lookAgainAt: addMs(at, LOOK_AGAIN_AFTER_REFUSAL_MS) };
  }
  const patienceMs = msBetween(at, addMs(waitingSinceAt, feed.patienceHours * HOUR_MS));
  const restMs = nextLookMs(msBetween(waitingSinceAt, at), random);
  // A look at the end of patience, so that the alarm comes in time.
  const afterMs = stop.afterMs ?? (patienceMs > 0 ? Math.min(restMs, patienceMs) : restMs);
  return { ...kept, sentence: stop.reason, lookAgainAt: addMs(at, afterMs) };
}

/** A fault of ours is retried as long as the feed's patience lasts, then it stands as the outcome: not of what is planned. */
export function faultReport(
  { feed, before }: Pick<DueSlot, 'before' | 'feed'>,
  at: Instant,
  error: unknown,
): SlotReport {
  const waitingSinceAt = before?.waitingSinceAt ?? at;
  const sentence = `An unexpected fault: ${error instanceof Error ? error.message : String(error)}`;
  const isOver = at >= addMs(waitingSinceAt, feed.patienceHours * HOUR_MS);
  const kept = before?.isPlanned ? ({ isPlanned: true } as const) : {};
  if (isOver && !before?.isPlanned) return { state: 'failed', sentence, waitingSinceAt };
  return { state: 'waiting', sentence, waitingSinceAt, lookAgainAt: addMs(at, AFTER_FAULT_MS), ...kept };
}
