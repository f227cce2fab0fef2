import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../commands/cards.ts';
import { commands } from '../../commands/index.ts';
import type { Command, Option } from '../../src/command.ts';
import { LOCALES, type Locale } from '../../src/domain/locale.ts';
import { listingTitle } from '../../src/domain/title.ts';
import { type Named, summaryIn, textsFor } from '../../src/texts/index.ts';

type Text = string | ((...values: number[]) => string);

/** Every entry of a language by its path: `follow.followed`. */
function entriesOf(texts: object, path: readonly string[] = []): [string, Text][] {
  return Object.entries(texts).flatMap(([name, entry]: [string, unknown]): [string, Text][] => {
    const here = [...path, name];
    if (typeof entry === 'string' || typeof entry === 'function') return [[here.join('.'), entry as Text]];
    return entriesOf(entry as object, here);
  });
}

/** As it is said of these values; all of them are shown as they are, be they numbers or texts. */
function said(entry: Text, values: readonly number[]): string {
  return typeof entry === 'string' ? entry : entry(...values.slice(0, entry.length));
}

const ENGLISH = new Map(entriesOf(textsFor('en')));
const FOREIGN = LOCALES.filter((locale) => locale !== 'en');

/** Names and signs that are the same in every language, or in these two. */
const SAME: Readonly<Record<Exclude<Locale, 'en'>, readonly string[]>> = {
  de: [
    'action.down',
    'action.up',
    'card.arxiv',
    'card.codeLink',
    'card.pdf',
    'help.sentence',
    'help.choices',
    'card.votes',
    'slackAnswers.help.title',
    'slackAnswers.modal.placeholder',
  ],
  'zh-CN': [
    'action.down',
    'action.up',
    'card.arxiv',
    'card.pdf',
    'card.votes',
    'slackAnswers.help.title',
    'slackAnswers.modal.placeholder',
  ],
};

