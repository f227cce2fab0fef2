import type { Reading } from '../src/abilities.ts';
import type { Reply } from '../src/command.ts';
import { WEEKDAYS, type Weekday, weekdayOf } from '../src/domain/calendar.ts';
import type { Card, ListCard, TextCard } from '../src/domain/card.ts';
import type { Listing } from '../src/domain/listing.ts';
import type { Paper } from '../src/domain/paper.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';

/** A reply that did what was asked, seen by the caller only. */
export function answer(cards: Card[], data?: unknown): Reply {
  return { visibility: 'private', cards, outcome: 'done', ...(data === undefined ? {} : { data }) };
}

/** A card of words. */
export function text(title: string, paragraphs: string[], rows?: TextCard['rows']): TextCard {
  return { kind: 'text', title, paragraphs, ...(rows ? { rows } : {}) };
}

/** Papers of a listing as one card, numbered in the given order from `offset` on. The bundled sample never goes by the name of a real list. */
export function listCard(
  papers: readonly Paper[],
  reading: Reading,
  texts = textsFor(undefined),
  offset = 0,
): ListCard {
  const { fetched, state } = reading;
  const say = texts.listing;
  const total = fetched.papers.length;
  const counted = papers.length < total ? say.papersOf(papers.length, total) : say.papers(total);
  const shown = state === 'short' ? say.soFar(counted) : counted;
  const isSample = fetched.way === 'sample';
  const origin = isSample ? [say.fromSample] : fetched.way === 'archive' ? [say.fromArchive] : [];
  return {
    kind: 'list',
    title: isSample ? say.sample : titleOf(fetched.listing, texts),
    subtitle: [shown, ...origin].join(' · '),
    sections: [{ entries: papers.map((paper, index) => ({ number: offset + index + 1, paper })) }],
    notes: fetched.warnings.map(({ message }) => message),
  };
}

/** What a listing is called above its papers; in English as editions are (`domain/title.ts`). */
export function titleOf({ kind, key }: Listing, { listing: { titles, weekdays } }: Texts): string {
  if (kind === 'daily') return titles.daily(weekdays[weekdayOf(key)], key);
  return kind === 'trending' ? titles.trending : titles[kind](key);
}

/** `Monday to Friday`, `every day`, `mon, wed`. */
export function daysText(days: readonly Weekday[], { feed }: Texts): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === WEEKDAYS.length) return feed.everyDay;
  if (sorted.join() === WEEKDAYS.slice(0, 5).join()) return feed.weekdays;
  return sorted.map((day) => feed.days[day]).join(', ');
}
