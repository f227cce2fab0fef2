import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyText, tidyTitle } from '../../src/text/tidy.ts';

const ATOMS = [
  ...[
    '\\',
    '{',
    '}',
    '$',
    '^',
    '_',
    '~',
    '`',
    "'",
    '"',
    '--',
    ' ',
    '\n',
    '\n\n',
    '|',
    '#',
    '%',
    '(',
    ')',
    '!',
  ],
  ...[
    'x',
    'A',
    '0',
    '12',
    '.',
    ',',
    '=',
    '<',
    '>',
    'é',
    '²',
    'ₙ',
    'π',
    '👨‍👩‍👧',
    '\u200D',
    '\u0301',
    '\uFE0F',
  ],
  ...[
    'times',
    'ell',
    'alpha',
    'circ',
    'sim',
    'textbf',
    'mathcal',
    'propto',
    'approx',
    'red',
    'bf ',
    '{}',
    '\\(',
    '\\)',
  ],
  ...[
    '\\textbf',
    '\\frac',
    '\\href',
    '\\url',
    '\\color',
    '\\alpha',
    '\\"u',
    "\\'e",
    '\\c',
    '\\sqrt',
    '\\hat',
    '\\method',
  ],
  ...['\\footnote', '\\$', '\\_', '\\{', '\\}', 'https://a.b/c_1', 'a.b/c', 'C:\\x'],
];
const texLike = fc.array(fc.constantFrom(...ATOMS), { maxLength: 20 }).map((atoms) => atoms.join(''));
const anything = fc.oneof(texLike, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const hidden = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD\u{E0000}-\u{E007F}]/u;

describe('tidyTitle', () => {
  it('makes one line of what was wrapped', () => {
    expect(tidyTitle('  Large\n  Models\u00A0and\tsmall\r\nones\u2028now ')).toBe(
      'Large Models and small ones now',
    );
  });

  it('drops what nobody sees, and keeps emoji and composed letters whole', () => {
    expect(tidyTitle('a\u200Bb\u202Ec\uFEFFd\u00ADe\u0007f\uD800g\u{E0041}')).toBe('abcdefg');
    expect(tidyTitle('👩‍💻 ❤️ 👍🏽‍x \uFE0Fy')).toBe('👩‍💻 ❤️ 👍🏽x y');
    expect(tidyTitle('Poke\u0301mon')).toBe('Pok\u00E9mon');
  });

  it('shows the text itself when nothing would be left of it', () => {
    expect(['{}', '\\', '$', '$$', '\\!', '}'].map(tidyTitle)).toEqual(['{}', '\\', '$', '$$', '\\!', '}']);
    expect(['', '  \n', '\u200B'].map(tidyTitle)).toEqual(['', '', '']);
  });

  it('gives in to layers without end', () => {
    const text = tidyTitle(`a ${'{'.repeat(30)},${'}'.repeat(30)}`);
    expect(text).toBe('a ,');
  });

  it('is one clean line, never empty for something, and final', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const title = tidyTitle(raw);
        expect(tidyTitle(title)).toBe(title);
        expect(title).not.toMatch(/\n|^\s|\s$|\s\s/);
        expect(title).not.toMatch(hidden);
        if (/[\p{L}\p{N}]/u.test(raw)) expect(title).not.toBe('');
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves plain prose and addresses untouched', () => {
    const word = fc.constantFrom(
      'pi',
      'times',
      'alpha',
      'in',
      'beta',
      'model',
      'GPT-4o',
      '3.5',
      'a',
      'snake_case',
      'Q&A',
      '(sum)',
    );
    const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(word, address), { minLength: 1 }), (words) => {
        const text = words.join(' ');
        expect(tidyTitle(text)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('tidyText', () => {
  it('joins wrapped lines and keeps paragraphs', () => {
    expect(tidyText('  One\n two.\n \n\n Three\nfour. \n\n\n')).toBe('One two.\n\nThree four.');
  });

  it('reads TeX in each paragraph on its own', () => {
    expect(tidyText('A {\\bf bold\n\nmove}: $x\n\ny$ and ell_2')).toBe('A {bold\n\nmove: $x\n\ny$ and ℓ₂');
  });

  it('is final, with single blank lines between paragraphs', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const text = tidyText(raw);
        expect(tidyText(text)).toBe(text);
        expect(text).not.toMatch(/\n{3}|(?<!\n)\n(?!\n)|^\s|\s$/);
        expect(text).not.toMatch(new RegExp(hidden.source.replace('\\p{Cc}', '\\u0000-\\u0009'), 'u'));
      }),
      { numRuns: 3000 },
    );
  });

  const HOSTILE = [
    '{',
    '}',
    '\\',
    '^',
    '$',
    '_',
    '`',
    "'",
    '~',
    '{}',
    '^{',
    '\\b{',
    '\\frac{',
    '\\{',
    '\\$',
    "\\'",
    '$x ',
    'a.',
    'a@',
    'x_1',
    '2times',
    'https://',
    '\\cite[',
    '\\(',
    ' \n',
    '👨\u200D',
    'a',
    '\u0301',
  ];
  it.each(HOSTILE)('comes to an end on 100 kB of %j', (unit) => {
    const open = unit.repeat(100_000 / unit.length);
    const closed = open.slice(0, 50_000) + '}'.repeat(50_000);
    for (const text of [open, closed]) expect(tidyText(text).length).toBeLessThanOrEqual(text.length * 2);
  });

  it('comes to an end on a link of 100 kB whose address has more ends than one', () => {
    const address = `https://example.org${'/.'.repeat(50_000)}x`;
    expect(tidyText(`${address}{label}`)).toBe(`label (${address})`);
  });
});