describe.each(FOREIGN)('%s', (locale) => {
  const entries = new Map(entriesOf(textsFor(locale)));

  it('says all that English says, and nothing else', () => {
    expect([...entries.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    for (const [path, entry] of entries) {
      expect(typeof entry, path).toBe(typeof ENGLISH.get(path));
      if (typeof entry === 'function') expect(entry.length, path).toBe(ENGLISH.get(path)?.length);
    }
  });

  it('says it in its own words', () => {
    const values = [11, 12, 13, 14, 15];
    const same = [...entries].filter(
      ([path, entry]) => said(entry, values) === said(ENGLISH.get(path) as Text, values),
    );
    expect(same.map(([path]) => path).sort()).toEqual([...SAME[locale]].sort());
  });
});

describe.each(LOCALES)('every text of %s', (locale) => {
  const entries = entriesOf(textsFor(locale));

  it('shows the values that the English one shows, however many there are', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(numbers, (values) => {
        for (const [path, entry] of entries) {
          if (typeof entry === 'string') continue;
          const shown = valuesIn(said(ENGLISH.get(path) as Text, values), values);
          expect(valuesIn(said(entry, values), values), path).toEqual(shown);
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('shows each value that it is given', () => {
    for (const [path, entry] of entries) {
      const values = [711, 722, 733, 744, 755].slice(0, entry.length);
      if (typeof entry === 'function') expect(valuesIn(said(entry, values), values), path).toEqual(values);
    }
  });

  it('names commands as they are typed, with /paper before them', () => {
    const families = commands.map(({ name }) => name.split(' ')[0]);
    const bare = new RegExp(`["„“](${[...new Set(families)].join('|')})(?=[ "“”])`);
    for (const [path, entry] of entries) expect(said(entry, [1, 2, 3, 4, 5]), path).not.toMatch(bare);
  });

  it('is plain, whole and not empty', () => {
    for (const [path, entry] of entries) {
      for (const number of [0, 1, 2, 1234]) {
        const text = said(entry, [number, number, number, number, number]);
        expect(text.trim(), path).not.toBe('');
        expect(text, path).not.toMatch(/undefined|null|NaN|\[object|=>/);
        expect(text, path).not.toMatch(/[*~`|\\]|(?<!\w)_|_(?!\w)|^#|^-#|^>|\]\(|\n/);
      }
    }
  });
});

/** Those of the values that stand in a text. A digit grouped by a sign of the language counts as it is. */
function valuesIn(text: string, values: readonly number[]): number[] {
  const numbers: readonly string[] = text.match(/\d+/g) ?? [];
  return values.filter((value) => numbers.includes(String(value)));
}

describe('the catalogue itself', () => {
  it('is English for whoever speaks none of its languages', () => {
    expect(textsFor(undefined)).toBe(textsFor('en'));
  });

  it.each([
    { kind: 'daily', key: '2026-11-23' },
    { kind: 'weekly', key: '2026-W47' },
    { kind: 'monthly', key: '2026-11' },
    { kind: 'trending', key: 'now' },
    { kind: 'search', key: 'agents' },
  ] as const)('calls a $kind listing in a reply what it is called in an edition', (listing) => {
    expect(titleOf(listing, textsFor('en'))).toBe(listingTitle(listing));
  });

  it('counts in the singular and in the plural', () => {
    const en = textsFor('en');
    expect([en.listing.papers(1), en.listing.papers(2)]).toEqual(['1 paper', '2 papers']);
    expect([en.card.comments(1), en.card.comments(1234)]).toEqual(['1 comment', '1,234 comments']);
    const de = textsFor('de');
    expect([de.forgetMe.ratings(1), de.forgetMe.ratings(2)]).toEqual(['1 Bewertung', '2 Bewertungen']);
    expect([de.card.comments(1), de.card.comments(1234)]).toEqual(['1 Kommentar', '1.234 Kommentare']);
    expect(textsFor('zh-CN').listing.papers(1)).toBe('1 篇论文');
  });
});

/** Discord's limits (developers/interactions/application-commands, 2026-11-23). */
const MAX_SUMMARY = 100;
const MAX_COMMAND = 8000;
const FAMILIES = ['paper', 'topics', 'feed', 'delivery'];

describe('what commands do', () => {
  const describedBy = (list: readonly Command[]) =>
    list.flatMap((command) => [
      [command, undefined] as const,
      ...command.options.map((option) => [command, option.name] as const),
    ]);
  const families = FAMILIES.map((name) => [{ name }, undefined] as const);

  it.each(LOCALES)(
    'is said in %s of each command, family and option, in at most 100 characters',
    (locale) => {
      for (const [command, option] of [...describedBy(commands), ...families]) {
        const summary = summaryIn(locale, command, option);
        expect(summary, `${command.name} ${option}`).toMatch(/^\S.*[^.。\s]$/);
        expect([...(summary ?? '')].length, summary).toBeLessThanOrEqual(MAX_SUMMARY);
      }
    },
  );

  it('is said of nothing else', () => {
    const { summaries } = textsFor('en');
    const catalogued = commands.filter(({ says }) => says === undefined);
    const known = [...describedBy(catalogued), ...families].map(
      ([{ name }, option = 'does']) => `${name} ${option}`,
    );
    const written = Object.entries(summaries).flatMap(([command, texts]) =>
      Object.keys(texts).map((option) => `${command} ${option}`),
    );
    expect(written.sort()).toEqual(known.sort());
    expect(summaryIn('de', { name: 'nonsense' })).toBeUndefined();
    expect(summaryIn('de', { name: 'search' }, 'nonsense')).toBeUndefined();
  });

  it('is in the commands themselves in English', () => {
    for (const command of commands) {
      expect(command.summary).toBe(summaryIn('en', command));
      for (const option of command.options)
        expect(option.summary).toBe(summaryIn('en', command, option.name));
    }
  });

  it('fits into one command of Discord with all families, options and choices', () => {
    expect(charactersOf(commands)).toBeLessThanOrEqual(MAX_COMMAND);
    expect(charactersOf(commands)).toBeGreaterThan(3000);
  });
});

/** As Discord counts: names, descriptions and values, of each the longest in any language. */
function charactersOf(list: readonly Command[]): number {
  const longest = (command: Named, option?: string) =>
    Math.max(...LOCALES.map((locale) => (summaryIn(locale, command, option) ?? '').length));
  const ofOption = (command: Named, { name, choices = [] }: Option) =>
    name.length + longest(command, name) + choices.reduce((sum, choice) => sum + 2 * choice.length, 0);
  const ofCommand = (command: Command) =>
    (command.name.split(' ').at(-1) ?? '').length +
    longest(command) +
    command.options.reduce((sum, option) => sum + ofOption(command, option), 0);
  const families = FAMILIES.reduce((sum, name) => sum + name.length + longest({ name }), 0);
  return families + list.reduce((sum, command) => sum + ofCommand(command), 0);
}
