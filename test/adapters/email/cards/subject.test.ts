import { describe, expect, it } from 'vitest';
import { preheaderOf, subjectOf } from '../../../../adapters/email/cards/subject.ts';
import { aList, PAPER_CARD, TEXT_CARD } from '../../../contracts/adapter-cards.ts';

const subject = (title: string) => subjectOf({ ...TEXT_CARD, title });

describe('a subject', () => {
  it('is the title, of a paper its own', () => {
    expect(subjectOf(aList(2))).toBe('The title');
    expect(subjectOf(PAPER_CARD)).toBe('Quokka alone');
  });

  it.each([
    ['One\r\nBcc: all@example.com', 'One Bcc: all@example.com'],
    ['One\u2028Two\u0085Three\vFour', 'One Two Three Four'],
    ['a\0b\x1b[2Jc\x7f', 'ab[2Jc'],
    ['over\u202eride\u2066 \u200ehidden\u200b', 'override hidden'],
    ['שלום', '\u2068שלום\u2069'],
    [' \n ', 'Paperwire'],
    ['\u200b\u202e', 'Paperwire'],
  ])('is one line of what can be seen: %j', (title, seen) => {
    expect(subject(title)).toBe(seen);
  });

  it('is short, and ends between characters', () => {
    expect(subject('word '.repeat(100)).length).toBeLessThanOrEqual(150);
    expect(subject('👩‍👩‍👧‍👦'.repeat(100)).length).toBeLessThanOrEqual(150);
    expect(subject('👩‍👩‍👧‍👦'.repeat(100)).isWellFormed()).toBe(true);
  });
});

describe('what stands beside a subject', () => {
  it('is the names of the first papers, the sentence of one, the first paragraph', () => {
    expect(preheaderOf(aList(9))).toBe(
      'Quokka 1 learns · Quokka 2 learns · Quokka 3 learns · Quokka 4 learns',
    );
    expect(preheaderOf(PAPER_CARD)).toBe('About it.');
    expect(preheaderOf(TEXT_CARD)).toBe('First paragraph.');
    expect(preheaderOf({ ...TEXT_CARD, paragraphs: [] })).toBe('');
    expect(preheaderOf({ ...aList(1), sections: [] })).toBe('');
  });
});
