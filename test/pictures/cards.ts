import { type Card, MAX_PANEL_TOPICS } from '../../src/domain/card.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { DAY, PAPERS } from './papers.ts';

/** What an edition of the day is made of, in either layout. */
export function edition(layout: Feed['layout']): Card[] {
  const listing = { kind: 'daily' as const, key: DAY };
  const slot = { feedId: 'papers', day: DAY, dueAt: `${DAY}T07:00:00.000Z` };
  const sections = [{ kind: 'list' as const, listing, paperIds: PAPERS.map(({ id }) => id) }];
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
    new Map(PAPERS.map((paper) => [paper.id, paper])),
    { announcesNothing: false },
  );
}

/** What `show` answers, as a person gets it who chose a paper in the list. */
export function details(): Card[] {
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

export const PANEL: Card = {
  kind: 'panel',
  title: 'Topics',
  paragraphs: ['Choose what you want to follow, by an emoji below or in the list.'],
  topics: BUILT_IN_TOPICS.slice(0, MAX_PANEL_TOPICS),
};
