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
import { describeInertText } from '../../inert-text.ts';
import { aSlackText, SLACK_ATTACKS, withSigns } from './papers.ts';

/** What is read of it, without the signs that isolate, and with what only looks like a sign as the sign. */
function read(written: string): string {
  return withSigns(textOf(parse(written)).replace(/[\u2068\u2069]/g, ''));
}

describeInertText({
  attacks: SLACK_ATTACKS,
  obeyedShare: 0.6,
  aText: aSlackText,
  inert,
  isLabel,
  safeUrl,
  boldLink: (label, url, after) => `*${link(label, url)}*${after}`,
  tooLong: `https://example.com/${'x'.repeat(3000)}`,
  parse,
  read,
  withSigns,
});

describe('inert text', () => {
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
});

it.each([
  'Attention Is All You Need',
  'A* and [CLS]: why snake_case?',
  'GPT-4.1 vs. Llama 3.1™',
  '面向长上下文的注意力',
  'למידה',
  'Node.js for agents',
  'emoji 🚀',
])('a label of a link may be: %s', (title) => {
  expect(isLabel(title)).toBe(true);
});

it('an address is written so that it ends where it should', () => {
  expect(safeUrl('https://example.com/a b|c>d*')).toBe('https://example.com/a%20b%7Cc%3Ed%2A');
});

it('an emoji’s name stays one in plain text that would make an emoji of it', () => {
  expect(plainWithEmoji('a\n:smile: b')).toBe('a ∶smile: b');
});
