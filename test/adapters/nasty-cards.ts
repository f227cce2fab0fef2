import fc from 'fast-check';
import type { CardEntry, ListCard, PanelCard, TextCard } from '../../src/domain/card.ts';
import { visible } from '../../src/text/characters.ts';
import { aHostileAction } from '../contracts/adapter-cards.ts';

/** A list in two sections, with these words around it. */
function nastyList(entries: readonly CardEntry[], words: readonly string[]): ListCard {
  const [title = '', subtitle = '', first = '', second = '', ...notes] = words;
  const numbered = entries.map((entry, index) => ({ ...entry, number: index + 1 }));
  const half = Math.ceil(numbered.length / 2);
  return {
    kind: 'list',
    title,
    subtitle,
    sections: [
      { heading: first, entries: numbered.slice(0, half) },
      { heading: second, entries: numbered.slice(half) },
    ],
    notes,
  };
}

/** The entries in lists of many sizes, with the entries of each; words around them are hostile too, of `aText`. */
export function* nastyLists(
  entries: readonly CardEntry[],
  aText: fc.Arbitrary<string>,
  seed: number,
): Generator<{ card: ListCard; some: readonly CardEntry[] }> {
  const words = fc.sample(aText, { numRuns: 6000, seed });
  for (let from = 0, list = 0; from < entries.length; list += 1) {
    const size = [1, 3, 10, 13, 25, 50][list % 6] ?? 1;
    const some = entries.slice(from, from + size);
    const first = (list * 8) % 5000;
    yield { card: nastyList(some, words.slice(first, first + 4 + (list % 5))), some };
    from += size;
  }
}

/** A text in which every word is of `aText`. */
export function aNastyText(aText: fc.Arbitrary<string>) {
  const aRow = fc.record({ name: aText, value: aText });
  return fc.record({
    kind: fc.constant('text' as const),
    title: aText,
    paragraphs: fc.array(aText, { maxLength: 5 }),
    rows: fc.array(aRow, { maxLength: 20 }),
    actions: fc.array(aHostileAction, { maxLength: 12 }),
  }) satisfies fc.Arbitrary<TextCard>;
}

/** A panel in which every word is of `aText`, and so is an emoji, or of `anEmoji`. */
export function aNastyPanel(
  aText: fc.Arbitrary<string>,
  anEmoji: fc.Arbitrary<string>,
): fc.Arbitrary<PanelCard> {
  const aTopic = fc.record({
    slug: fc.oneof(aText, fc.constantFrom('agents', 'vision')),
    name: aText,
    emoji: fc.oneof(aText, anEmoji),
    meaning: aText,
  });
  return fc.record({
    kind: fc.constant('panel' as const),
    title: aText,
    paragraphs: fc.array(aText, { maxLength: 3 }),
    topics: fc.array(aTopic, { maxLength: 25 }),
  });
}

/** What is to be read where a text stands in one line; undefined where that is cut, from `length` characters on. */
export function lineOf(text: string, length: number): string | undefined {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  return line.length < length && !/\p{M}{5}/u.test(line) ? line : undefined;
}
