import type { Piece, Place } from './tex-source.ts';

/** Reads TeX's spellings of punctuation: `--`, `---`, a tie `~`, ``quotes'' and `quotes'. */
export function readPunctuation(place: Place): Piece | undefined {
  const first = place.source.text.charAt(place.at);
  if (first === '~') return readTie(place);
  return first === '-' ? readDash(place) : readQuote(place);
}

function readQuote({ source, at, end }: Place): Piece | undefined {
  const quote = source.quotes.get(at);
  const isPair = source.text.charAt(at) === source.text.charAt(at + 1);
  const next = at + (isPair ? 2 : 1);
  return quote === undefined || next > end ? undefined : { text: quote, next };
}

/** A dash joins two words or stands free between them; an option (`--help`), an arrow and a rule do neither. */
function readDash({ source: { text }, at, end, before }: Place): Piece | undefined {
  DASHES.lastIndex = at;
  const run = DASHES.exec(text)?.[0].slice(0, end - at) ?? '-';
  const next = at + run.length;
  const plain = { text: run, next };
  const [left, right] = [before.slice(-1), next < end ? text.charAt(next) : ''];
  const isBetween = left !== '' && right !== '' && !/[<>|!+=_-]/.test(left + right);
  if (run.length < 2 || run.length > 3 || !isBetween || (left === ' ') !== /\s/.test(right)) return plain;
  return { text: run.length === 2 ? '–' : '—', next };
}

const DASHES = /-+/y;

/** `Models~(LLMs)` is a space that does not break; `~13%` is "about", `60%~70%` and `1M~4M` are ranges. */
function readTie({ source: { text }, at, end, before }: Place): Piece | undefined {
  const right = at + 1 < end ? text.slice(at + 1, at + 3) : '';
  const isLeft = /[\p{L}\p{N})\]}.,:;%”’"]$/u.test(before);
  const isRight = /^[\p{L}\p{N}(\\{“"$`]/u.test(right);
  if (!isLeft || !isRight || isRange(before, right)) return undefined;
  return { text: ' ', next: at + 1 };
}

function isRange(before: string, right: string): boolean {
  const isVariables = /(?<![\p{L}\p{N}])\p{L}$/u.test(before) && /^\p{L}(?!\p{L})/u.test(right);
  return isVariables || (/\d[%KMBTkx]?$/.test(before) && /^[\d.]/.test(right));
}
