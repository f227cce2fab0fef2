import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** How a platform makes text inert, and how its readers take what is written. */
export interface InertSubject {
  /** What it would obey, if it were let. */
  attacks: readonly string[];
  /** So many of all attacks, at least, are obeyed or read as something else as they are; from 0 to 1. */
  obeyedShare: number;
  aText: fc.Arbitrary<string>;
  inert(text: string): string;
  isLabel(title: string): boolean;
  safeUrl(url: string): string | undefined;
  /** A bold link, and something after it. */
  boldLink(label: string, url: string, after: string): string;
  /** An address that is too long. */
  tooLong: string;
  parse(written: string): readonly { kind: string }[];
  /** What is read of it, without the signs that isolate. */
  read(written: string): string;
  /** A text with the signs that readers take for those in it; default as it is. */
  withSigns?: (text: string) => string;
}

/** That no title, name or address acts, whatever it is. */
export function describeInertText({ withSigns = (text) => text, ...subject }: InertSubject): void {
  const { attacks, aText, inert, isLabel, safeUrl, boldLink, parse, read } = subject;
  const isPlain = (written: string) => parse(written).every(({ kind }) => kind === 'text');

  describe('inert text', () => {
    it.each(attacks)('shows and does not obey: %s', (attack) => {
      expect(isPlain(inert(attack))).toBe(true);
      expect(read(inert(attack))).toBe(withSigns(attack).replaceAll('\n', ' '));
    });

    it('would be obeyed, or read as something else, most of it', () => {
      const obeyed = attacks.filter((attack) => !isPlain(attack) || read(attack) !== withSigns(attack));
      expect(obeyed.length).toBeGreaterThan(attacks.length * subject.obeyedShare);
    });

    it('keeps right-to-left text apart from its neighbours, and cuts towers of marks', () => {
      expect(inert('למידה (1')).toBe('\u2068למידה (1\u2069');
      expect(inert(`a${'\u0316'.repeat(50)}b`)).toBe(`a${'\u0316'.repeat(5)}b`);
    });
  });

  it.each([
    'see https://evil.example',
    'ｈttps：／／evil.example',
    'www.evil.example',
    'evil.example',
    'evil.example/login now',
    '',
  ])('no label of a link may be: %s', (title) => {
    expect(isLabel(title)).toBe(false);
  });

  describe('an address', () => {
    it.each([
      ['https://huggingface.co/papers/2608.19880', 'https://huggingface.co/papers/2608.19880'],
      ['https://github.com/a_b/c-d', 'https://github.com/a_b/c-d'],
      ['https://example.com/100%#a#b', 'https://example.com/100%25#a%23b'],
    ])('%s is %s', (given, expected) => {
      expect(safeUrl(given)).toBe(expected);
    });

    it.each(['https://huggingface.co@evil.example/', subject.tooLong])('%s is none', (given) => {
      expect(safeUrl(given)).toBeUndefined();
    });

    it('that is one ends a link where it should', () => {
      fc.assert(
        fc.property(
          fc.oneof(aText, fc.webUrl({ withQueryParameters: true, withFragments: true })),
          (text) => {
            const url = safeUrl(text.startsWith('http') ? text : `https://example.com/${text.slice(0, 200)}`);
            if (url === undefined) return;
            expect(parse(boldLink('x', url, ' after'))).toMatchObject([
              { kind: 'bold', children: [{ kind: 'link', url, children: [{ text: 'x' }] }] },
              { kind: 'text', text: ' after' },
            ]);
          },
        ),
        { numRuns: 1000 },
      );
    });
  });
}
