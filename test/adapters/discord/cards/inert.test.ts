import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, inertLines, isLabel, link, safeUrl } from '../../../../adapters/discord/cards/inert.ts';
import { parse, textOf } from '../../../../adapters/discord/look/markdown.ts';
import { plain } from '../../../../src/text/line.ts';
import { describeInertText } from '../../inert-text.ts';
import { aText, DISCORD_ATTACKS } from './papers.ts';

/** What is read of it, without the signs that isolate. */
function read(written: string): string {
  return textOf(parse(written)).replace(/[\u2068\u2069]/g, '');
}

describeInertText({
  attacks: DISCORD_ATTACKS,
  obeyedShare: 0.7,
  aText,
  inert,
  isLabel,
  safeUrl,
  boldLink: (label, url, after) => `**${link(label, url)}**${after}`,
  tooLong: `https://example.com/${'x'.repeat(600)}`,
  parse,
  read,
});

describe('inert text', () => {
  it('is read as it was given, alone, after other text and inside bold text', () => {
    fc.assert(
      fc.property(aText, (text) => {
        const line = plain(text);
        if (line === '') return;
        expect(read(inert(text))).toBe(line);
        expect(read(`-# ▲ 1 · ${inert(text)} · x`).trim()).toBe(`▲ 1 · ${line} · x`);
        expect(read(`**1\\. ${inert(text)}**`)).toBe(`1. ${line}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('is one line, or the lines that there were', () => {
    expect(inert('one\ntwo\r\nthree')).toBe('one two three');
    expect(inertLines('# one\n\n- two\n  > three')).toBe('\\# one\n\\- two\n\\> three');
  });

  it('leaves alone what means nothing', () => {
    const text = 'pass@k: ~5 % of a|b, 3.5 (see "x" & y) – 50k–100k, C#, f(x) > 2: done!';
    expect(inert(text)).toBe(text);
  });
});

describe('labels of links', () => {
  it.each([
    'Attention Is All You Need',
    '4D Gaussians: a survey (2026)',
    'GPT-4.1 vs. Llama 3.1™',
    '面向长上下文的注意力',
    'What’s new?',
    'Node.js for agents',
  ])('may be: %s', (title) => {
    expect(isLabel(title)).toBe(true);
    expect(parse(`**1\\. ${link(title, 'https://example.com/x')}**`)).toMatchObject([
      {
        kind: 'bold',
        children: [{ kind: 'text' }, { kind: 'link', label: title, children: [{ text: title }] }],
      },
    ]);
  });

  it.each([
    'A* search',
    'snake_case',
    'an [unbalanced',
    'balanced [CLS]',
    'emoji 🚀',
    'x < y',
    'למידה',
    '1. first',
    ':smile:',
    '@everyone',
  ])('may not be: %s', (title) => {
    expect(isLabel(title)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['https://example.com/a b(c)[d]', 'https://example.com/a%20b%28c%29%5Bd%5D'],
    ['https://example.com/?q=**x**|\\', 'https://example.com/?q=%2A%2Ax%2A%2A%7C%5C'],
  ])('%s is %s', (given, expected) => {
    expect(safeUrl(given)).toBe(expected);
  });
});
