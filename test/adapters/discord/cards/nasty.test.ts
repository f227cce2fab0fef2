import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiscordPayload } from '../../../../adapters/discord/cards/payload.ts';
import { stamp } from '../../../../adapters/discord/cards/press.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import type { Card, CardEntry } from '../../../../src/domain/card.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { readShown, readText } from '../../../discord-checks/read.ts';
import { sharedFolder } from '../../../shared.ts';
import { aNastyPanel, aNastyText, lineOf, nastyLists } from '../../nasty-cards.ts';
import { aText, nastyEntries } from './papers.ts';

const SEED = 20_261_125;
/** As long as a stamp can be. */
const STAMP = { mark: 'x'.repeat(25), home: '18446744073709551615' };

/** The bodies as they would leave, each of them good and inert. */
function bodiesOf(card: Card, messages: readonly DiscordPayload[] = render(card)): unknown[] {
  return messages.map(({ title, body }) => {
    expect(title).toMatch(/^\S(?:.{0,98}\S)?$/u);
    const stamped = { ...body, components: stamp(body.components, STAMP) };
    const problems = checkMessage(stamped);
    if (problems.length > 0) throw new Error(`${problems.join('; ')}: ${JSON.stringify(stamped)}`);
    assertInert(stamped);
    return stamped;
  });
}

/** A title as it must be read, where it is short enough to be there whole. */
function titleOf({ paper: { title, id } }: CardEntry): string | undefined {
  const line = lineOf(title, 80);
  return line === '' ? id : line;
}

function expectTitles(shown: readonly { title: string }[], entries: readonly CardEntry[]): void {
  entries.forEach((entry, index) => {
    const title = titleOf(entry);
    if (title !== undefined) expect(shown[index]?.title.replace(/\s+/g, ' ')).toBe(title);
  });
}

describe('20,000 papers with everything that may be in them', () => {
  it('checks bodies against Discord’s own schema', ({ skip }) => {
    skip(!sharedFolder, 'the schema is not here');
    const body = {
      flags: 1 << 15,
      allowed_mentions: { parse: [] },
      components: [{ type: 1, components: [], typo: 1 }],
    };
    expect(checkMessage(body).join()).toContain('additional properties');
  });

  it('digest: only valid, inert messages, no paper dropped, numbers, titles and votes kept', {
    timeout: 180_000,
  }, () => {
    const entries = nastyEntries(10_000, SEED);
    for (const { card, some } of nastyLists(entries, aText, SEED)) {
      const shown = bodiesOf(card).flatMap(readShown);
      expect(shown.map(({ number }) => number)).toEqual(some.map((_, index) => index + 1));
      expect(shown.map(({ upvotes }) => upvotes)).toEqual(some.map(({ paper }) => paper.upvotes));
      expectTitles(shown, some);
    }
  });

  it('cards: only valid, inert messages, title and votes kept, in every language', {
    timeout: 180_000,
  }, () => {
    nastyEntries(10_000, SEED + 1).forEach((entry, index) => {
      const notes = entry.reason === undefined ? [] : [entry.reason];
      const card: Card = { kind: 'paper', entry, notes, under: entry.paper.title };
      const messages = render(card, textsFor(LOCALES[index % LOCALES.length]));
      expect(messages).toHaveLength(1);
      const shown = bodiesOf(card, messages).flatMap(readShown);
      expect(shown).toMatchObject([{ upvotes: entry.paper.upvotes }]);
      expectTitles(shown, [entry]);
    });
  });

  it('text: only valid, inert messages, every short word read as it was given', () => {
    fc.assert(
      fc.property(aNastyText(aText), (card) => {
        const text = bodiesOf(card).map(readText).join(' ');
        for (const { name } of card.rows) {
          const line = lineOf(name, 60);
          if (line !== undefined) expect(text).toContain(line);
        }
        expect(bodiesOf(card).flatMap(readShown)).toEqual([]);
      }),
      { numRuns: 400, seed: SEED },
    );
  });

  it('panel: only valid, inert messages', () => {
    const anEmoji = fc.constantFrom(
      '🤖',
      '👁️',
      '<:quokka:123456789012345678>',
      '<a:moving:123456789012345678>',
      ':slack:',
    );
    fc.assert(
      fc.property(aNastyPanel(aText, anEmoji), (card) => {
        bodiesOf(card);
      }),
      { numRuns: 400, seed: SEED },
    );
  });
});
