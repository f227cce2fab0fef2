import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Card, CardEntry, ListCard } from '../../src/domain/card.ts';
import { LOCALES } from '../../src/domain/locale.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import type { ShownPaper } from '../contracts/adapter.ts';
import { aNastyPanel, aNastyText, lineOf, nastyLists } from './nasty-cards.ts';

/** How a platform draws cards, and how its people read them. */
export interface NastySubject<Payload> {
  seed: number;
  /** So many papers with everything that may be in them. */
  entries(count: number, seed: number): readonly CardEntry[];
  aText: fc.Arbitrary<string>;
  anEmoji: fc.Arbitrary<string>;
  render(card: Card, texts?: Texts): readonly Payload[];
  /** The bodies as they would leave; throws where one is not good and inert. */
  bodiesOf(messages: readonly Payload[]): unknown[];
  readShown(body: unknown): ShownPaper[];
  /** The same of a paper that stands alone; default as in a list. */
  readAlone?(body: unknown): ShownPaper[];
  readText(body: unknown): string;
  /** A title is there whole up to so many characters. */
  titleLength: number;
  /** A text with the signs that readers take for those in it; default as it is. */
  withSigns?: (text: string) => string;
  /** What is said of every list besides; default nothing. */
  ping?: string;
  /** A panel is one message; default it may be several. */
  isPanelWhole?: true;
}

/** That 20,000 papers, texts and panels with everything in them become only valid, inert messages. */
export function itHoldsAnything<Payload>(subject: NastySubject<Payload>): void {
  const { seed, aText, render, bodiesOf, readShown, readText, titleLength } = subject;
  const readAlone = subject.readAlone ?? readShown;
  const withSigns = subject.withSigns ?? ((text) => text);
  const read = (card: Card, texts?: Texts) => bodiesOf(render(card, texts));

  /** A title as it must be read, where it is short enough to be there whole. */
  function titleOf({ paper: { title, id } }: CardEntry): string | undefined {
    const line = lineOf(title, titleLength);
    return line === undefined ? undefined : withSigns(line) || id;
  }

  function expectTitles(shown: readonly { title: string }[], entries: readonly CardEntry[]): void {
    entries.forEach((entry, index) => {
      const title = titleOf(entry);
      const read = withSigns(shown[index]?.title ?? '').replace(/\s+/g, ' ');
      if (title !== undefined) expect(read).toBe(title);
    });
  }

  it('digest: only valid, inert messages, no paper dropped, numbers, titles and votes kept', {
    timeout: 180_000,
  }, () => {
    const entries = subject.entries(10_000, seed);
    for (const { card, some } of nastyLists(entries, aText, seed)) {
      const list: ListCard = subject.ping === undefined ? card : { ...card, ping: subject.ping };
      const shown = read(list).flatMap(readShown);
      expect(shown.map(({ number }) => number)).toEqual(some.map((_, index) => index + 1));
      expect(shown.map(({ upvotes }) => upvotes)).toEqual(some.map(({ paper }) => paper.upvotes));
      expectTitles(shown, some);
    }
  });

  it('cards: only valid, inert messages, title and votes kept, in every language', {
    timeout: 180_000,
  }, () => {
    subject.entries(10_000, seed + 1).forEach((entry, index) => {
      const notes = entry.reason === undefined ? [] : [entry.reason];
      const card: Card = { kind: 'paper', entry, notes, under: entry.paper.title };
      const bodies = read(card, textsFor(LOCALES[index % LOCALES.length]));
      expect(bodies).toHaveLength(1);
      const shown = bodies.flatMap(readAlone);
      expect(shown).toMatchObject([{ upvotes: entry.paper.upvotes }]);
      expectTitles(shown, [entry]);
    });
  });

  it('text: only valid, inert messages, every short word read as it was given', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(aNastyText(aText), (card) => {
        const text = withSigns(read(card).map(readText).join(' '));
        for (const { name } of card.rows) {
          const line = lineOf(name, 60);
          if (line !== undefined) expect(text).toContain(withSigns(line));
        }
        expect(read(card).flatMap(readShown)).toEqual([]);
      }),
      { numRuns: 400, seed },
    );
  });

  it('panel: only valid, inert messages', () => {
    fc.assert(
      fc.property(aNastyPanel(aText, subject.anEmoji), (card) => {
        const bodies = read(card);
        if (subject.isPanelWhole) expect(bodies).toHaveLength(1);
      }),
      { numRuns: 400, seed },
    );
  });
}
