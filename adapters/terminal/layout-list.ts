import type { CardEntry, ListCard } from '../../src/domain/card.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { firstSentence } from '../../src/text/shorten.ts';
import { figures, pageOf, titleOf } from './figures.ts';
import { clip, type Line, type Span, span, widthOf } from './spans.ts';
import { indent, pack, wrap } from './wrap.ts';

/** No title of a real paper comes near. */
const TITLE_COLUMNS = 400;
/** Four lines of 80 columns hold nearly every summary whole; some are five times as long. */
const SUMMARY_COLUMNS = 300;

/** Papers one under the other, numbered, each with its figures and one sentence. */
export function layOutList(card: ListCard, columns: number, hasLinks: boolean): Line[] {
  const sections = card.sections.filter(({ entries }) => entries.length > 0);
  const largest = Math.max(0, ...sections.flatMap(({ entries }) => entries.map(({ number }) => number)));
  const margin = `${largest}. `.length;
  return [
    ...wrap(span(card.title, 'heading'), columns),
    ...(card.subtitle === undefined ? [] : wrap(span(card.subtitle, 'faint'), columns)),
    ...sections.flatMap(({ heading, entries }) => [
      ...(heading === undefined ? [] : [[], ...wrap(span(heading, 'heading'), columns)]),
      ...entries.flatMap((entry) => [[], ...layOutEntry(entry, margin, columns, hasLinks)]),
    ]),
    ...(card.notes.length > 0 ? [[]] : []),
    ...card.notes.flatMap((note) => wrap(span(note, 'faint'), columns)),
  ];
}

function layOutEntry(entry: CardEntry, margin: number, columns: number, hasLinks: boolean): Line[] {
  const { number, paper, reason } = entry;
  const room = columns - margin;
  const mark: Span = { text: `${number}.`.padStart(margin - 1), tone: 'faint' };
  const title = titleOf(paper);
  const sentence = sentenceOf(paper);
  const body = [
    ...wrap({ ...title, text: clip(title.text, TITLE_COLUMNS) }, room),
    ...pack(figures(paper), room),
    ...(reason === undefined ? [] : wrap(span(`↳ ${reason}`, 'reason'), room)),
    ...(sentence === '' ? [] : wrap(span(sentence), room)),
  ];
  const page = hasLinks ? undefined : pageOf(paper);
  return [...indent(body, margin, mark), ...(page === undefined ? [] : [addressLine(page, margin, columns)])];
}

/** An address is not broken; one that does not fit gives up its margin first. */
function addressLine(address: string, margin: number, columns: number): Line {
  const room = margin + widthOf(address) <= columns ? margin : 0;
  return [{ text: ' '.repeat(room) }, { text: address, tone: 'faint' }];
}

/** What the paper is about; the abstract begins with it where nobody has written a summary. */
function sentenceOf({ summary, abstract }: Paper): string {
  const said = span(summary ?? '').text || firstSentence(span(abstract ?? '').text, SUMMARY_COLUMNS);
  return clip(said, SUMMARY_COLUMNS);
}
