import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { signOf, topicEmojiIn } from '../../../../adapters/slack/cards/sign.ts';
import { commands } from '../../../../commands/index.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { CARDS, PAPER_CARD } from '../../../contracts/adapter-cards.ts';

const TOPICS = [
  { slug: 'quokkas', name: 'Quokkas', emoji: ':quokka:', meaning: 'their ways' },
  ...BUILT_IN_TOPICS,
];
const PANEL: Card = { kind: 'panel', title: 'Topics', paragraphs: ['Choose.'], topics: TOPICS.slice(0, 20) };

const blocksOf = (card: Card) => JSON.parse(JSON.stringify(render(card).at(-1)?.body.blocks)) as unknown[];

describe('what emoji on a message are about', () => {
  it('is the topics of a panel', () => {
    expect(signOf(blocksOf(PANEL), commands)).toEqual({ kind: 'panel' });
  });

  it('is the paper of a card, also of one with the topics’ select beside it', () => {
    const card = { kind: 'card', paperId: '2611.00001' };
    expect(signOf(blocksOf(PAPER_CARD), commands)).toEqual(card);
    expect(signOf(blocksOf({ ...PAPER_CARD, under: 'Papers' }), commands)).toEqual(card);
  });

  it('is nothing on other messages', () => {
    for (const other of CARDS.filter(({ kind }) => kind !== 'paper'))
      expect(signOf(blocksOf(other), commands)).toBeUndefined();
    expect(topicEmojiIn(blocksOf(PAPER_CARD), commands)).toEqual([]);
  });

  it('is nothing in what is damaged', () => {
    for (const other of [undefined, null, 'x', [null], [{ elements: 'x' }], [{ accessory: 1 }]])
      expect(signOf(other, commands)).toBeUndefined();
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        signOf(anything, commands);
        topicEmojiIn([anything], commands);
      }),
    );
  });
});

it('the emoji of a panel’s topics are read off its select, in their order', () => {
  expect(topicEmojiIn(blocksOf(PANEL), commands)).toEqual(TOPICS.slice(0, 20).map(({ emoji }) => emoji));
});
