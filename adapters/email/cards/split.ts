import type { Card, CardEntry, CardSection, ListCard, TextCard } from '../../../src/domain/card.ts';
import { sentenceOf } from '../../../src/paper-lines.ts';
import { firstFitting, splitEvenly } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { withSentence } from './keep.ts';
import { htmlLetter } from './letter.ts';
import { asText } from './topics.ts';
import { linesOf } from './view-paper.ts';

/**
 * Of a mail's HTML, in UTF-8. Undocumented: Gmail hides what is beyond some 102 kB of it
 * (https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html, read 2026-11-26).
 */
export const MAX_BYTES = 102_400;
/** Kept free for the end with each reader's own links. */
const END_BYTES = 8192;
/** What may be kept of each summary, from much to little. */
const SENTENCES = [600, 400, 300, 220, 160, 120] as const;
const LEAST_SENTENCE = 120;
/** A title leaves room for the number behind it. */
const TITLE = 140;

/** A card as cards that each fit into a mail, numbered where there are several; at least one. */
export function split(card: Card): Card[] {
  switch (card.kind) {
    case 'list':
      return fits(card) ? [card] : splitList(card);
    case 'text':
      return fits(card) ? [card] : splitText(card);
    case 'panel':
      return fits(card) ? [card] : splitText(asText(card));
    case 'paper':
      // It fits with everything at its longest.
      return [card];
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}

/** True where it fits into one mail, whoever reads it. */
function fits(card: Card): boolean {
  return Buffer.byteLength(htmlLetter({ form: 1, card })) <= MAX_BYTES - END_BYTES;
}

/** A paper with the section that it stands in. */
interface Item {
  section: CardSection;
  entry: CardEntry;
}

/** All summaries become shorter first, and then the list goes on in another mail, whose summaries are as long as may be. */
function splitList(card: ListCard): ListCard[] {
  const items = card.sections.flatMap((section) => section.entries.map((entry) => ({ section, entry })));
  const { subtitle: _, notes, ...rest } = card;
  const groups = splitEvenly(items, Math.max(1, items.length), (some) =>
    fits({ ...card, title: numbered(card.title, 10, 10), sections: sectionsOf(some, LEAST_SENTENCE) }),
  );
  return groups.flatMap((some, index) => {
    const page = {
      ...(index === 0 ? card : rest),
      title: numbered(card.title, index + 1, groups.length),
      notes: index === groups.length - 1 ? notes : [],
    };
    return firstFitting(
      SENTENCES,
      (room) => [{ ...page, sections: sectionsOf(some, room) }],
      (built) => built.every(fits),
    );
  });
}

function sectionsOf(items: readonly Item[], room: number): CardSection[] {
  const sections = new Map<CardSection, CardSection>();
  for (const { section, entry } of items) {
    const part = sections.get(section) ?? { ...section, entries: [] };
    const paper = withSentence(entry.paper, sentenceOf(entry.paper), room);
    part.entries.push({ ...entry, paper });
    sections.set(section, part);
  }
  return [...sections.values()];
}

/** A line of a text: a paragraph, or a row. */
type Line = Pick<Required<TextCard>, 'paragraphs' | 'rows'>;

function splitText(card: TextCard): TextCard[] {
  const { actions, rows = [], ...rest } = card;
  const lines: Line[] = [
    ...card.paragraphs.flatMap(linesOf).map((paragraph) => ({ paragraphs: [paragraph], rows: [] })),
    ...rows.map((row) => ({ paragraphs: [], rows: [row] })),
  ];
  const groups = splitEvenly(lines, Math.max(1, lines.length), (some) =>
    fits({ ...card, title: numbered(card.title, 10, 10), ...joined(some) }),
  );
  return groups.map((some, index) => ({
    ...rest,
    title: numbered(card.title, index + 1, groups.length),
    ...joined(some),
    ...(actions !== undefined && index === groups.length - 1 ? { actions } : {}),
  }));
}

function joined(lines: readonly Line[]): Line {
  return {
    paragraphs: lines.flatMap(({ paragraphs }) => paragraphs),
    rows: lines.flatMap(({ rows }) => rows),
  };
}

/** The title with its mail's number behind it, where there are several. */
function numbered(title: string, number: number, of: number): string {
  return of === 1 ? title : `${shorten(plain(title), TITLE, 'characters')} (${number}/${of})`.trim();
}
