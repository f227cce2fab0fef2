import fc from 'fast-check';
import { SLACK_ATTACKS } from './cards/papers.ts';

/** What people and papers may be called: markup, right-to-left text, towers of marks, emoji, 3,000 characters. */
export const nastyName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SLACK_ATTACKS) },
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('שלום <!here> עולם', '\u202eevil', 'a\u0300'.repeat(500), '👩‍👩‍👧‍👦'.repeat(200), '', ' '),
  fc.constantFrom('&', 'x', '字', '"').map((sign) => sign.repeat(3000)),
);
