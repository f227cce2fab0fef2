import { localTime } from '../../../src/domain/calendar.ts';
import type { CardRow } from '../../../src/domain/card.ts';
import { dayName } from '../../../src/domain/title.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import type { MailListing, MailOrder, Subscriber } from '../../../src/subscribers.ts';

/** What the lists are called where one is chosen. */
export const LISTINGS: Readonly<Record<MailListing, string>> = {
  daily: 'Each day’s papers, Monday to Friday',
  weekly: 'Each week’s papers, once it is over',
  monthly: 'Each month’s papers, once it is over',
};

/** An order as it is read back to whoever gave it. */
export function orderRows(order: MailOrder): CardRow[] {
  return rows(
    order,
    order.interests.map(({ label }) => label),
  );
}

/**
 * The same for whom it was perhaps given by somebody else, who must not put words of theirs into our mails: names of authors
 * and organisations are only counted.
 */
export function orderRowsForStranger(order: MailOrder): CardRow[] {
  const { interests } = order;
  const topics = BUILT_IN_TOPICS.filter(({ slug }) =>
    interests.some(({ kind, key }) => kind === 'topic' && key === slug),
  ).map(({ name }) => name);
  const others = interests.length - topics.length;
  return rows(order, others > 0 ? [...topics, `${others} more, which the page names`] : topics);
}

function rows({ listing, time, zone }: MailOrder, about: readonly string[]): CardRow[] {
  return [
    { name: 'List', value: LISTINGS[listing] },
    { name: 'When', value: `${time} ${zone}` },
    { name: 'About', value: about.length === 0 ? 'All papers of the list' : about.join(', ') },
  ];
}

/** When the next edition comes, as a sentence; `which`: `first`, `next`. */
export function comesNext({ nextDueAt, time, zone }: Subscriber, which: 'first' | 'next'): string {
  if (nextDueAt === undefined) return `The ${which} edition comes at ${time} ${zone}.`;
  const at = localTime(nextDueAt, zone);
  return `The ${which} edition comes on ${dayName(at.day)}, at ${at.time} ${zone}, if there are papers for it by then.`;
}
