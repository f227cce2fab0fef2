import type { Card } from '../../../src/domain/card.ts';
import { nameOf, sentenceOf } from '../../../src/paper-lines.ts';
import { isolated, plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';

/** Stands where nothing can be seen. */
const NAMELESS = 'Paperwire';
/** In UTF-16 code units; mail programs show no more. */
const ROOM = { subject: 150, preheader: 140 } as const;
/** Papers that stand in what is shown beside the subject; more have no room there. */
const MOST_NAMED = 4;

/** One line of text that is seen: no header can follow in it. Never empty. */
export function subjectOf(card: Card): string {
  const line = shorten(
    plain(card.kind === 'paper' ? nameOf(card.entry.paper) : card.title),
    ROOM.subject,
    'characters',
  );
  return isolated(line, line) || NAMELESS;
}

/** What mail programs show beside the subject before the mail is opened; may be empty. */
export function preheaderOf(card: Card): string {
  return shorten(plain(beginningOf(card)), ROOM.preheader, 'characters');
}

function beginningOf(card: Card): string {
  switch (card.kind) {
    case 'list': {
      const papers = card.sections.flatMap(({ entries }) => entries.slice(0, MOST_NAMED));
      return papers
        .slice(0, MOST_NAMED)
        .map(({ paper }) => nameOf(paper))
        .join(' · ');
    }
    case 'paper':
      return sentenceOf(card.entry.paper);
    case 'text':
    case 'panel':
      return card.paragraphs[0] ?? '';
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}
