/** What a limit counts: what a reader sees as one character, UTF-16 code units, or bytes of UTF-8. */
export type Unit = 'graphemes' | 'characters' | 'bytes';

const ELLIPSIS = '…';
/** A cut goes back to the end of a word when that costs no more than this share of the text. */
const WORD_SHARE = 0.3;

/** Made when first needed: it takes longer to load than the rest of this folder. */
let segmenter: Intl.Segmenter | undefined;

function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * A text of at most `max` units, ending in "…" when something was cut off.
 *
 * The cut falls between graphemes, at the end of a word where one is near, and never inside a link. Where not even
 * the ellipsis fits, as much of the text as fits, without it; empty for a `max` of 0 or less.
 */
export function shorten(text: string, max: number, unit: Unit = 'graphemes'): string {
  if (fitting(text, max, unit).length === text.length) return text;
  const room = max - size(ELLIPSIS, unit);
  if (room < 0) return fitting(text, max, unit);
  return trimEnd(backToWord(text, fitting(text, room, unit))) + ELLIPSIS;
}

/** The longest beginning of a text, in whole graphemes, that fits. */
function fitting(text: string, max: number, unit: Unit): string {
  // No grapheme is shorter than a code unit, and no code unit takes more than three bytes.
  if (text.length * (unit === 'bytes' ? 3 : 1) <= max) return text;
  let used = 0;
  for (const { segment, index } of graphemesOf(text)) {
    used += size(segment, unit);
    if (used > max) return text.slice(0, index);
  }
  return text;
}

function size(grapheme: string, unit: Unit): number {
  if (unit === 'graphemes') return 1;
  return unit === 'bytes' ? Buffer.byteLength(grapheme) : grapheme.length;
}

function backToWord(text: string, cut: string): string {
  if (/^\s/.test(text.slice(cut.length))) return cut;
  const space = lastSpace(cut);
  const isLink = /^\S{0,2}https?:/.test(cut.slice(space + 1));
  const isNear = cut.length - space <= cut.length * WORD_SHARE;
  return space > 0 && (isNear || isLink) ? cut.slice(0, space) : cut;
}

function lastSpace(text: string): number {
  return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n'));
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.,;:…([{–—-]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Words whose full stop ends no sentence; the second lot only before a number, the last is an initial. */
const ABBREVIATION =
  /(?:^|[\s(["“])(?:e\.g|i\.e|et al|vs|cf|viz|approx|resp|a\.k\.a|w\.r\.t|i\.i\.d|dr|mrs?|prof)$/i;
const NUMBERED = /(?:^|[\s(["“])(?:figs?|eqs?|secs?|tabs?|refs?|no|nos|vols?|pp|ch)$/i;
const INITIAL = /(?:^|[\s("“])(?:\p{Lu}\.)*\p{Lu}$/u;
/** A stop with what closes behind it, before something that may begin a sentence; the space between may be missing. */
const STOP =
  /(?<![.!?])[.!?]+[)\]"'”’]*(?=\s+(?:["'“‘([]*[\p{Lu}\p{Lo}\p{N}]))|(?<=[a-z]{3}\)?)[.!?](?=[A-Z][a-z]* )|[。！？]+[」』”]*/gu;

/**
 * The first sentence of a text in one line, at most `max` graphemes; the whole first paragraph when it is one sentence.
 *
 * A stop in "e.g.", "et al.", "vs.", an initial, a decimal or a version number ends nothing.
 */
export function firstSentence(text: string, max: number): string {
  const paragraph = text.trim().split(/\n\s*\n/)[0] ?? '';
  const line = paragraph.replace(/\s+/g, ' ');
  for (const { 0: stop, index } of line.matchAll(STOP)) {
    const end = index + stop.length;
    if (!isAbbreviation(line, index, end)) return shorten(line.slice(0, end), max);
  }
  return shorten(line, max);
}

function isAbbreviation(line: string, dot: number, end: number): boolean {
  if (line.charAt(dot) !== '.') return false;
  const before = line.slice(Math.max(0, dot - LOOK_BACK), dot);
  if (ABBREVIATION.test(before) || INITIAL.test(before)) return true;
  return (
    (NUMBERED.test(before) && /^ \d/.test(line.slice(end, end + 2))) || (dot < 4 && /^\(?\d+$/.test(before))
  );
}

/** Longer than any abbreviation. */
const LOOK_BACK = 16;
