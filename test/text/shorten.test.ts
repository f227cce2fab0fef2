import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSentence, shorten, type Unit } from '../../src/text/shorten.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const sizes: Record<Unit, (text: string) => number> = {
  graphemes: (text) => [...graphemes.segment(text)].length,
  characters: (text) => text.length,
  bytes: (text) => Buffer.byteLength(text),
};

describe('shorten', () => {
  it('leaves alone what fits, to the last unit', () => {
    expect(shorten('exactly ten', 11)).toBe('exactly ten');
    expect(shorten('👩‍💻👩‍💻', 2)).toBe('👩‍💻👩‍💻');
    expect(shorten('für', 4, 'bytes')).toBe('für');
    expect(shorten('', 0)).toBe('');
  });

  it('ends at a word where one is near, without its comma', () => {
    expect(shorten('The quick, brown fox jumps', 12)).toBe('The quick…');
    expect(shorten('The quick brown fox', 10)).toBe('The quick…');
    expect(shorten('Donaudampfschifffahrt', 6)).toBe('Donau…');
    expect(shorten('On Donaudampfschifffahrt now', 20)).toBe('On Donaudampfschiff…');
    expect(shorten('wait... for it', 9)).toBe('wait…');
  });

  it('does not show half a link', () => {
    expect(shorten('See https://example.org/a/very/long/path/indeed for code', 40)).toBe('See…');
    expect(shorten('https://example.org/a/very/long/path', 10)).toBe('https://e…');
  });

  it('never splits what is seen as one', () => {
    expect(shorten('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧…');
    expect(shorten('👨‍👩‍👧👨‍👩‍👧', 9, 'characters')).toBe('👨‍👩‍👧…');
    expect(shorten('👨‍👩‍👧👨‍👩‍👧', 8, 'characters')).toBe('…');
    expect(shorten('ab', 1)).toBe('…');
  });

  it('does without the ellipsis where not even that fits', () => {
    expect(shorten('abcdef', 2, 'bytes')).toBe('ab');
    expect(shorten('éé', 1, 'bytes')).toBe('');
    expect([shorten('a', 0), shorten('a', -1)]).toEqual(['', '']);
  });

  it('keeps its limit in every unit and cuts between graphemes', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'word ', 'é', 'e\u0301', '👩‍💻', '🇩🇪', '漢', '\n', '. ', '🏽'),
    });
    const unit = fc.constantFrom<Unit>('graphemes', 'characters', 'bytes');
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), unit, (long, max, counted) => {
        const short = shorten(long, max, counted);
        expect(sizes[counted](short)).toBeLessThanOrEqual(max);
        if (short === long) return;
        const kept = short.replace(/…$/, '');
        const cuts = [...graphemes.segment(long)].map(({ index }) => index);
        expect(long.startsWith(kept)).toBe(true);
        expect(cuts).toContain(kept.length);
        if (max >= 3) expect(short).toMatch(/…$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('firstSentence', () => {
  it.each([
    ['We scale it. It works.', 'We scale it.'],
    ['Is it true? Yes.', 'Is it true?'],
    ['Models, e.g. GPT-4, i.e. LLMs, fail. Ours does not.', 'Models, e.g. GPT-4, i.e. LLMs, fail.'],
    ['We follow Smith et al. (2024) and beat them. Done.', 'We follow Smith et al. (2024) and beat them.'],
    ['A 2.5x gain vs. Llama 3.1 at v1.0. Next.', 'A 2.5x gain vs. Llama 3.1 at v1.0.'],
    ['By J. R. Smith, Dr. Who and No. 5 in Fig. 3. End.', 'By J. R. Smith, Dr. Who and No. 5 in Fig. 3.'],
    ['The answer is no. We show why.', 'The answer is no.'],
    ['He said "stop." Then he left.', 'He said "stop."'],
    ['1. First things first. Then more.', '1. First things first.'],
    ['Takes 5 approx. 90 GPUs. Fine.', 'Takes 5 approx. 90 GPUs.'],
    ['Wrapped\nover lines. Then on.', 'Wrapped over lines.'],
    ['Budgets are limited.While others wait, we go. On.', 'Budgets are limited.'],
    [
      'Uses Node.js, arXiv.org and U.S. GPT-4.Turbo now. End.',
      'Uses Node.js, arXiv.org and U.S. GPT-4.Turbo now.',
    ],
    ['No stop at all\n\nSecond paragraph.', 'No stop at all'],
    ['我们提出一种方法。它很好。', '我们提出一种方法。'],
    ['', ''],
  ])('%s', (text, first) => {
    expect(firstSentence(text, 200)).toBe(first);
  });

  it('keeps its limit', () => {
    expect(firstSentence('A sentence that is too long. B.', 15)).toBe('A sentence…');
  });

  it.each(['.', '. ', '.)', '?"', 'e.g. ', 'A. ', '\n ', '。', 'a.A'])(
    'comes to an end on 100 kB of %j',
    (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      expect(sizes.graphemes(firstSentence(text, 50))).toBeLessThanOrEqual(50);
    },
  );
});
