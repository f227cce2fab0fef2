import { fit, graphemes, type Line, lineWidth, type Span, widthOf } from './spans.ts';

/** What is never broken, unless it is wider than the line. */
interface Token {
  text: string;
  width: number;
  span: Span;
  /** A space belongs before it, except at the start of a line. */
  isSpaced: boolean;
}

/** Breaks text into lines of at most `columns`, at least 2; always at least one line. */
export function wrap(spans: readonly Span[], columns: number): Line[] {
  const lines: Line[] = [[]];
  let used = 0;
  for (const token of spans.flatMap(tokensOf).flatMap((one) => breakToken(one, columns))) {
    const gap = token.isSpaced && used > 0 ? ' ' : '';
    if (used + gap.length + token.width > columns && used > 0) {
      lines.push([]);
      used = 0;
      append(lines.at(-1) as Line, token.span, token.text);
    } else append(lines.at(-1) as Line, token.span, gap + token.text);
    used = lineWidth(lines.at(-1) as Line);
  }
  return lines;
}

/** Joins what belongs to one span, so that a link is one link up to the end of its line. */
function append(line: Line, span: Span, text: string): void {
  const last = line.at(-1);
  if (last && last.tone === span.tone && last.url === span.url) last.text += text;
  else line.push({ ...span, text });
}

function tokensOf(span: Span): Token[] {
  return span.text
    .split(/ +/)
    .filter((word) => word !== '')
    .flatMap((word) =>
      chunksOf(word).map((text, index) => ({ text, width: widthOf(text), span, isSpaced: index === 0 })),
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
    } else pieces.push({ text, width, span: token.span, isSpaced: token.isSpaced && !last });
  }
  return pieces;
}

const SEPARATOR: Span = { text: ' · ', tone: 'faint' };

/** Sets pieces side by side with dots between them; each stays whole, shortened where it is wider than a line. */
export function pack(pieces: readonly Span[], columns: number): Line[] {
  const lines: Line[] = [];
  for (const piece of pieces) {
    const fitted = { ...piece, text: fit(piece.text, columns) };
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
