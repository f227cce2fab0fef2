import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { readFeed } from '../../src/sources/arxiv/atom.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { isHere, text } from './captured.ts';

describe.skipIf(!isHere)('captured answers of arXiv (skipped where ../shared/captures is missing)', () => {
  const recorded = (name: string) => JSON.parse(text(`arxiv/${name}`)).body as string;
  const titles = (papers: readonly Paper[]) => papers.map(({ id, title }) => `${id} ${title}`);

  it('2020, old format: wrapped text, a TeX accent', () => {
    const { papers } = readFeed(text('arxiv/2020-09_id-1601.00001.xml'));
    expect(titles(papers)).toEqual([
      '1601.00001 Inelastic effects in molecular transport junctions: The probe technique at high bias',
    ]);
    expect(papers[0]?.abstract).toMatch(
      /^We extend the Landauer-Büttiker probe formalism .* far-from-equilibrium\.$/,
    );
    expect(papers[0]).toMatchObject({
      authors: [{ name: 'Michael Kilgour' }, { name: 'Dvira Segal' }],
      publishedAt: '2015-12-26T21:19:45.000Z',
      url: 'https://arxiv.org/abs/1601.00001',
      upvotes: 0,
    });
    expectPapers(papers);
  });

  it('October 2025, last of the old format', () => {
    const { papers } = readFeed(text('arxiv/2025-10_cat-cs.RO-neural.xml'));
    expect(titles(papers)).toEqual([
      '2510.14968 RDD: Retrieval-Based Demonstration Decomposer for Planner Alignment in Long-Horizon Tasks',
      '2510.14827 Neural Implicit Flow Fields for Spatio-Temporal Motion Mapping',
    ]);
    expect(papers[1]?.authors?.[3]).toEqual({ name: 'Tomasz P. Kucner' });
    expectPapers(papers);
  });

  it('June 2026, new format', () => {
    const { papers } = readFeed(text('arxiv/2026-06_all-transformer.xml'));
    expect(papers.map(({ id }) => id)).toEqual([
      '2606.13677',
      '2606.13591',
      '2606.13568',
      '2606.13515',
      '2606.13501',
    ]);
    expect(papers[0]?.abstract).toContain('functional affordances (<1 minute per tool)');
    expect(papers[4]?.authors).toHaveLength(9);
    expectPapers(papers);
  });

  it('ten hits of a search, April 2026', () => {
    const { papers } = readFeed(recorded('2026-04_q-testing_10.json'));
    expect(papers).toHaveLength(10);
    expect(papers[0]?.id).toBe('2202.12139');
    expect(papers[5]?.id).toBe('1202.4527');
    expect(papers[9]).toMatchObject({ id: '1812.11470', publishedAt: '2018-12-30T04:50:20.000Z' });
    expectPapers(papers);
  });

  it('an id with its version, and a title of one character', () => {
    const { papers } = readFeed(recorded('2026-04_id-2104.12255v1.json'));
    expect(titles(papers)).toEqual(['2104.12255 0']);
    expect(papers[0]?.abstract).toContain('awarded $35,000 in total');
  });

  it('an id of before 2007', () => {
    const { papers } = readFeed(recorded('2026-05_id-astro-ph-0601001.json'));
    expect(papers[0]).toMatchObject({
      id: 'astro-ph/0601001',
      title:
        'Frequency of Hot Jupiters and Very Hot Jupiters from the OGLE-III Transit Surveys Toward the Galactic Bulge and Carina',
      arxivUrl: 'https://arxiv.org/abs/astro-ph/0601001',
      publishedAt: '2006-01-02T14:57:58.000Z',
    });
    expect(papers[0]?.authors).toHaveLength(4);
    expectPapers(papers);
  });

  it('an id that nobody has, and one that is malformed', () => {
    expect(readFeed(recorded('2026-04_id-0000.0000_empty.json'))).toEqual({ papers: [] });
    expect(readFeed(recorded('2026-04_id-abc_400.json'))).toEqual({
      papers: [],
      complaint: 'incorrect id format for abc',
    });
  });

  it.each(['2026-04-27_rss-cs.AI_3.xml', '2026-08-01_rss-cs.CL_weekend-empty.xml'])(
    '%s is RSS: an unknown shape',
    (name) => {
      expect(() => readFeed(text(`arxiv/${name}`))).toThrow(/whole Atom feed/);
    },
  );
});
