import type { Reading } from '../src/abilities.ts';
import type { Reply } from '../src/command.ts';
import { WEEKDAYS, type Weekday } from '../src/domain/calendar.ts';
import type { Card, TextCard } from '../src/domain/card.ts';
import type { Paper } from '../src/domain/paper.ts';
import { listingTitle } from '../src/domain/title.ts';

/** A reply that did what was asked, seen by the caller only. */
export function answer(cards: Card[], data?: unknown): Reply {
  return { visibility: 'private', cards, outcome: 'done', ...(data === undefined ? {} : { data }) };
}

/** A card of words. */
export function text(title: string, paragraphs: string[], rows?: TextCard['rows']): TextCard {
  return { kind: 'text', title, paragraphs, ...(rows ? { rows } : {}) };
}

/** A listing as one card, numbered in the given order. The bundled sample never goes by the name of a real list. */
export function listCard(papers: readonly Paper[], reading: Reading): Card {
  const { fetched, state } = reading;
  const isSample = fetched.way === 'sample';
  const title = isSample ? 'A sample of papers, as no real list can be had' : listingTitle(fetched.listing);
  const total = fetched.papers.length;
  const counted = papers.length < total ? `${papers.length} of ${total} papers` : count(total, 'paper');
  const shown = ['archive', 'sample'].includes(fetched.way) ? ` · from the ${fetched.way}` : '';
  const notes = fetched.warnings.map(({ message }) => message);
  return {
    kind: 'list',
    title,
    subtitle: `${counted}${state === 'short' ? ' so far: the list is still short' : ''}${shown}`,
    sections: [{ entries: papers.map((paper, index) => ({ number: index + 1, paper })) }],
    notes,
  };
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `mon–fri`, `daily`, `mon, wed`. */
export function daysText(days: readonly Weekday[]): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === WEEKDAYS.length) return 'every day';
  if (sorted.join() === WEEKDAYS.slice(0, 5).join()) return 'Monday to Friday';
  return sorted.join(', ');
}
