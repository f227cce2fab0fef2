import { clip, graphemes, type Line, lineWidth, type Span, widthOf } from './spans.ts';

/** What is not broken unless it is wider than a line. */
interface Token {
  text: string;
  width: number;
  /** A space belongs before it, except at the start of a line. */
  isSpaced: boolean;
}

/** Breaks a text into lines of at most `columns`, at least 2; one empty line for an empty text. */
export function wrap(span: Span, columns: number): Line[] {
  let text = '';
  let used = 0;
  const texts: string[] = [];
  for (const token of tokensOf(span.text).flatMap((one) => breakToken(one, columns))) {
    const gap = token.isSpaced && used > 0 ? ' ' : '';
    if (used > 0 && used + gap.length + token.width > columns) {
      texts.push(text);
      text = token.text;
      used = token.width;
    } else {
      text += gap + token.text;
      used += gap.length + token.width;
    }
  }
  return [...texts, text].map((one) => (one === '' ? [] : [{ ...span, text: one }]));
}

function tokensOf(text: string): Token[] {
  return text
    .split(/ +/)
    .filter((word) => word !== '')
    .flatMap((word) =>
      chunksOf(word).map((chunk, index) => ({ text: chunk, width: widthOf(chunk), isSpaced: index === 0 })),
    );
}

/** Chinese and Japanese have no spaces: a line may break on either side of a wide character. */
function chunksOf(word: string): string[] {
  if (/^\p{ASCII}*$/u.test(word)) return [word];
  const chunks: string[] = [];
  let wasWide = true;
  for (const grapheme of graphemes(word)) {
    const isWide = widthOf(grapheme) > 1;
    if (isWide || wasWide) chunks.push(grapheme);
    else chunks[chunks.length - 1] += grapheme;
    wasWide = isWide;
  }
  return chunks;
}

/** A word wider than a line becomes pieces as wide as it. */
function breakToken(token: Token, columns: number): Token[] {
  if (token.width <= columns) return [token];
  const pieces: Token[] = [];
  for (const text of graphemes(token.text)) {
    const last = pieces.at(-1);
    const width = widthOf(text);
    if (last && last.width + width <= columns) {
      last.text += text;
      last.width += width;
    } else pieces.push({ text, width, isSpaced: token.isSpaced && !last });
  }
  return pieces;
}

const SEPARATOR: Span = { text: ' · ', tone: 'faint' };

/** Sets pieces side by side with dots between them; each stays whole, shortened where it is wider than a line; empty ones are left out. */
export function pack(pieces: readonly Span[], columns: number): Line[] {
  const lines: Line[] = [];
  for (const piece of pieces.filter(({ text }) => text !== '')) {
    const fitted = { ...piece, text: clip(piece.text, columns) };
    const line = lines.at(-1);
    if (line && lineWidth([...line, SEPARATOR, fitted]) <= columns) line.push(SEPARATOR, fitted);
    else lines.push([fitted]);
  }
  return lines;
}

/** Moves lines to the right. `mark` stands before the first of them, in the room that this makes. */
export function indent(lines: readonly Line[], columns: number, mark?: Span): Line[] {
  return lines.map((line, index) => {
    const first = index === 0 ? mark : undefined;
    const room = ' '.repeat(Math.max(0, columns - (first ? widthOf(first.text) : 0)));
    return first ? [first, { text: room }, ...line] : [{ text: room }, ...line];
  });
}
