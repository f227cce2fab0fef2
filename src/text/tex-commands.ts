import { accented, isAccent, isMathAccent, mathAccented } from './tex-accents.ts';
import { script } from './tex-scripts.ts';
import { ahead, groupEnd, type Piece, type Place, readGroup } from './tex-source.ts';
import {
  ABBREVIATIONS,
  BLACKBOARD,
  COLOUR_NAME,
  COLOURED,
  DROPPED,
  FUNCTIONS,
  LETTERS,
  SPACES,
  STYLES,
  SWITCHES,
  SYMBOLS,
} from './tex-symbols.ts';
import { linked } from './verbatim.ts';

/** Reads what a backslash begins; the bare word where nothing better is known, never a backslash. */
export function readCommand(place: Place): Piece {
  const { at } = place;
  const rest = ahead(place, at + 1);
  const name = /^[A-Za-z]+/.exec(ahead(place, at + 1, 64))?.[0];
  if (name !== undefined) return readNamed(place, name, at + 1 + name.length);
  const mark = String.fromCodePoint(rest.codePointAt(0) ?? 32);
  const next = Math.min(place.end, at + 1 + mark.length);
  if (isAccent(mark)) return readAccent(place, mark);
  if (/^\d/.test(mark)) return { text: /^\d+\)/.test(rest) ? '' : '$', next: at + 1 };
  if (mark === '\\') return { text: ' ', next: next + lineBreakOptions(rest.slice(1)) };
  if (/^[\s,;:]$/.test(mark)) return { text: ' ', next };
  if (/^[()[\]!\-/@]$/.test(mark)) return { text: '', next };
  return { text: mark === '|' ? '‖' : mark, next };
}

/** `\\[2pt]` and `\\*`. */
function lineBreakOptions(rest: string): number {
  return /^\*?(\[[\d.]{1,6} ?[a-z]{2}\])?/.exec(rest)?.[0].length ?? 0;
}

/** `\'e`, `\'{e}`, `\'\i`, `\'{\i}`; `\'s` after a word and `\"quoted\"` are slips of another kind. */
function readAccent(place: Place, mark: string): Piece {
  const from = place.at + 2;
  const rest = ahead(place, from, 2 * 32);
  const isApostrophe =
    mark === "'" && /^(?:s|t|d|m|re|ll|ve)(?![A-Za-z])/.test(rest) && /[\p{L}\p{N}]$/u.test(place.before);
  const isQuotation = (mark === "'" || mark === '"') && QUOTED.test(mark + rest);
  const letter = isApostrophe || isQuotation ? undefined : readAccented(place, mark, from);
  if (letter) return letter;
  return { text: mark, next: groupEnd(place, from) === from + 1 ? from + 2 : from };
}

