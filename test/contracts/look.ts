import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, CardEntry } from '../../src/domain/card.ts';
import type { Look } from '../../src/look.ts';
import { PANEL } from '../pictures/cards.ts';
import { aHostileCard, aList, CARDS, LONG, USUAL } from './adapter-cards.ts';
import { actingIn, asRead, isStyled, readDrawn } from './look-reading.ts';

/** A look and what the checks read in the messages that a card becomes there. */
export interface LookBench {
  look: Look;
  /** Each message's body as it would leave. */
  bodies(card: Card): unknown[];
  readText(body: unknown): string;
  readShown(body: unknown): { title: string; url: string | undefined }[];
}

const ALL: readonly Card[] = [...CARDS, aList(10, () => USUAL), PANEL];

/** What every look must do. */
export function describeLook({ look, bodies, readText, readShown }: LookBench): void {
  /** Options are seen only once a select is opened. */
  const closed = (body: unknown) =>
    JSON.parse(JSON.stringify(body, (name, value) => (name === 'options' ? undefined : value)));
  const readAll = (card: Card) => asRead(bodies(card).map(closed).map(readText).join(''));

  describe(`the look of ${look.name}`, () => {
    it.each(ALL.map((card, index) => [index, card] as const))(
      'shows all papers of card %i, each linked',
      (_, card) => {
        const page = load(look.draw(card));
        const shown = bodies(card).flatMap(readShown);
        expect(shown.length).toBe(papersIn(card).length);
        for (const title of papersIn(card)) expect(page.text()).toContain(title);
        const links = page('a[href]')
          .toArray()
          .map(({ attribs }) => attribs.href);
        for (const { url } of shown) expect(links).toContain(url);
        expect(page('article')).toHaveLength(bodies(card).length);
      },
    );

    it('reads as the messages do', () => {
      for (const card of ALL) expect(readDrawn(look.draw(card))).toBe(readAll(card));
    });

    it('is of the template alone, acts in nothing and leaves nothing out, whatever is said', () => {
      fc.assert(
        fc.property(aHostileCard.map(withPictures), (card) => {
          const drawn = look.draw(card);
          expect(actingIn(drawn)).toEqual([]);
          expect(readDrawn(drawn)).toBe(readAll(card));
        }),
        { numRuns: 150 },
      );
    });

    it('has nothing in it that its stylesheet does not know', () => {
      const names = new Set(
        ALL.flatMap((card) => [...look.draw(card).matchAll(/ class="([^"]*)"/g)]).flatMap(([, name = '']) =>
          name.split(' '),
        ),
      );
      expect(names.size).toBeGreaterThan(5);
      for (const name of names) expect(isStyled(name, look.style), name).toBe(true);
    });

    it('is the same each time', () => {
      expect(look.draw(aList(10, () => LONG))).toBe(look.draw(aList(10, () => LONG)));
    });

    it('draws a picture beneath one that may not come, and loads it without telling who looks', () => {
      const page = load(look.draw(aList(2, () => USUAL)));
      expect(page('svg + img').length).toBe(2);
      for (const { attribs } of page('img').toArray())
        expect(attribs).toEqual({
          alt: '',
          loading: 'lazy',
          referrerpolicy: 'no-referrer',
          src: USUAL.thumbnailUrl,
        });
      const plain = load(look.draw(aList(2, () => ({ ...USUAL, thumbnailUrl: 'http://example.com/x.png' }))));
      expect(plain('svg').length).toBe(2);
      expect(plain('img').length).toBe(0);
    });

    it('has a stylesheet that needs nothing from outside and has no width of its own', () => {
      expect(look.style).not.toMatch(/url\(|@import|<|javascript/i);
      expect(look.style).not.toMatch(/body \{[^}]*[^-]width/);
      expect(look.style).toMatch(/color-scheme: (?:dark|light)/);
    });
  });
}

/** Papers whose pictures lie wherever their projects do. */
function withPictures(card: Card): Card {
  const pictured = (entry: CardEntry): CardEntry => {
    const { projectUrl: thumbnailUrl } = entry.paper;
    return thumbnailUrl === undefined ? entry : { ...entry, paper: { ...entry.paper, thumbnailUrl } };
  };
  if (card.kind === 'paper') return { ...card, entry: pictured(card.entry) };
  if (card.kind !== 'list') return card;
  const sections = card.sections.map(({ entries, ...rest }) => ({ ...rest, entries: entries.map(pictured) }));
  return { ...card, sections };
}

function papersIn(card: Card): string[] {
  if (card.kind === 'paper') return [card.entry.paper.title];
  const entries = card.kind === 'list' ? card.sections.flatMap(({ entries }) => entries) : [];
  return entries.map(({ paper }) => paper.title);
}
