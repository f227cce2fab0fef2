import { render } from '../../adapters/slack/cards/render.ts';
import type { Card } from '../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { details, edition, PANEL } from './cards.ts';
import type { Scene, Shown } from './slack-preview.ts';
import { SLACK_VIEWS } from './slack-views.ts';

function messages(
  cards: readonly Card[],
  more: { isPrivate?: true; reactions?: readonly string[] } = {},
): Shown[] {
  return cards.flatMap((card) => render(card).map(({ body }) => ({ body, ...more })));
}

const [heading, ...papers] = edition('cards');

/** By the name of the picture. */
export const SLACK_SCENES: Readonly<Record<string, readonly Scene[]>> = {
  digest: [{ place: '# papers', shown: messages(edition('digest')) }],
  cards: [
    { place: '# papers', shown: messages(heading ? [heading] : []) },
    {
      place: 'Thread',
      shown: messages(papers.slice(0, 1), { reactions: ['🤖', '🎮', '🔖'] }).concat(
        messages(papers.slice(2, 3), { reactions: ['🧊', '🎬', '🔖'] }),
      ),
    },
  ],
  details: [{ place: '# papers', shown: messages(details(), { isPrivate: true }) }],
  panel: [
    {
      place: '# topics',
      shown: messages([PANEL], { reactions: BUILT_IN_TOPICS.map(({ emoji }) => emoji) }),
    },
  ],
  ...SLACK_VIEWS,
};
