import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTex, texToUnicode } from '../../src/text/tex.ts';

const PARTS = [
  ...[
    'sim',
    'leq',
    'times',
    'approx',
    'pm',
    'infty',
    'varepsilon',
    'alpha',
    'ell',
    'frac',
    'hat',
    'to',
    'in',
  ],
  ...[
    '5',
    '12%',
    ' ',
    'a',
    'X',
    '. ',
    '% A',
    '--',
    '-',
    '"',
    "'",
    '!',
    '(',
    ')',
    '₂',
    '°',
    'http://a.b/c',
    '$',
    '^',
    '_',
  ],
  ...[
    'www.x.y/z',
    'name@example.org',
    'cat.n.01',
    'S*',
    '|',
    '#',
    '&',
    '@',
    '/',
    '<',
    '>',
    '\\',
    '{',
    '}',
    '~',
    '`',
  ],
];

describe('the look at whether there is any TeX', () => {
  it('never lets pass what reading would change', () => {
    const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        expect(texToUnicode(given)).toBe(readTex(given));
      }),
      { numRuns: 5000 },
    );
  });
});