/** As long as a quotation is short enough to be one. */
const QUOTED = /^(["'])[^"'\\]{1,40}\\\1(?![A-Za-z{])/;

function readAccented(place: Place, mark: string, from: number): Piece | undefined {
  const group = readGroup(place, from);
  const bare = /^(?:\\([ij])(?![A-Za-z]) ?|(\p{L}))/u.exec(ahead(place, from, 8));
  const letter = group?.text ?? (bare?.[1] ? LETTERS.get(bare[1]) : bare?.[2]);
  const next = group?.next ?? from + (bare?.[0].length ?? 0);
  const text = letter === undefined ? undefined : accented(mark, letter);
  return text === undefined ? undefined : { text, next };
}

type NamedReader = (place: Place, name: string, next: number) => Piece | undefined;

/** Asked in this order. */
const NAMED: readonly NamedReader[] = [
  readLetterAccent,
  readLink,
  readDropped,
  readScriptCommand,
  readFraction,
  readStyle,
  readSymbol,
  readFunction,
];

export function readNamed(place: Place, name: string, next: number): Piece {
  for (const read of NAMED) {
    const piece = read(place, name, next);
    if (piece) return piece;
  }
  return readUnknown(place, name, next);
}

/** `\c{c}`, `\v s`; `\b{Coupled}` was meant as bold. */
function readLetterAccent(place: Place, name: string, next: number): Piece | undefined {
  if (!isAccent(name)) return undefined;
  const from = next + (/^ *(?=[A-Za-z\\])/.exec(ahead(place, next))?.[0].length ?? 0);
  return readAccented(place, name, from);
}

/** Links keep their address: as it is, or after their text. */
function readLink(place: Place, name: string, next: number): Piece | undefined {
  if (name !== 'url' && name !== 'href' && name !== 'footnote' && name !== 'footnotetext') return undefined;
  const first = argument(place, next);
  if (!first) return { text: ' ', next: skipUnclosed(place, next) };
  if (name.startsWith('footnote')) return { text: ` (${first.text})`, next: first.next };
  const text = name === 'href' ? argument(place, first.next) : undefined;
  if (!text) return first;
  return { text: linked(first.text, text.text), next: text.next };
}

function readDropped(place: Place, name: string, next: number): Piece | undefined {
  if (name === 'color') return readColour(place, next);
  if (!DROPPED.has(name)) return undefined;
  const from = next + (/^(?:\*| ?\[[^\]{}]{0,30}\])+/.exec(ahead(place, next, 64))?.[0].length ?? 0);
  const group = argument(place, from);
  return group && { text: '', next: group.next };
}

/** `\color{red}word`; the source also mangles `\color{x}{D}ecoupled` into `\color{xD}ecoupled`, which is kept. */
function readColour(place: Place, next: number): Piece | undefined {
  const group = argument(place, next);
  return group && { text: COLOUR_NAME.test(group.text) ? '' : group.text, next: group.next };
}

function readScriptCommand(place: Place, name: string, next: number): Piece | undefined {
  if (name !== 'textsuperscript' && name !== 'textsubscript') return undefined;
  const group = readGroup(place, next, true);
  const mark = name === 'textsuperscript' ? '^' : '_';
  return group && { text: script(mark, group.text, ahead(place, group.next, 1)), next: group.next };
}

function readFraction(place: Place, name: string, next: number): Piece | undefined {
  if (name === 'sqrt') {
    const group = argument(place, next);
    return group && { text: `√${inParentheses(group.text)}`, next: group.next };
  }
  if (!/^[dt]?frac$/.test(name)) return undefined;
  const over = argument(place, next);
  const under = over && argument(place, over.next);
  return under && { text: `${inParentheses(over.text)}/${inParentheses(under.text)}`, next: under.next };
}

function inParentheses(text: string): string {
  return /^[\p{L}\p{N}\p{M}.]*$/u.test(text) ? text : `(${text})`;
}

function readStyle(place: Place, name: string, next: number): Piece | undefined {
  if (name === 'mathbb') {
    const group = argument(place, next);
    return group && { text: BLACKBOARD.get(group.text) ?? group.text, next: group.next };
  }
  if (isMathAccent(name)) {
    const group = argument(place, next);
    return group && { text: mathAccented(name, group.text), next: group.next };
  }
  if (!STYLES.has(name)) return undefined;
  const group = argument(place, next) ?? { text: '', next: skipUnclosed(place, skipSpace(place, next)) };
  return COLOURED.has(name) ? (argument(place, group.next) ?? group) : group;
}

function readSymbol(place: Place, name: string, next: number): Piece | undefined {
  if (SWITCHES.has(name)) return { text: '', next: skipSpace(place, next) };
  if (SPACES.has(name)) return { text: ' ', next };
  const letter = LETTERS.get(name);
  if (letter !== undefined)
    return { text: letter, next: skipEmpty(place, skipSpaceBeforeLetter(place, next)) };
  const abbreviation = ABBREVIATIONS.get(name);
  if (abbreviation !== undefined) {
    const after = skipEmpty(place, next);
    return { text: abbreviation, next: ahead(place, after, 1) === '.' ? after + 1 : after };
  }
  const symbol = SYMBOLS.get(name);
  return symbol === undefined ? undefined : { text: symbol, next: skipEmpty(place, next) };
}

/** `n\\log n` is "n log n". */
function readFunction(place: Place, name: string, next: number): Piece | undefined {
  if (!FUNCTIONS.has(name)) return undefined;
  return { text: /[\p{L}\p{N})]$/u.test(place.before) ? ` ${name}` : name, next: skipEmpty(place, next) };
}

/** A paper's own macro: its argument where it has one, for that is what it shows; else its name. */
function readUnknown(place: Place, name: string, next: number): Piece {
  const group = readGroup(place, next);
  return group && group.text.trim() !== '' ? group : { text: name, next: skipEmpty(place, next) };
}

/** `\textbf{Decoding)`: the brace that nobody closed goes with the command. */
function skipUnclosed(place: Place, from: number): number {
  return ahead(place, from, 1) === '{' && groupEnd(place, from) === undefined ? from + 1 : from;
}

/** TeX allows a space before an argument. */
function argument(place: Place, from: number): Piece | undefined {
  return readGroup(place, from) ?? readGroup(place, skipSpace(place, from));
}

function skipSpace(place: Place, from: number): number {
  return ahead(place, from, 1) === ' ' ? from + 1 : from;
}

function skipSpaceBeforeLetter(place: Place, from: number): number {
  return /^ \p{Ll}/u.test(ahead(place, from, 3)) ? from + 1 : from;
}

/** `\ours{}` ends a command, as TeX writers do before a space. */
function skipEmpty(place: Place, from: number): number {
  return groupEnd(place, from) === from + 1 ? from + 2 : from;
}
