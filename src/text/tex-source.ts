/** One text while its TeX is read. All marks are found in one pass, so that reading never looks ahead without end. */
export interface Source {
  text: string;
  /** Position of each `{` that is closed → position of its `}`. */
  closing: ReadonlyMap<number, number>;
  /** Positions of the dollar signs that set off mathematics, not sums of money. */
  dollars: ReadonlySet<number>;
  /** Position of each TeX quotation mark that has its partner → the character it stands for. */
  quotes: ReadonlyMap<number, string>;
  /** Reads a part on its own: the inside of a group. */
  read(around: Place, from: number, end: number, isScript?: boolean): string;
}

/** Where a reader stands. */
export interface Place {
  source: Source;
  at: number;
  /** Where the part that is being read ends, exclusive. */
  end: number;
  /** The last characters written, at most {@link TAIL}. */
  before: string;
  isMath: boolean;
  /** Inside `_{…}` or `^{…}`. */
  isScript: boolean;
  /** How many groups lie around it. */
  depth: number;
}

/** What a reader made of the characters from its place up to `next`, exclusive. */
export interface Piece {
  text: string;
  next: number;
}

/** Reads what begins at a place; nothing when that is not its kind, and then the next reader is asked. */
export type Reader = (place: Place) => Piece | undefined;

/** How much of the text written so far a reader may look at. */
export const TAIL = 32;
/** The longest formula between dollar signs that is believed. */
const MAX_FORMULA = 400;

export function openSource(text: string, read: Source['read']): Source {
  return { text, closing: pairBraces(text), dollars: findDollars(text), quotes: pairQuotes(text), read };
}

/** A few characters from a position on; never beyond the end of the part. */
export function ahead(place: Place, from: number, count = TAIL): string {
  return place.source.text.slice(from, Math.min(place.end, from + count));
}

/** What stands between the braces of the group at a position, and where the text goes on; undefined without one. */
export function readGroup(place: Place, from: number, isScript = false): Piece | undefined {
  const close = groupEnd(place, from);
  if (close === undefined) return undefined;
  return { text: place.source.read(place, from + 1, close, isScript), next: close + 1 };
}

/** Where the group that opens at a position closes, when it does so inside the part. */
export function groupEnd(place: Place, from: number): number | undefined {
  const close = place.source.closing.get(from);
  return close !== undefined && close < place.end ? close : undefined;
}

function pairBraces(text: string): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: mark, index } of text.matchAll(/\\.|[{}]/gs)) {
    if (mark === '{') open.push(index);
    const start = mark === '}' ? open.pop() : undefined;
    if (start !== undefined) closing.set(start, index);
  }
  return closing;
}

function findDollars(text: string): Set<number> {
  const runs = [...text.matchAll(/\\.|\$+/gs)].filter(({ 0: mark }) => mark.startsWith('$'));
  const found = new Set<number>();
  for (let i = 0; i + 1 < runs.length; i++) {
    const [open, close] = [runs[i], runs[i + 1]];
    if (!open || !close || open[0].length !== close[0].length || open[0].length > 2) continue;
    const inside = text.slice(open.index + open[0].length, close.index);
    const after = text.charAt(close.index + close[0].length);
    if (!isFormula(inside, after)) continue;
    for (let k = 0; k < open[0].length; k++) found.add(open.index + k).add(close.index + k);
    i++;
  }
  return found;
}

/** Money is written with the same sign: "$5 or $6", "from $20k to 30$". */
function isFormula(inside: string, after: string): boolean {
  if (inside.length > MAX_FORMULA || inside.trim() === '') return false;
  const isProse = /[A-Za-z]{3,} [A-Za-z]{3,}/.test(inside);
  if (/[\\{]/.test(inside)) return !(isProse && /^\d/.test(inside));
  const isTight = !/^\s|\s$/.test(inside) && !/\d/.test(after);
  if (/[\^_]/.test(inside)) return isTight && !isProse;
  if (!/\s/.test(inside)) return isTight && inside.length <= 40;
  return isTight && /[=<>+≤≥≈∈×]/.test(inside) && !/[A-Za-z]{2}/.test(inside);
}

/** ``…'', `…' and the slips ''…'' and ``…"; what has no partner may be code, an apostrophe or a prime, and stays. */
function pairQuotes(text: string): Map<number, string> {
  const quotes = new Map<number, string>();
  let open: { index: number; isDouble: boolean } | undefined;
  for (const { 0: mark, index } of text.matchAll(/`+|'+|"/g)) {
    const [left, right] = [text.charAt(index - 1), text.charAt(index + mark.length)];
    const isOpening = !/[^\s([{\-–—/]/.test(left) && /\S/.test(right);
    if (mark.startsWith('`') || (mark === "''" && isOpening)) {
      open = isOpening && mark.length <= 2 ? { index, isDouble: mark.length === 2 } : undefined;
    } else if (open && closes(mark, open.isDouble) && /\S/.test(left) && !/[\p{L}\p{N}]/u.test(right)) {
      quotes.set(open.index, open.isDouble ? '“' : '‘').set(index, open.isDouble ? '”' : '’');
      open = undefined;
    }
  }
  return quotes;
}

function closes(mark: string, isDouble: boolean): boolean {
  return isDouble ? mark === "''" || mark === '"' : mark === "'";
}
