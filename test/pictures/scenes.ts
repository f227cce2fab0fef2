import { render } from '../../adapters/discord/cards/render.ts';
import { type Card, MAX_PANEL_TOPICS } from '../../src/domain/card.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { DAY, PAPERS } from './papers.ts';
import type { Scene, Shown } from './preview.ts';

/** What an edition of the day is made of, in either layout. */
function edition(layout: Feed['layout'], size: number): Card[] {
  const listing = { kind: 'daily' as const, key: DAY };
  const papers = PAPERS.slice(0, size);
  const slot = { feedId: 'papers', day: DAY, dueAt: `${DAY}T07:00:00.000Z` };
  const sections = [{ kind: 'list' as const, listing, paperIds: papers.map(({ id }) => id) }];
  return compose(
    {
      id: `papers@${DAY}`,
      slot,
      plannedAt: slot.dueAt,
      layout,
      isSoFar: false,
      revisited: [],
      awaited: [],
      listings: [listing],
      sections,
    },
    new Map(papers.map((paper) => [paper.id, paper])),
    { announcesNothing: false },
  );
}

function messages(cards: readonly Card[], more: Omit<Shown, 'body'> = {}): Shown[] {
  return cards.flatMap((card) => render(card).map(({ body }) => ({ body, ...more })));
}

const [heading, ...papers] = edition('cards', PAPERS.length);

/** By the name of the picture. */
export const SCENES: Readonly<Record<string, readonly Scene[]>> = {
  digest: [{ place: '# papers', messages: messages(edition('digest', PAPERS.length)) }],
  cards: [
    { place: '# papers', messages: messages(heading ? [heading] : []) },
    {
      place: `🧵 ${heading ? (render(heading)[0]?.title ?? '') : ''}`,
      messages: messages(papers.slice(0, 1), { reactions: ['🤖', '🎮', '🔖'] }).concat(
        messages(papers.slice(2, 3), { reactions: ['🧊', '🎬', '🔖'] }),
      ),
    },
  ],
  details: [{ place: '# papers', messages: messages(detailsCards(), { isPrivate: true }) }],
  panel: [
    {
      place: '# topics',
      messages: messages(
        [
          {
            kind: 'panel',
            title: 'Topics',
            paragraphs: ['Choose what you want to follow, by an emoji below or in the list.'],
            topics: BUILT_IN_TOPICS.slice(0, MAX_PANEL_TOPICS),
          },
        ],
        { reactions: BUILT_IN_TOPICS.map(({ emoji }) => emoji) },
      ),
    },
  ],
};

/** What `show` answers, as a person gets it who chose a paper in the list. */
function detailsCards(): Card[] {
  const [paper] = PAPERS;
  if (!paper) return [];
  const press = (label: string, command: string, more = {}) => ({
    label,
    command,
    options: { paper: paper.id, ...more },
  });
  return [
    {
      kind: 'paper',
      entry: { number: 1, paper },
      notes: [
        '🤖 Agents, because: "agent" in the title',
        '🎮 Reinforcement learning, because: keyword "reinforcement learning"',
      ],
      actions: [
        press('Save', 'save'),
        press('Similar', 'similar'),
        press('👍', 'rate', { verdict: 'up' }),
        press('👎', 'rate', { verdict: 'down' }),
        { label: 'Follow Agents', command: 'follow', options: { what: 'agents' } },
      ],
    },
  ];
}
