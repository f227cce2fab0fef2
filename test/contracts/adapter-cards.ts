import fc from 'fast-check';
import type { Card, CardAction, CardEntry, ListCard, PaperCard, TextCard } from '../../src/domain/card.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { aPaper } from '../fixtures/papers.ts';

/** A list of invented papers in two sections; each has a title, votes and a page of its own. */
export function aList(count: number, more: (index: number) => Partial<Paper> = () => ({})): ListCard {
  const entries: CardEntry[] = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    paper: aPaper({
      id: `2611.${String(index + 1).padStart(5, '0')}`,
      title: `Quokka ${index + 1} learns`,
      upvotes: 1000 - index,
      ...more(index),
    }),
  }));
  const sections = [
    { heading: 'First heading', entries: entries.slice(0, Math.ceil(count / 2)) },
    { heading: 'Second heading', entries: entries.slice(Math.ceil(count / 2)) },
  ].filter((section) => section.entries.length > 0);
  return { kind: 'list', title: 'The title', subtitle: 'The subtitle', sections, notes: ['The note'] };
}

/** A paper as a good day brings it: everything is there and of a usual length. */
export const USUAL = {
  thumbnailUrl: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2611.00001.png',
  title: 'Some Quokkas Learn: Diffusion Transformers for Everyday Robots and their Tools',
  summary:
    'A robot learns from a few minutes of video how people use tools, and keeps it when the kitchen changes. '
      .repeat(2)
      .trim(),
  comments: 3,
  githubUrl: 'https://github.com/example/quokka',
  githubStars: 1234,
  organization: { name: 'example', displayName: 'Example University of Technology' },
} as const satisfies Partial<Paper>;

/** As much as a paper can have. */
export const LONG: Partial<Paper> = {
  title: `Long ${'title words '.repeat(20)}`.trim(),
  abstract: 'An abstract goes on. '.repeat(90).trim(),
  summary: 'A summary of many words goes on. '.repeat(20).trim(),
  authors: Array.from({ length: 120 }, (_, index) => ({ name: `Author ${index}` })),
  keywords: Array.from({ length: 28 }, (_, index) => `keyword ${index}`),
  comments: 12,
  githubUrl: 'https://github.com/example/code',
  githubStars: 12_345,
  projectUrl: 'https://example.com/project',
  organization: { name: 'example', displayName: 'An organisation with a long name' },
  publishedAt: '2026-11-20T00:00:00.000Z',
};

export const PAPER_CARD: PaperCard = {
  kind: 'paper',
  entry: {
    number: 3,
    paper: aPaper({ id: '2611.00001', title: 'Quokka alone', upvotes: 7, abstract: 'About it.' }),
  },
  notes: ['The note'],
};

export const TEXT_CARD: TextCard = {
  kind: 'text',
  title: 'An answer',
  paragraphs: ['First paragraph.', 'Second paragraph.'],
  rows: [
    { name: 'name', value: 'What is said of it' },
    { name: 'other', value: 'What is said of the other' },
  ],
};

/** A question that is answered by a press, or by a command. */
export const ACTION_CARD: TextCard = {
  kind: 'text',
  title: 'A question',
  paragraphs: ['It may have arrived.'],
  actions: [
    { label: 'Resend', command: 'delivery resend', options: { delivery: 'feed@2026-11-23#2' } },
    { label: 'Dismiss', command: 'delivery dismiss', options: { delivery: 'feed@2026-11-23#2' } },
  ],
};

export const CARDS: readonly Card[] = [
  aList(1),
  aList(10),
  aList(50, () => LONG),
  PAPER_CARD,
  TEXT_CARD,
  ACTION_CARD,
];

