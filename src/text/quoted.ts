/** A quotation: where a word or what follows a name begins, up to its closing mark. */
const QUOTED = /(?<=^|\s|[:=,(-])(?:"[^"]*"|'[^']*'(?=$|[\s,)]))/g;
const WORD = /\S+/g;

/**
 * The words of a plain text. What stands in quotes is no two words, and keeps its quotes as double ones; a mark that
 * nothing closes is a letter like others.
 */
export function wordsOf(text: string): string[] {
  const quotations: string[] = [];
  const whole = text.replaceAll(HOLDER, '').replace(QUOTED, (quotation) => {
    quotations.push(`"${quotation.slice(1, -1)}"`);
    return HOLDER;
  });
  let next = 0;
  return (whole.match(WORD) ?? []).map((word) => word.replaceAll(HOLDER, () => quotations[next++] ?? ''));
}

/** Stands for a quotation while the words are parted; from the private area, so that no text needs it. */
const HOLDER = '\uE000';

/**
 * Takes the quotes off that only hold words together: around a whole word, and around the value of one of these options.
 * All others, as in `author:"Yann LeCun"`, are said to the command.
 */
export function withoutQuotes(word: string, options: ReadonlySet<string>): string {
  const [, name = '', sign = '', quoted] = /^(?:((?:--)?[\w-]+)([:=]))?"([^"]*)"$/s.exec(word) ?? [];
  if (quoted === undefined) return word;
  return name === '' || options.has(name.replace(/^--/, '').toLowerCase()) ? `${name}${sign}${quoted}` : word;
}
