import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, inertLines, isLabel, link, safeUrl } from '../../../../adapters/discord/cards/inert.ts';
import { parse, textOf } from '../../../../adapters/discord/look/markdown.ts';
import { plain } from '../../../../src/text/line.ts';
import { aText, DISCORD_ATTACKS } from './papers.ts';

/** What is read of it, without the signs that isolate. */
function read(written: string): string {
  return textOf(parse(written)).replace(/[\u2068\u2069]/g, '');
}

const isPlain = (written: string) => parse(written).every(({ kind }) => kind === 'text');

describe('inert text', () => {
  it.each(DISCORD_ATTACKS)('shows and does not obey: %s', (attack) => {
    expect(isPlain(inert(attack))).toBe(true);
    expect(read(inert(attack))).toBe(attack.replaceAll('\n', ' '));
  });

  it('would be obeyed, or read as something else, most of it', () => {
    const obeyed = DISCORD_ATTACKS.filter((attack) => !isPlain(attack) || read(attack) !== attack);
    expect(obeyed.length).toBeGreaterThan(DISCORD_ATTACKS.length * 0.7);
  });

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

  it('keeps right-to-left text apart from its neighbours, and cuts towers of marks', () => {
    expect(inert('למידה (1')).toBe('\u2068למידה (1\u2069');
    expect(inert(`a${'\u0316'.repeat(50)}b`)).toBe(`a${'\u0316'.repeat(5)}b`);
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
    'see https://evil.example',
    'ｈttps：／／evil.example',
    'www.evil.example',
    'evil.example',
    'evil.example/login now',
    'למידה',
    '1. first',
    ':smile:',
    '@everyone',
    '',
  ])('may not be: %s', (title) => {
    expect(isLabel(title)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['https://huggingface.co/papers/2608.19880', 'https://huggingface.co/papers/2608.19880'],
    ['https://github.com/a_b/c-d', 'https://github.com/a_b/c-d'],
    ['https://example.com/a b(c)[d]', 'https://example.com/a%20b%28c%29%5Bd%5D'],
    ['https://example.com/?q=**x**|\\', 'https://example.com/?q=%2A%2Ax%2A%2A%7C%5C'],
    ['https://example.com/100%#a#b', 'https://example.com/100%25#a%23b'],
  ])('%s is %s', (given, expected) => {
    expect(safeUrl(given)).toBe(expected);
  });

  it.each(['https://huggingface.co@evil.example/', `https://example.com/${'x'.repeat(600)}`])(
    '%s is none',
    (given) => {
      expect(safeUrl(given)).toBeUndefined();
    },
  );

  it('any that is one ends a masked link where it should', () => {
    fc.assert(
      fc.property(fc.oneof(aText, fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        const url = safeUrl(text.startsWith('http') ? text : `https://example.com/${text.slice(0, 200)}`);
        if (url === undefined) return;
        expect(parse(`**${link('x', url)}** after`)).toMatchObject([
          { kind: 'bold', children: [{ kind: 'link', label: 'x', url }] },
          { kind: 'text', text: ' after' },
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});
