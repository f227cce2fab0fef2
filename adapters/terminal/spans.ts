import stringWidth from 'string-width';
import { inert } from './inert.ts';

/** What a piece of text is; `paint.ts` decides what that looks like. */
export type Tone = 'heading' | 'title' | 'votes' | 'label' | 'reason' | 'faint';

/** A piece of one line. Made by `span`, so its text is inert. */
export interface Span {
  text: string;
  tone?: Tone;
  /** Where a click leads; a safe address. */
  url?: string;
}

/** One line on the screen; empty for a blank one. */
export type Line = Span[];

export function span(text: string, tone?: Tone, url?: string): Span {
  return { text: inert(text), ...(tone && { tone }), ...(url !== undefined && { url }) };
}

/** Columns that a text takes: wide characters and emoji two, combining marks none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The text in at most `columns`, cut at the end of a word where one is near, with an ellipsis. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let cut = '';
  let used = 1;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme);
    if (used > columns) {
      // A space after the cut: it is the end of a word already.
      if (grapheme !== ' ') cut = atWord(cut);
      break;
    }
    cut += grapheme;
  }
  return `${cut.replace(/[\s,;:.–—-]+$/u, '')}…`;
}

function atWord(cut: string): string {
  const space = cut.lastIndexOf(' ');
  return space > cut.length * 0.7 ? cut.slice(0, space) : cut;
}
