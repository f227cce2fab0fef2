import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inert,
  inertBold,
  inertLabel,
  inertLines,
  isLabel,
  link,
  plainWithEmoji,
  safeUrl,
} from '../../../../adapters/slack/cards/inert.ts';
import { parse, textOf } from '../../../../adapters/slack/look/mrkdwn.ts';
import { plain } from '../../../../src/text/line.ts';
import { aSlackText, SLACK_ATTACKS, withSigns } from './papers.ts';

/** What is read of it, without the signs that isolate, and with what only looks like a sign as the sign. */
function read(written: string): string {
  return withSigns(textOf(parse(written)).replace(/[\u2068\u2069]/g, ''));
}

const isPlain = (written: string) => parse(written).every(({ kind }) => kind === 'text');

describe('inert text', () => {
  it.each(SLACK_ATTACKS)('shows and does not obey: %s', (attack) => {
    expect(isPlain(inert(attack))).toBe(true);
    expect(read(inert(attack))).toBe(withSigns(attack));
  });

  it('would be obeyed, or read as something else, most of it', () => {
    const obeyed = SLACK_ATTACKS.filter((attack) => !isPlain(attack) || read(attack) !== withSigns(attack));
    expect(obeyed.length).toBeGreaterThan(SLACK_ATTACKS.length * 0.6);
  });

  it('is read as it was given, alone, after other text, inside bold text and as a label', () => {
    fc.assert(
      fc.property(aSlackText, (text) => {
        const line = withSigns(plain(text));
        if (line === '') return;
        expect(read(inert(text))).toBe(line);
        expect(read(`▲ 1 · ${inert(text)} · x`)).toBe(`▲ 1 · ${line} · x`);
        expect(parse(`*${inertBold(text)}*: x`)).toMatchObject([{ kind: 'bold' }, { text: ': x' }]);
        expect(read(`*${inertBold(text)}*`)).toBe(line);
        const linked = parse(`*${link(`1. ${inertLabel(text)}`, 'https://example.com/')}*`);
        expect(linked).toMatchObject([{ kind: 'bold', children: [{ kind: 'link' }] }]);
        expect(withSigns(textOf(linked).replace(/[\u2068\u2069]/g, ''))).toBe(`1. ${line}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('is one line, or the lines that there were', () => {
    expect(inert('one\ntwo\r\nthree')).toBe('one two three');
    expect(inertLines('> one\n\n• two\n  `three`')).toBe('› one\n∙ two\n‘three‘');
  });

  it('leaves alone what means nothing', () => {
    for (const text of [
      'A*, model_name_v2, a~b: 3.5 (see "x") – 50k–100k, C#, 3:1, 12:30 done!',
      '#general @here https://example.com/a_b',
    ])
      expect(inert(text)).toBe(text);
    expect(inert('R&D: x < y')).toBe('R&amp;D: x &lt; y');
  });

  it('puts a look-alike where a format or an emoji could begin', () => {
    expect(inert('*a* _b_ ~c~ `d` :e: a_b_')).toBe('∗a* ˍb_ ∼c~ ‘d‘ ∶e: a_b_');
    expect(inertBold('A* search')).toBe('A∗ search');
    expect(inertLabel('p(x|y)')).toBe('p(x∣y)');
    expect(inert('> x > y')).toBe('› x &gt; y');
  });

  it('keeps right-to-left text apart from its neighbours, and cuts towers of marks', () => {
    expect(inert('למידה (1')).toBe('\u2068למידה (1\u2069');
    expect(inert(`a${'\u0316'.repeat(50)}b`)).toBe(`a${'\u0316'.repeat(5)}b`);
  });
});

describe('labels of links', () => {
  it.each([
    'Attention Is All You Need',
    'A* and [CLS]: why snake_case?',
    'GPT-4.1 vs. Llama 3.1™',
    '面向长上下文的注意力',
    'למידה',
    'Node.js for agents',
    'emoji 🚀',
  ])('may be: %s', (title) => {
    expect(isLabel(title)).toBe(true);
  });

  it.each([
    'see https://evil.example',
    'ｈttps：／／evil.example',
    'www.evil.example',
    'evil.example',
    'evil.example/login now',
    '',
  ])('may not be: %s', (title) => {
    expect(isLabel(title)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['https://huggingface.co/papers/2608.19880', 'https://huggingface.co/papers/2608.19880'],
    ['https://github.com/a_b/c-d', 'https://github.com/a_b/c-d'],
    ['https://example.com/a b|c>d*', 'https://example.com/a%20b%7Cc%3Ed%2A'],
    ['https://example.com/100%#a#b', 'https://example.com/100%25#a%23b'],
  ])('%s is %s', (given, expected) => {
    expect(safeUrl(given)).toBe(expected);
  });

  it.each(['https://huggingface.co@evil.example/', `https://example.com/${'x'.repeat(3000)}`])(
    '%s is none',
    (given) => {
      expect(safeUrl(given)).toBeUndefined();
    },
  );

  it('any that is one ends a link where it should', () => {
    fc.assert(
      fc.property(
        fc.oneof(aSlackText, fc.webUrl({ withQueryParameters: true, withFragments: true })),
        (text) => {
          const url = safeUrl(text.startsWith('http') ? text : `https://example.com/${text.slice(0, 200)}`);
          if (url === undefined) return;
          expect(parse(`*${link('x', url)}* after`)).toMatchObject([
            { kind: 'bold', children: [{ kind: 'link', url, children: [{ text: 'x' }] }] },
            { kind: 'text', text: ' after' },
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it('an emoji’s name stays one in plain text that would make an emoji of it', () => {
  expect(plainWithEmoji('a\n:smile: b')).toBe('a ∶smile: b');
});
