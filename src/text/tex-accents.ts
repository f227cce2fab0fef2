/** Accent command → combining mark. The letters among them need a group or a space: `\c{c}`, `\v s`. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['u', '\u0306'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['r', '\u030A'],
  ['H', '\u030B'],
  ['v', '\u030C'],
  ['d', '\u0323'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
  ['t', '\u0361'],
]);

/** Accents of mathematics: they go on any letter, whether or not that has a character of its own. */
const MATH_MARKS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['bar', '\u0304'],
  ['vec', '\u20D7'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['breve', '\u0306'],
  ['check', '\u030C'],
  ['mathring', '\u030A'],
]);

/** A letter under an accent loses its own dot first. */
const DOTTED: ReadonlyMap<string, string> = new Map([
  ['ı', 'i'],
  ['ȷ', 'j'],
]);

export function isAccent(name: string): boolean {
  return MARKS.has(name);
}

export function isMathAccent(name: string): boolean {
  return MATH_MARKS.has(name);
}

/** The accented letter, undefined when no language has it: `\"s` is a slip, `\"u` is ü. */
export function accented(name: string, letter: string): string | undefined {
  const mark = MARKS.get(name);
  if (mark === undefined || !/^\p{L}$/u.test(letter)) return undefined;
  const composed = ((DOTTED.get(letter) ?? letter) + mark).normalize('NFC');
  return [...composed].length === 1 ? composed : undefined;
}

/** One letter or digit gets the mark; longer content is returned as it is. */
export function mathAccented(name: string, content: string): string {
  const mark = MATH_MARKS.get(name) ?? '';
  return /^[\p{L}\p{N}]$/u.test(content)
    ? ((DOTTED.get(content) ?? content) + mark).normalize('NFC')
    : content;
}
