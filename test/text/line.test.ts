import { describe, expect, it } from 'vitest';
import { isolated, isRightToLeft, lineByLine, plain } from '../../src/text/line.ts';

const HEBREW = 'למידה (1';

it('plain text is visible, in one line, without towers of marks', () => {
  expect(plain(' a\n\u202eb\u0000 ')).toBe('a b');
  expect(plain(`a${'\u0316'.repeat(50)}b`)).toBe(`a${'\u0316'.repeat(5)}b`);
  expect(plain('*a* <b> & [c]')).toBe('*a* <b> & [c]');
});

describe('a line', () => {
  it('is isolated where it would turn its neighbours round, by what it says', () => {
    expect(isolated(HEBREW, 'written')).toBe('\u2068written\u2069');
    expect(isolated('left', 'written')).toBe('written');
  });

  it.each([HEBREW, 'العربية', 'x ߊ', '𐤀', '𞤀', 'ﷲ'])('turns its neighbours round: %s', (line) => {
    expect(isRightToLeft(line)).toBe(true);
  });

  it.each(['', 'Latin', '漢字', 'हिन्दी', 'ไทย', '🚀', 'кириллица'])('turns nothing round: %s', (line) => {
    expect(isRightToLeft(line)).toBe(false);
  });
});

it('each line is written by itself, and those of which nothing is left go', () => {
  const write = (line: string) => line.replace('x', '').trim();
  expect(lineByLine('one\r\n\nx\n two \u2028three', write)).toBe('one\ntwo\nthree');
  expect(lineByLine('x', write)).toBe('');
});
