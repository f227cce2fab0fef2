import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraw } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import type { Card, CardEntry } from '../../../../src/domain/card.ts';
import { aHostileCard } from '../../../contracts/adapter-cards.ts';
import { checkMail } from '../../../mail-checks/check.ts';
import { checkInert } from '../../../mail-checks/inert.ts';
import { readPlainShown, readShown, readText, lineOf as unisolated } from '../../../mail-checks/read.ts';
import { type WholeMail, whole } from '../../../mail-checks/whole.ts';
import { aNastyPanel, aNastyText, lineOf, nastyLists } from '../../nasty-cards.ts';
import { aMailText, mailEntries } from './papers.ts';

const SEED = 20_261_126;
const LINKS = { manage: 'https://example.com/m/1', unsubscribe: 'https://example.com/u/1' };
const draw = createDraw();

/** The mails as they would leave, each of them good and inert. */
function mailsOf(card: Card): WholeMail[] {
  return render(card).map((payload) => {
    const mail = whole(draw(JSON.parse(JSON.stringify(payload)), LINKS));
    const problems = [...checkMail(mail), ...checkInert(mail)];
    if (problems.length > 0) throw new Error(problems.join('; ').slice(0, 2000));
    return mail;
  });
}

/** Each paper once in each part, under its number, with its votes, and its title where that is short enough to be there whole. */
function expectPapers(mails: readonly WholeMail[], entries: readonly CardEntry[]): void {
  const shown = mails.flatMap(({ html }) => readShown(html));
  const plain = mails.flatMap(({ text }) => readPlainShown(text));
  for (const papers of [shown, plain]) {
    expect(papers.map(({ number }) => number)).toEqual(entries.map(({ number }) => number));
    expect(papers.map(({ upvotes }) => upvotes)).toEqual(entries.map(({ paper }) => paper.upvotes));
  }
  expect(plain.map(({ url }) => url)).toEqual(shown.map(({ url }) => url));
  entries.forEach(({ paper: { title, id } }, index) => {
    const line = lineOf(title, 60);
    if (line === undefined) return;
    expect(shown[index]?.title).toBe(unisolated(line) || id);
    expect(plain[index]?.title).toBe(unisolated(line) || id);
  });
}

describe('papers with everything that may be in them', () => {
  it('list: only good, inert mails, no paper dropped, numbers, titles and votes kept', {
    timeout: 180_000,
  }, () => {
    for (const { card, some } of nastyLists(mailEntries(4000, SEED), aMailText, SEED)) {
      const numbered = some.map((entry, index) => ({ ...entry, number: index + 1 }));
      expectPapers(mailsOf(card), numbered);
    }
  });

  it('paper: only good, inert mails, title and votes kept', { timeout: 180_000 }, () => {
    for (const entry of mailEntries(800, SEED + 1)) {
      const notes = entry.reason === undefined ? [] : [entry.reason];
      const mails = mailsOf({ kind: 'paper', entry, notes, under: entry.paper.title });
      expect(mails).toHaveLength(1);
      expect(mails.flatMap(({ html }) => readShown(html))).toMatchObject([{ upvotes: entry.paper.upvotes }]);
    }
  });

  it('text: only good, inert mails, every short word read as it was given, in both parts', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(aNastyText(aMailText), (card) => {
        const mails = mailsOf(card);
        const html = mails.map((mail) => readText(mail.html)).join(' ');
        const text = unisolated(mails.map((mail) => mail.text).join(' '));
        for (const { name } of card.rows) {
          const line = lineOf(name, 60);
          if (line === undefined) continue;
          expect(html).toContain(unisolated(line));
          expect(text).toContain(unisolated(line));
        }
        expect(mails.flatMap((mail) => readShown(mail.html))).toEqual([]);
      }),
      { numRuns: 400, seed: SEED },
    );
  });

  it('panel: only good, inert mails', () => {
    const anEmoji = fc.constantFrom('🤖', '👁️', '<:quokka:123456789012345678>', ':quokka:', ':+1:');
    fc.assert(
      fc.property(aNastyPanel(aMailText, anEmoji), (card) => {
        expect(mailsOf(card).length).toBeGreaterThan(0);
      }),
      { numRuns: 400, seed: SEED },
    );
  });

  it('cards as the contract of adapters has them', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(aHostileCard, (card) => {
        const mails = mailsOf(card);
        if (card.kind === 'list')
          expectPapers(
            mails,
            card.sections.flatMap(({ entries }) => entries),
          );
      }),
      { numRuns: 500, seed: SEED },
    );
  });
});
