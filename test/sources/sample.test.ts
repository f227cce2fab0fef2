import { describe, expect, it } from 'vitest';
import type { Listing } from '../../src/domain/listing.ts';
import { createSampleSource } from '../../src/sources/sample.ts';
import { SAMPLE_DAY } from '../../src/sources/sample-papers.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { readCorpus } from '../shared.ts';

/** What is looked at of an item of the corpus. */
interface RealItem {
  paper: Record<string, unknown> & { id: string };
  numComments: number;
}

const sample = createSampleSource({ clock: createFakeClock('2026-11-23T09:00:00.000Z') });

describe('the sample', () => {
  it.each<Listing>([
    { kind: 'daily', key: '2026-11-23' },
    { kind: 'weekly', key: '2026-W47' },
    { kind: 'monthly', key: '2026-11' },
    { kind: 'trending', key: 'now' },
  ])('shows its dozen for $kind, and says what it is', async (listing) => {
    const { papers, way, warnings } = await sample.read(listing);
    expect(papers).toHaveLength(12);
    expect(way).toBe('sample');
    expect(warnings).toEqual([
      {
        code: 'sample',
        message: expect.stringMatching(/^This is sample data .* 2026-08-21, not a live list\.$/),
      },
    ]);
    expectPapers(papers);
    for (const paper of papers) {
      expect(paper.summary).toBeDefined();
      expect(paper).not.toHaveProperty('abstract');
    }
  });

  it('is searched by words', async () => {
    const find = async (key: string) =>
      (await sample.read({ kind: 'search', key })).papers.map(({ id }) => id);
    expect(await find('SPEECH benchmark')).toEqual(['2608.19936']);
    expect(await find('2608.19880')).toEqual(['2608.19880']);
    expect(await find('  ')).toHaveLength(12);
  });

  it('knows its papers by id', async () => {
    expect((await sample.paper('2608.20335'))?.title).toMatch(/^4DAnyone/);
    await expect(sample.paper('2608.20335', { way: 'api' })).rejects.toThrow(RangeError);
  });

  const [real] = readCorpus().filter(({ day }) => day === SAMPLE_DAY);
  it.skipIf(!real)('has the facts of that day, and sentences of its own', async () => {
    const listed = (real?.items ?? []) as RealItem[];
    const items = new Map(listed.map((item) => [item.paper.id, item]));
    for (const paper of (await sample.read({ kind: 'trending', key: 'now' })).papers) {
      const item = items.get(paper.id) ?? expect.fail(`${paper.id} was not on the list`);
      expect(paper).toMatchObject({
        title: item.paper.title,
        upvotes: item.paper.upvotes,
        publishedAt: item.paper.publishedAt,
        comments: item.numComments,
        authors: (item.paper.authors as { name: string }[]).map(({ name }) => ({ name })),
      });
      expect(paper.githubUrl).toBe(item.paper.githubRepo);
      expect(paper.githubStars).toBe(item.paper.githubStars);
      const theirs = `${item.paper.summary} ${item.paper.ai_summary}`.toLowerCase();
      // Not five words in a row are the authors' or the model's.
      const words = (paper.summary ?? '').toLowerCase().split(/\s+/);
      for (let at = 0; at + 5 <= words.length; at++) {
        expect(theirs).not.toContain(words.slice(at, at + 5).join(' '));
      }
    }
  });
});
