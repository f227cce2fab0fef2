import { describe, expect, it } from 'vitest';
import { withWayOn } from '../../../adapters/web/app/way-on.ts';
import type { Reply } from '../../../src/command.ts';
import type { TextCard } from '../../../src/domain/card.ts';

const RUN = { command: 'feed run', options: {} };
const TOLD: TextCard = { kind: 'text', title: 'By the way', paragraphs: ['Your digest is full.'] };
const UNCLEAR: Reply = {
  visibility: 'private',
  outcome: 'refused',
  option: 'id',
  cards: [{ kind: 'text', title: 'Say which', paragraphs: ['There are several.'] }],
};

/** A list of so many feeds, or that there was none to be had. */
function listOf(count: number, more: Partial<Reply> = {}) {
  const rows = Array.from({ length: count }, (_, index) => ({ name: `feed${index}`, value: 'daily' }));
  const reply: Reply = {
    visibility: 'private',
    outcome: 'done',
    cards: [{ kind: 'text', title: 'Feeds', paragraphs: [], rows }],
    ...more,
  };
  return async () => reply;
}

describe('a feed that is to be run, where there are several', () => {
  it('is asked for by a button each', async () => {
    const { cards, outcome } = await withWayOn(UNCLEAR, RUN, listOf(2));
    expect(outcome).toBe('done');
    expect(cards).toMatchObject([
      { title: 'Which feed?', actions: [{ options: { id: 'feed0' } }, { options: { id: 'feed1' } }] },
    ]);
  });

  it('leaves what is told once', async () => {
    const reply = { ...UNCLEAR, cards: [...UNCLEAR.cards, TOLD] };
    expect((await withWayOn(reply, RUN, listOf(2))).cards.slice(1)).toEqual([TOLD]);
  });

  it('says that there are more than fit', async () => {
    const [card] = (await withWayOn(UNCLEAR, RUN, listOf(26))).cards as TextCard[];
    expect(card?.actions).toHaveLength(25);
    expect(card?.paragraphs.join(' ')).toContain('/paper feed list');
  });

  it('is asked for in words where the list cannot be had', async () => {
    expect(await withWayOn(UNCLEAR, RUN, listOf(0, { outcome: 'failed' }))).toEqual(UNCLEAR);
  });
});
