import { describe, expect, it } from 'vitest';
import { createDraw } from '../../../../adapters/email/cards/draw.ts';
import { payloadOf, render } from '../../../../adapters/email/cards/payload.ts';
import { MAX_BYTES } from '../../../../adapters/email/cards/split.ts';
import type { Card, ListCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { aList, LONG, PAPER_CARD, TEXT_CARD, USUAL } from '../../../contracts/adapter-cards.ts';
import { checkMail } from '../../../mail-checks/check.ts';
import { readPlainShown, readShown, readText } from '../../../mail-checks/read.ts';
import { type WholeMail, whole } from '../../../mail-checks/whole.ts';

const draw = createDraw();
/** As long as none will be: what is kept free for the end is enough. */
const LINKS = {
  manage: `https://example.com/m/${'x'.repeat(2000)}`,
  unsubscribe: `https://example.com/u/${'x'.repeat(2000)}`,
};

function mailsOf(card: Card): WholeMail[] {
  const mails = render(card).map((payload) => whole(draw(payload, LINKS)));
  for (const mail of mails) expect(checkMail(mail)).toEqual([]);
  return mails;
}

/** Of everything as much as is ever shown, and of each sign the one that takes most bytes once it is escaped. */
const LONGEST: typeof LONG = {
  ...LONG,
  title: '"'.repeat(1000),
  summary: '"'.repeat(1000),
  authors: Array.from({ length: 9 }, () => ({ name: '"'.repeat(100) })),
  organization: { name: 'x', displayName: '"'.repeat(200) },
  url: `https://example.com/?${'&'.repeat(479)}`,
  arxivUrl: `https://example.com/a?${'&'.repeat(478)}`,
  pdfUrl: `https://example.com/p?${'&'.repeat(478)}`,
  projectUrl: `https://example.com/j?${'&'.repeat(478)}`,
  thumbnailUrl: `https://example.com/t?${'&'.repeat(478)}`,
};

function numbersIn(mails: readonly WholeMail[]): (number | undefined)[][] {
  return mails.map(({ html }) => readShown(html).map(({ number }) => number));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('what a delivery keeps', () => {
  it('is the card with no more of its papers than a list shows, and so little', () => {
    const card = aList(10, () => ({ ...LONG, ...USUAL, submittedBy: 'x', listedOn: '2026-11-23' }));
    const [payload, ...more] = render({ ...card, actions: [], ping: 'x' });
    expect(more).toEqual([]);
    expect(JSON.stringify(payload).length).toBeLessThan(12_000);
    expect(JSON.stringify(payload)).not.toMatch(/abstract|submittedBy|listedOn|keyword \d|actions|ping/);
  });

  it('counts authors whom nobody reads', () => {
    const authors = Array.from({ length: 5000 }, (_, index) => ({ name: `Author ${index}` }));
    const [payload] = render(aList(1, () => ({ authors })));
    expect(payload).toMatchObject({ others: { '2611.00001': 4997 } });
    expect(JSON.stringify(payload).length).toBeLessThan(2000);
    expect(mailsOf(aList(1, () => ({ authors })))[0]?.text).toContain(
      'Author 0, Author 1, Author 2 and 4,997 more\n',
    );
  });

  it('has the beginning of the abstract where nobody has written a summary', () => {
    const abstract = 'It begins so. It goes on.';
    expect(mailsOf(aList(1, () => ({ abstract })))[0]?.text).toContain('   It begins so.\n');
  });

  it('is known again, and what is none of ours is not', () => {
    for (const card of [aList(2), PAPER_CARD, TEXT_CARD]) {
      const [payload] = render(card);
      expect(payloadOf(JSON.parse(JSON.stringify(payload)))).toEqual(payload);
    }
    for (const other of [null, 'x', {}, { form: 2, card: TEXT_CARD }, { form: 1, card: { kind: 'x' } }])
      expect(payloadOf(other)).toBeUndefined();
  });
});

describe('a list that is too much for a mail', () => {
  it('is none with thirty usual papers', () => {
    expect(numbersIn(mailsOf(aList(30, () => USUAL)))).toEqual([upTo(30)]);
  });

  it('has shorter summaries first, and goes on only then', () => {
    const summary = 'A summary of many words goes on. '.repeat(30);
    const lengths = [10, 45].map((count) => {
      const mails = mailsOf(aList(count, () => ({ ...USUAL, summary })));
      expect(numbersIn(mails)).toEqual([upTo(count)]);
      return /^ {3}(A summary.*)$/m.exec(mails[0]?.text ?? '')?.[1]?.length ?? 0;
    });
    expect(lengths[0]).toBeGreaterThan(570);
    expect(lengths[1]).toBeLessThan(300);
    expect(lengths[1]).toBeGreaterThan(100);
  });

  it('goes on in numbered mails, evenly, and no paper is dropped', () => {
    const mails = mailsOf(aList(120, () => USUAL));
    expect(mails.map(({ subject }) => subject)).toEqual(
      upTo(mails.length).map((number) => `The title (${number}/${mails.length})`),
    );
    expect(mails.length).toBeGreaterThan(1);
    expect(numbersIn(mails).flat()).toEqual(upTo(120));
    const sizes = numbersIn(mails).map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('fits whatever is in it: fifty papers with the longest texts', () => {
    const card = aList(50, () => LONGEST);
    card.sections.forEach(({ entries }) => {
      for (const entry of entries) entry.reason = '"'.repeat(500);
    });
    const mails = mailsOf({ ...card, title: '"'.repeat(500), notes: upTo(30).map(() => '"'.repeat(900)) });
    expect(numbersIn(mails).flat()).toEqual(upTo(50));
    expect(mails.flatMap(({ text }) => readPlainShown(text))).toHaveLength(50);
    for (const { html } of mails) expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('has its subtitle in the first mail, its notes in the last, and its headings in each', () => {
    const card: ListCard = aList(120, () => USUAL);
    const texts = mailsOf(card).map(({ html }) => readText(html));
    expect(texts.map((text) => text.includes('The subtitle'))).toEqual(texts.map((_, index) => index === 0));
    expect(texts.map((text) => text.includes('The note'))).toEqual(
      texts.map((_, index) => index === texts.length - 1),
    );
    for (const text of texts) expect(text).toMatch(/First heading|Second heading/i);
    expect(texts.join().match(/Second heading/g)?.length).toBeGreaterThanOrEqual(1);
  });
});

describe('a text that is too much for a mail', () => {
  it('goes on in numbered mails, line by line', () => {
    const rows = upTo(2000).map((number) => ({ name: `Row ${number};`, value: '"'.repeat(50) }));
    const paragraphs = [
      upTo(500)
        .map((number) => `Line ${number};`)
        .join('\n'),
    ];
    const mails = mailsOf({
      ...TEXT_CARD,
      paragraphs,
      rows,
      actions: [{ label: 'Go', command: 'help', options: {} }],
    });
    expect(mails.length).toBeGreaterThan(2);
    const read = mails.map(({ html }) => readText(html));
    for (const what of ['Line', 'Row'])
      expect(
        [...read.join(' ').matchAll(new RegExp(`${what} (\\d+);`, 'g'))].map(([, one]) => Number(one)),
      ).toEqual(upTo(what === 'Line' ? 500 : 2000));
    expect(read.map((text) => text.includes('Go: /paper help'))).toEqual(
      read.map((_, index) => index === read.length - 1),
    );
  });

  it('may be a panel', () => {
    const paragraphs = upTo(30).map(() => '"'.repeat(8000));
    const mails = mailsOf({ kind: 'panel', title: 'Topics', paragraphs, topics: [...BUILT_IN_TOPICS] });
    expect(mails.length).toBeGreaterThan(1);
    expect(mails.map(({ text }) => text).join()).toContain('World models: ');
  });
});

describe('one paper with everything at its longest', () => {
  it('takes one mail', () => {
    const paper = { ...PAPER_CARD.entry.paper, ...LONGEST };
    const quotes = '"'.repeat(20_000);
    const [mail, ...more] = mailsOf({
      kind: 'paper',
      entry: { number: 1, paper: { ...paper, abstract: quotes, keywords: [quotes] }, reason: quotes },
      under: quotes,
      notes: upTo(30).map(() => quotes),
    });
    expect(more).toEqual([]);
    expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThanOrEqual(MAX_BYTES);
  });
});
