import fc from 'fast-check';
import type { CardEntry } from '../../../../src/domain/card.ts';
import { arxivLinks, type Paper } from '../../../../src/domain/paper.ts';
import { HOSTILE_TEXTS } from '../../../contracts/adapter-cards.ts';

/** What Discord would obey, if it were let; each has been a way to forge something somewhere. */
export const DISCORD_ATTACKS = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@!123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '</paper today:123456789012345678> <id:customize>',
  '<t:1700000000:R>',
  '<:party:123456789012345678> <a:party:123456789012345678> :smile: :+1:',
  '[click](https://evil.example)',
  'x](https://evil.example) [y',
  '](https://evil.example)',
  '[a [b](https://evil.example) c](https://evil.example)',
  'https://evil.example/x http://evil.example <https://evil.example> steam://run/1 discord://x',
  '<mailto:a@evil.example> <tel:+491234567>',
  '# heading',
  '### [big](https://evil.example)',
  '-# small',
  '> quote',
  '>>> all of it',
  '- list',
  '* list',
  '+ list',
  '1. Forged paper',
  '2) other',
  '**bold** *italic* __under__ _italic_ ~~strike~~ ||spoiler|| `code` ``co`de``',
  '```js\nblock\n```',
  '***~~__||all||__~~***',
  '**',
  '||',
  '~~',
  '`',
  '\\',
  '\\*\\*',
  '\\\\*x*',
  '¯\\_(ツ)_/¯',
  'snake_case_name and __init__',
  'A* and pass@k, [CLS] tokens, [unbalanced',
  'www.evil.example discord.gg/evil',
  'һttps://evil.example ｈttps：//evil.example',
] as const;

const OTHER_TEXTS = [
  'Gaussian splatting for avatars',
  '面向长上下文推理的稀疏注意力机制与高效推理系统',
  '長い文脈のための注意機構：概要と展望',
  '대규모 언어 모델의 추론 능력 향상',
  'למידה עמוקה ברשתות',
  'التعلم العميق للرؤية الحاسوبية',
  'مرحبا (parenthesis] 123',
  '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 1️⃣ ☺️ ⚡ 🇩🇪',
  'e\u0301a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309',
  'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b',
  '$\\ell_2$ and \\mathbb{R}^n, $O(n \\log n)$, 10^{-3}',
  'zero\u200bwidth\u200d \u2060joined\ufeff soft\u00adhyphen',
  'over\u202eride\u202c \u2067isolated\u2069 \u200fmark',
  '\ud800 half \udfff pairs',
  'tab\tand\u0000null\u001b[31mred',
  '100% of ~5 |x| < y > z & "quotes"',
  '…',
  '',
  ' ',
] as const;

const aPiece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...DISCORD_ATTACKS) },
  { weight: 4, arbitrary: fc.constantFrom(...OTHER_TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

/** A text of a few pieces, seldom a very long one. */
export const aText: fc.Arbitrary<string> = fc
  .tuple(fc.array(aPiece, { maxLength: 5 }), fc.constantFrom('', ' ', ' ', '\n'), fc.nat(60))
  .map(([pieces, between, luck]) => {
    const text = pieces.join(between);
    return luck === 0 ? text.repeat(1 + Math.floor(10_000 / (text.length + 1))).slice(0, 10_000) : text;
  });

const anAddress = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('https://huggingface.co/papers/2611.00001', 'https://github.com/a_b/c-d'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'javascript:alert(1)',
      'https://huggingface.co@evil.example/papers',
      'https://user:password@evil.example',
      'https://example.com/a)b(c [x](https://evil.example)',
      'https://example.com/?q=**bold**&x=||y||#a#b',
      'https://example.com/%zz/{x}^`\'"<>',
      'https://example.com/漢字/\u202e',
      'https://[::1]/x',
      'http://localhost/x',
      `https://example.com/${'x'.repeat(3000)}`,
      'https://example.com/a b',
      'data:text/html,x',
      '//example.com',
      '',
    ),
  },
  { weight: 1, arbitrary: aText.map((text) => `https://example.com/${text.slice(0, 300)}`) },
);

const MANY = Array.from({ length: 5000 }, (_, index) => ({ name: `Author *${index}* @everyone` }));

const someAuthors = fc.oneof(
  { weight: 40, arbitrary: fc.array(fc.record({ name: aText }), { maxLength: 9 }) },
  { weight: 1, arbitrary: fc.constant(MANY) },
);

const fields = fc.record(
  {
    title: aText,
    upvotes: fc.nat(1_000_000),
    url: anAddress,
    abstract: aText,
    summary: aText,
    authors: someAuthors,
    keywords: fc.array(aText, { maxLength: 4 }),
    publishedAt: fc.constantFrom('2026-11-20T00:00:00.000Z', 'soon', ''),
    comments: fc.nat(2000),
    thumbnailUrl: anAddress,
    organization: fc.record({ name: fc.constant('example'), displayName: aText }),
    githubUrl: anAddress,
    githubStars: fc.nat(200_000),
    projectUrl: anAddress,
    reason: aText,
  },
  { requiredKeys: ['title', 'upvotes', 'url', 'keywords'] },
);

/** Invented papers in which every text and every address may be hostile, numbered from 1; the same for the same seed. */
export function nastyEntries(count: number, seed: number): CardEntry[] {
  return fc.sample(fields, { numRuns: count, seed }).map(({ reason, ...paper }, index) => {
    const id = `2611.${String((index % 90_000) + 1).padStart(5, '0')}`;
    const whole: Paper = { id, ...arxivLinks(id), ...paper };
    return { number: index + 1, paper: whole, ...(reason === undefined ? {} : { reason }) };
  });
}

/** A text of attacks on a platform and of what is hostile everywhere, seldom a very long one. */
export function textOf(attacks: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...attacks), aText), { maxLength: 3 }),
      fc.constantFrom('', ' ', ' ', '\n'),
    )
    .map(([pieces, between]) => pieces.join(between));
}

/** The same papers as `nastyEntries`, with such texts in most of their places. */
export function nastyEntriesOf(texts: fc.Arbitrary<string>, count: number, seed: number): CardEntry[] {
  const words = fc.sample(texts, { numRuns: 4999, seed });
  const word = (index: number) => words[index % words.length] ?? '';
  return nastyEntries(count, seed).map((entry, index) => {
    const { paper } = entry;
    const authors = paper.authors?.map(({ name }, nth) => ({ name: nth < 3 ? word(index + nth) : name }));
    return {
      ...entry,
      paper: {
        ...paper,
        title: index % 3 === 0 ? paper.title : word(index),
        ...(paper.summary === undefined ? {} : { summary: word(index + 1000) }),
        ...(authors ? { authors } : {}),
        keywords: [...paper.keywords, word(index + 2000)],
      },
    };
  });
}
