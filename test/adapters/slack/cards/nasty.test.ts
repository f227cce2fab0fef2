import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import type { SlackPayload } from '../../../../adapters/slack/cards/payload.ts';
import { render } from '../../../../adapters/slack/cards/render.ts';
import type { Card, CardEntry } from '../../../../src/domain/card.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import type { ShownPaper } from '../../../contracts/adapter.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { readBlockKit } from '../../../slack-checks/schema.ts';
import { readShown, readText } from '../../../slack-checks/shown.ts';
import { aNastyPanel, aNastyText, lineOf, nastyLists } from '../../nasty-cards.ts';
import { aSlackText, slackEntries, withSigns } from './papers.ts';

const SEED = 20_261_126;
/** Each body takes the description some milliseconds: it is asked about every so many of them. */
const ASKED = 20;

let asked = 0;

/** The bodies as they would leave, each of them good and inert. */
function bodiesOf(card: Card, messages: readonly SlackPayload[] = render(card)): unknown[] {
  return messages.map(({ body }) => {
    asked += 1;
    const schema = asked % ASKED === 0 ? readBlockKit() : false;
    const problems = [...checkMessage(body, schema), ...checkInert(body)];
    if (problems.length > 0) throw new Error(`${problems.join('; ')}: ${JSON.stringify(body)}`);
    expect(JSON.stringify(body.blocks).length).toBeLessThanOrEqual(LIMITS.total);
    expect(body.text.length).toBeLessThanOrEqual(LIMITS.text);
    return body;
  });
}

/** A title as it must be read, where it is short enough to be there whole. */
function titleOf({ paper: { title, id } }: CardEntry): string | undefined {
  const line = lineOf(title, 60);
  return line === undefined ? undefined : withSigns(line) || id;
}

function expectTitles(shown: readonly { title: string }[], entries: readonly CardEntry[]): void {
  entries.forEach((entry, index) => {
    const title = titleOf(entry);
    if (title !== undefined) expect(withSigns(shown[index]?.title ?? '').replace(/\s+/g, ' ')).toBe(title);
  });
}

/** A paper that stands alone has no number: what looks like one belongs to its title. */
function unnumbered({ number, title, ...rest }: ShownPaper): ShownPaper {
  return { ...rest, title: number === undefined ? title : `${number}. ${title}` };
}

describe('20,000 papers with everything that may be in them', () => {
  it('are checked against the description of Block Kit', ({ skip }) => {
    skip(!readBlockKit(), 'the description is not here');
    const body = { text: 'x', blocks: [{ type: 'divider', typo: 1 }] };
    expect(checkMessage(body).join()).toContain('additional properties');
  });

  it('digest: only valid, inert messages, no paper dropped, numbers, titles and votes kept', {
    timeout: 180_000,
  }, () => {
    const entries = slackEntries(10_000, SEED);
    for (const { card, some } of nastyLists(entries, aSlackText, SEED)) {
      const shown = bodiesOf({ ...card, ping: 'S0123456789' }).flatMap(readShown);
      expect(shown.map(({ number }) => number)).toEqual(some.map((_, index) => index + 1));
      expect(shown.map(({ upvotes }) => upvotes)).toEqual(some.map(({ paper }) => paper.upvotes));
      expectTitles(shown, some);
    }
  });

  it('cards: only valid, inert messages, title and votes kept, in every language', {
    timeout: 180_000,
  }, () => {
    slackEntries(10_000, SEED + 1).forEach((entry, index) => {
      const notes = entry.reason === undefined ? [] : [entry.reason];
      const card: Card = { kind: 'paper', entry, notes, under: entry.paper.title };
      const messages = render(card, textsFor(LOCALES[index % LOCALES.length]));
      expect(messages).toHaveLength(1);
      const shown = bodiesOf(card, messages).flatMap(readShown).map(unnumbered);
      expect(shown).toMatchObject([{ upvotes: entry.paper.upvotes }]);
      expectTitles(shown, [entry]);
    });
  });

  it('text: only valid, inert messages, every short word read as it was given', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(aNastyText(aSlackText), (card) => {
        const text = withSigns(bodiesOf(card).map(readText).join(' '));
        for (const { name } of card.rows) {
          const line = lineOf(name, 60);
          if (line !== undefined) expect(text).toContain(withSigns(line));
        }
        expect(bodiesOf(card).flatMap(readShown)).toEqual([]);
      }),
      { numRuns: 400, seed: SEED },
    );
  });

  it('panel: only valid, inert messages', () => {
    const anEmoji = fc.constantFrom('🤖', '👁️', '<:quokka:123456789012345678>', ':quokka:', ':+1:');
    fc.assert(
      fc.property(aNastyPanel(aSlackText, anEmoji), (card) => {
        expect(bodiesOf(card)).toHaveLength(1);
      }),
      { numRuns: 400, seed: SEED },
    );
  });
});
