import { describe, expect, it } from 'vitest';
import { MAX_PANEL_TOPICS } from '../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { member, words } from '../members.ts';
import { openWorld } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const BUILT_IN = BUILT_IN_TOPICS.map(({ slug }) => slug);

async function panelOf(topics: string | undefined, ...own: string[]): Promise<string[]> {
  const { give, close } = await openWorld(NOW);
  for (const name of own) await give('topics add', { name, query: name });
  const reply = await give('topics panel', topics === undefined ? {} : { topics });
  const [card] = reply.cards;
  await close();
  return card?.kind === 'panel' ? card.topics.map(({ slug }) => slug) : [];
}

describe('topics panel', () => {
  it('is posted in the channel, with what to do', async () => {
    const { give } = await openWorld(NOW);
    const reply = await give('topics panel', { topics: 'agents, World Models ,agents' });
    expect(reply).toMatchObject({
      visibility: 'channel',
      outcome: 'done',
      cards: [{ kind: 'panel', topics: [{ slug: 'agents', emoji: '🤖' }, { slug: 'world-models' }] }],
    });
    expect(words(reply)).toContain('React with an emoji');
  });

  it('has the built-in topics when none are named', async () => {
    expect(await panelOf(undefined)).toEqual(BUILT_IN);
    expect(await panelOf(' , ')).toEqual(BUILT_IN);
  });

  it('begins with the workspace’s own where not all have room', async () => {
    const topics = await panelOf(undefined, 'Weather', 'Protein design');
    expect(topics).toEqual(['weather', 'protein-design', ...BUILT_IN.slice(0, MAX_PANEL_TOPICS - 2)]);
  });

  it('takes the workspace’s own by name', async () => {
    expect(await panelOf('3d, protein design', 'Protein design')).toEqual(['3d', 'protein-design']);
  });

  it('refuses topics that are not there, and more than a message can show', async () => {
    const { give } = await openWorld(NOW);
    await give('topics add', { name: 'weather', query: 'weather' });
    const unknown = await give('topics panel', { topics: 'agents, knitting' });
    expect(unknown).toMatchObject({ outcome: 'refused', visibility: 'private' });
    expect(words(unknown)).toContain('There is no topic \\"knitting\\".');
    const many = await give('topics panel', { topics: [...BUILT_IN, 'weather'].join(',') });
    expect(words(many)).toContain('A panel holds at most 20 topics.');
  });

  it('is for managers', async () => {
    const world = await openWorld(NOW);
    expect(await member(world, 'ada')('topics panel')).toMatchObject({ outcome: 'refused' });
  });
});