/** Texts that would act on one platform or another, if they were let. */
export const HOSTILE_TEXTS = [
  '\x1b[2J\x1b[1;1H',
  '\x1b]0;title\x07',
  '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\',
  '\x1bP1$r\x1b\\ \x1b_G\x1b\\ \x1bc',
  '\x9b31m \x9d0;title\x9c \x90q\x9c',
  'one\ntwo\r\nthree\u2028four\u0085five\vsix\fseven\teight',
  '\u202eesrever\u202c \u2066isolated\u2069 \u200ehidden\u200b\ufeff',
  '\u{e0041}\u{e0042}\u00ad\u3164\ud800',
  'back\b\b\b\bspace \x7f \0',
  '@everyone @here <@1> <@&2> <#3> <!channel> <!subteam^S1> <https://evil.example|click>',
  '[click](https://evil.example) ![](https://evil.example) `code` ```block``` ||spoiler|| > quote # head',
  '*bold* _under_ ~strike~ &lt;b&gt; <b>html</b> :smile: https://evil.example/x',
  '1. Forged paper\n   ▲ 999',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ 漢字かな交じり文 한국어 👩‍👩‍👧‍👦🇩🇪❤️ עברית العربية',
] as const;

/** A line or more of anything, with hostile pieces among it. */
const aText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.lorem({ maxCount: 12 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(' '));

const anAddress: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://huggingface.co@evil.example/papers',
    'https://example.com/\x1b\\\x1b]0;title\x07',
    'https://example.com/a\nb c>|<d(e)[f]',
    'https://\u202eexample.com/漢字',
    'https://example.com/"onclick=',
    '//example.com',
    '',
  ),
  aText.map((text) => `https://example.com/${text}`),
);

const aHostilePaper: fc.Arbitrary<Omit<Paper, 'id' | 'keywords'> & { keywords: string[] }> = fc.record(
  {
    title: aText,
    upvotes: fc.nat(1_000_000),
    url: anAddress,
    arxivUrl: anAddress,
    pdfUrl: anAddress,
    keywords: fc.array(aText, { maxLength: 4 }),
    abstract: aText,
    summary: aText,
    authors: fc.array(fc.record({ name: aText }), { maxLength: 9 }),
    publishedAt: aText,
    comments: fc.nat(2_000_000),
    organization: fc.record({ name: aText, displayName: aText }),
    githubUrl: anAddress,
    githubStars: fc.nat(2_000_000),
    projectUrl: anAddress,
  },
  { requiredKeys: ['title', 'upvotes', 'url', 'arxivUrl', 'pdfUrl', 'keywords'] },
);

/** The command is ours, what it is given may be anything. */
export const aHostileAction: fc.Arbitrary<CardAction> = fc.record({
  label: aText,
  command: fc.constantFrom('delivery resend', 'search'),
  options: fc.record(
    { words: aText, delivery: aText, limit: fc.integer(), 'code-only': fc.boolean() },
    { requiredKeys: [] },
  ),
});

const anEntry = fc.record({ paper: aHostilePaper, reason: fc.option(aText, { nil: undefined }) });

/** Lists, papers and texts in which every text may be hostile; numbers and ids are ours, so they are sound. */
export const aHostileCard: fc.Arbitrary<Card> = fc.oneof(
  fc
    .record({
      title: aText,
      subtitle: aText,
      headings: fc.tuple(aText, aText),
      notes: fc.array(aText, { maxLength: 3 }),
      entries: fc.array(anEntry, { maxLength: 12 }),
    })
    .map(({ title, subtitle, headings, notes, entries }): ListCard => {
      const all = entries.map((entry, index) => numbered(entry, index + 1));
      const sections = headings.map((heading, index) => ({
        heading,
        entries: index === 0 ? all.slice(0, 5) : all.slice(5),
      }));
      return { kind: 'list', title, subtitle, sections, notes };
    }),
  fc
    .record({ entry: anEntry, notes: fc.array(aText, { maxLength: 3 }) })
    .map(({ entry, notes }): PaperCard => ({ kind: 'paper', entry: numbered(entry, 1), notes })),
  fc.record({
    kind: fc.constant('text' as const),
    title: aText,
    paragraphs: fc.array(aText, { maxLength: 4 }),
    rows: fc.array(fc.record({ name: aText, value: aText }), { maxLength: 4 }),
    actions: fc.array(aHostileAction, { maxLength: 3 }),
  }),
);

function numbered(
  { paper, reason }: { paper: Omit<Paper, 'id'>; reason: string | undefined },
  number: number,
): CardEntry {
  const id = `2611.${String(number).padStart(5, '0')}`;
  return { number, paper: { ...paper, id }, ...(reason === undefined ? {} : { reason }) };
}
