import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Edition, papersOf, type Slot, type SlotRecord } from '../domain/edition.ts';
import { listingTitle } from '../domain/title.ts';

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
