import { render } from '../../adapters/discord/cards/render.ts';
import type { Card } from '../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { details, edition, PANEL } from './cards.ts';
import type { Scene, Shown } from './discord-preview.ts';

function messages(cards: readonly Card[], more: Omit<Shown, 'body'> = {}): Shown[] {
  return cards.flatMap((card) => render(card).map(({ body }) => ({ body, ...more })));
}

const [heading, ...papers] = edition('cards');

/** By the name of the picture. */
export const DISCORD_SCENES: Readonly<Record<string, readonly Scene[]>> = {
  digest: [{ place: '# papers', messages: messages(edition('digest')) }],
  cards: [
    { place: '# papers', messages: messages(heading ? [heading] : []) },
    {
      place: `🧵 ${heading ? (render(heading)[0]?.title ?? '') : ''}`,
      messages: messages(papers.slice(0, 1), { reactions: ['🤖', '🎮', '🔖'] }).concat(
        messages(papers.slice(2, 3), { reactions: ['🧊', '🎬', '🔖'] }),
      ),
    },
  ],
  details: [{ place: '# papers', messages: messages(details(), { isPrivate: true }) }],
  panel: [
    {
      place: '# topics',
      messages: messages([PANEL], { reactions: BUILT_IN_TOPICS.map(({ emoji }) => emoji) }),
    },
  ],
};
