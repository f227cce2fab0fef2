import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import type { Pane } from '../../adapters/web/app/message.ts';
import { drawPage } from '../../adapters/web/app/page.ts';
import type { ListCard } from '../../src/domain/card.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { createSampleSource } from '../../src/sources/sample.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { openWorld, type World } from '../world.ts';

const NOW = '2026-11-24T09:00:00.000Z';

/** A bot whose source is down, so that the sample is on show. */
async function openSampled() {
  const world = await openWorld(NOW, { sample: createSampleSource({ clock: createFakeClock(NOW) }) });
  world.source.fail(unreachable());
  return world;
}

/** What the bot shows first. */
async function firstPaper({ give }: World): Promise<Paper> {
  const { cards } = await give('today');
  const [first] = (cards[0] as ListCard).sections.flatMap(({ entries }) => entries);
  if (!first) throw new Error('The sample is empty.');
  return first.paper;
}

describe('while the sample is on show', () => {
  it('a paper of it can be saved and is shown among the saved, and is not archived', async () => {
    const world = await openSampled();
    const { id, title } = await firstPaper(world);
    expect((await world.give('save', { paper: id })).outcome).toBe('done');
    expect(await world.store.papers.get(id)).toBeUndefined();
    const { cards } = await world.give('saved');
    expect(cards).toMatchObject([{ sections: [{ entries: [{ paper: { title } }] }] }]);
    expect((await world.give('saved', { format: 'bibtex' })).file?.content).toContain(title);
  });

  it('what the page proposes to search for is found', async () => {
    const { give } = await openSampled();
    const pane = (name: Pane) => ({ pane: name, messages: [], hasOlder: false });
    const viewer = { member: 'ada', emoji: [] };
    const page = load(
      String(drawPage({ papers: pane('papers'), direct: pane('direct'), viewer, after: '0' })),
    );
    const lines = page('.example')
      .toArray()
      .map((one) => page(one).attr('data-line') ?? '');
    const [line = ''] = lines.filter((one) => one.startsWith('search '));
    expect(page('#line').attr('placeholder')).toBe(line);
    const reply = await give('search', { query: line.slice('search '.length) });
    expect(reply).toMatchObject({ outcome: 'done', cards: [{ kind: 'list' }] });
  });
});
