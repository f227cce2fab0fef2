import type { Card, CardEntry } from '../../../src/domain/card.ts';
import type { Author, Paper, PaperId } from '../../../src/domain/paper.ts';
import { nameOf, sentenceOf } from '../../../src/paper-lines.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { AUTHORS_SHOWN, ROOM } from './view-paper.ts';

/** A card with no more than is drawn of it: each reader's delivery keeps one. */
export interface KeptCard {
  card: Card;
  /** See `MailPayload`. */
  others?: Record<PaperId, number>;
}

/** Of a list's papers what a list shows; other cards stay as they are. */
export function keptCard(card: Card): KeptCard {
  if (card.kind !== 'list') return { card };
  const { actions: _actions, ping: _ping, ...rest } = card;
  const entries = card.sections.flatMap((section) => section.entries);
  const counted = entries.flatMap(({ paper: { id, authors = [] } }): [PaperId, number][] => {
    const others = authors.length - AUTHORS_SHOWN;
    return others > 0 ? [[id, others]] : [];
  });
  const sections = card.sections.map((section) => ({ ...section, entries: section.entries.map(keptEntry) }));
  return {
    card: { ...rest, sections },
    ...(counted.length > 0 ? { others: Object.fromEntries(counted) } : {}),
  };
}

function keptEntry(entry: CardEntry): CardEntry {
  return { ...entry, paper: withSentence(keptPaper(entry.paper), sentenceOf(entry.paper), ROOM.sentence) };
}

function keptPaper(paper: Paper): Paper {
  const { abstract: _abstract, submittedBy: _submittedBy, listedOn: _listedOn, authors, ...rest } = paper;
  const some = authors && { authors: authors.slice(0, AUTHORS_SHOWN).map(keptAuthor) };
  return { ...rest, title: shorten(nameOf(paper), ROOM.name, 'characters'), keywords: [], ...some };
}

function keptAuthor({ name }: Author): Author {
  return { name: shorten(plain(name), ROOM.author, 'characters') };
}

/** A paper whose sentence takes no more than so many UTF-16 code units. */
export function withSentence(paper: Paper, sentence: string, room: number): Paper {
  return sentence === '' ? paper : { ...paper, summary: shorten(sentence, room, 'characters') };
}
