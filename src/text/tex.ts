/**
 * TeX in plain text → Unicode that reads as the paper does.
 *
 * Why our own reader: the source hands out formulas with dollar signs and backslashes gone (`ell_2`, `360^circ`), in
 * one sentence with commands that kept theirs and with identifiers that only look like TeX (`file_2.txt`). Tried on the
 * 16,571 titles and abstracts of the corpus, 2026-11-23: unicodeit 0.7.5 alters the addresses in 1,340 of them, makes
 * `360ᶜirc`, `float8ₑ4m3` and `αbet`, keeps the dollar signs and `\'e`, and takes a second for 100 kB of backslashes;
 * latex-to-unicode-converter 0.5.2 throws on 413 of the 828 texts that may hold TeX, since it knows no unknown macro;
 * the unified-latex 1.8.4 parser takes 70 ms to import and leaves all of this to do.
 */
import { readPunctuation } from './punctuation.ts';
import { readCommand } from './tex-commands.ts';
import { readScript } from './tex-scripts.ts';
import {
  groupEnd,
  openSource,
  type Piece,
  type Place,
  type Reader,
  type Source,
  TAIL,
} from './tex-source.ts';
import { MATH_ONLY } from './tex-symbols.ts';
import { loneCommand, readWord } from './tex-words.ts';
import { readVerbatim } from './verbatim.ts';

/** Deeper groups are taken for damage: they lose their braces and are not read. */
const MAX_DEPTH = 40;

/**
 * Anything that one of the readers may change. Most abstracts have nothing of it and need no reading, which takes most
 * of a millisecond.
 */
function mayHoldTex(text: string): boolean {
  return MARKS.test(text) || WORDS.test(text) || COMMENT.test(text);
}

const MARKS = /[\\^_${}~\x60⁰-₟²³¹ᵢᵣᵤᵥⱼᵃ-ᵡ°×]|--|''/;
const WORDS = new RegExp(
  `times|cdot|propto|leq|geq|(?:sim|approx|pm)[\\d!]|(?<![A-Za-z])(?:${[...MATH_ONLY.keys()].join('|')})`,
);
const COMMENT = /% ?\p{Lu}/u;

/** Reads a text once. Its own output may read as TeX again (`\$x\$`): callers repeat it until nothing changes. */
export function texToUnicode(text: string): string {
  return mayHoldTex(text) ? readTex(text) : text;
}

/** The same without a look at whether there is anything to read. */
export function readTex(text: string): string {
  const parts = new Map<string, string>();
  const source: Source = openSource(text, (around, from, end, isScript = false) => {
    const key = `${from} ${isScript}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const isDeep = around.depth >= MAX_DEPTH;
    const part = isDeep
      ? text.slice(from, end).replace(/[\\{}]/g, '')
      : read({ ...around, at: from, end, before: '', isScript, depth: around.depth + 1 });
    parts.set(key, part);
    return part;
  });
  return read({ source, at: 0, end: text.length, before: '', isMath: false, isScript: false, depth: 0 });
}

function read(start: Place): string {
  const pieces: string[] = [];
  const place = { ...start };
  while (place.at < place.end) {
    const border = mathBorder(place);
    const piece = border ?? readPiece(place);
    pieces.push(piece.text);
    place.at = piece.next;
    place.before = (place.before + piece.text).slice(-TAIL);
    if (border) place.isMath = border.isMath;
  }
  return pieces.join('');
}

/** `$`, `$$`, `\(`, `\)`, `\[` and `\]` say where mathematics is, and are not shown. */
function mathBorder({ source, at, end, isMath }: Place): (Piece & { isMath: boolean }) | undefined {
  if (source.dollars.has(at)) {
    const next = at + (at + 1 < end && source.text.startsWith('$$', at) ? 2 : 1);
    return { text: '', next, isMath: !isMath };
  }
  if (source.text.charAt(at) !== '\\' || !/[()[\]]/.test(source.text.charAt(at + 1)) || at + 1 >= end)
    return undefined;
  return { text: '', next: at + 2, isMath: /[([]/.test(source.text.charAt(at + 1)) };
}

function readPiece(place: Place): Piece {
  const { source, at, end } = place;
  const first = source.text.charAt(at);
  const found = readVerbatim(place) ?? READERS.get(first)?.(place);
  if (found) return found;
  if (/[A-Za-z]/.test(first)) return readWord(place);
  PLAIN.lastIndex = at;
  const text = PLAIN.exec(source.text)?.[0] ?? first;
  return { text: text.slice(0, end - at), next: Math.min(end, at + text.length) };
}

/** Digits apart from the rest, since an address may begin with them. */
const PLAIN = /\d+|[^\\{}$^_~`'"%\-A-Za-z\d]+/y;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['\\', readCommand],
  ['{', readBraces],
  ['^', readScript],
  ['_', readScript],
  ['~', readPunctuation],
  ['-', readPunctuation],
  ['`', readPunctuation],
  ["'", readPunctuation],
  ['"', readPunctuation],
  ['}', readStray],
  ['%', readComment],
]);

/** A comment's sign between two sentences: the source joined the lines, so what it hid is shown. */
function readComment({ source, at, before }: Place): Piece | undefined {
  const isSign = /(?:^|[.!?:] )$/.test(before) && /^% ?\p{Lu}/u.test(source.text.slice(at, at + 4));
  return isSign ? { text: '', next: at + 1 } : undefined;
}

/** A closing brace whose partner was lost, right behind a word. */
function readStray({ at, before }: Place): Piece | undefined {
  return /\S$/.test(before) ? { text: '', next: at + 1 } : undefined;
}

/** `https://…}{label`: the braces of a link the wrong way round. */
function readStrayOpening({ source, at }: Place): Piece | undefined {
  return source.text.charAt(at - 1) === '}' ? { text: ' ', next: at + 1 } : undefined;
}

/** Braces that group are not shown; those of a set, of JSON or of a slot to fill are. */
function readBraces(place: Place): Piece | undefined {
  const close = groupEnd(place, place.at);
  if (close === undefined) return readStrayOpening(place);
  const raw = place.source.text.slice(place.at + 1, Math.min(close, place.at + 1 + MAX_LOOK));
  const lone = loneCommand(raw);
  if (lone !== undefined && !isDenominator(place, raw)) return { text: lone, next: close + 1 };
  const bare = /^(?:bf|it|em|tt|rm|sc|sf|cal) (?=\S)/.exec(raw)?.[0] ?? '';
  const text = place.source.read(place, place.at + 1 + bare.length, close, place.isScript);
  if (isDenominator(place, raw)) return { text: `/${lone ?? text}`, next: close + 1 };
  const isShown = bare === '' && !raw.startsWith('\\') && !isGrouping(place, raw);
  return { text: isShown ? `{${text}}` : text, next: close + 1 };
}

/** `1{varepsilon^2}` is what the source leaves of `\frac{1}{\varepsilon^2}`. */
function isDenominator(place: Place, raw: string): boolean {
  const isOperand = /(?<![\p{L}\p{N}])[\p{L}\p{N}]$/u.test(place.before);
  return isOperand && /^(?:var)?(?:epsilon|delta)(?![a-z])/.test(raw);
}

const MAX_LOOK = 200;

function isGrouping(place: Place, raw: string): boolean {
  if (place.isMath || place.isScript || [...raw].length < 2) return true;
  if (/^https?:\S+$/.test(raw)) return true;
  return !/[,:;|="]/.test(raw) && !/> ?$/.test(place.before);
}
