import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { readApiList, readApiPaper } from '../../src/sources/hugging-face/api.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readHydration, readPaperHydration } from '../../src/sources/hugging-face/hydration.ts';
import { readMarkup, readPaperMarkup } from '../../src/sources/hugging-face/markup.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { daily, facts, factsOf, isHere, text } from './captured.ts';

describe.skipIf(!isHere)('captured answers of the API (skipped where ../shared/captures is missing)', () => {
  it('a search of May 2025', () => {
    const entries = readApiList(text('papers_search/2025-05_q-kazakh.json'));
    const { papers, warnings } = readEntries(entries, { kind: 'search', key: 'kazakh' }, { way: 'api' });
    expect(warnings).toEqual([]);
    expect(factsOf(papers)).toEqual(facts(9, 2, 0, 70, 0, 0, 0, 0, 0, 9));
    expect(papers[0]).toMatchObject({ id: '2404.04487', publishedAt: '2024-04-06T03:40:36.000Z' });
    expect(papers.at(-1)?.title).toBe(
      'A baseline model for computationally inexpensive speech recognition for Kazakh using the Coqui STT framework',
    );
    expect(papers.every((paper) => !('listedOn' in paper))).toBe(true);
    expectPapers(papers);
  });

  it('one paper of September 2026', () => {
    const paper = readApiPaper(text('papers_single/2026-09_2608.09888.json'));
    expect(paper).toMatchObject({
      id: '2608.09888',
      title: 'BDH-CQ: In-Context Learning with Recurrent Latent Reasoning',
      upvotes: 782,
      listedOn: '2026-08-11',
      submittedBy: 'janchorowski',
      organization: { name: 'pathwaycom', displayName: 'Pathway' },
      githubUrl: 'https://github.com/pathwaycom/arc-task-gen',
      githubStars: 11184,
    });
    expect(paper.abstract).toContain('a computed inference cost of $0.0007 per task');
    expect(paper.authors?.map(({ name }) => name)).toContain('Przemysław Uznański');
    expect(paper).not.toHaveProperty('comments');
    expectPapers([paper]);
  });
});

describe.skipIf(!isHere)('captured pages (skipped where ../shared/captures is missing)', () => {
  const august = () => ({
    url: 'https://huggingface.co/papers?date=2024-08-01',
    html: text('html/2024-08-01_papers.html'),
  });
  /** Every card of the page: id, votes, comments. */
  const CARDS =
    '2407.21783 94 5, 2407.21705 24 2, 2407.21770 19 5, 2407.21646 16 8, 2407.21772 11 2, 2407.21630 8 2, ' +
    '2407.21721 8 2, 2407.21530 8 3, 2407.20229 7 3, 2407.21781 7 2, 2407.21686 7 2, 2407.21475 5 2, 2404.01300 3 2';
  const cards = (papers: readonly Paper[]) =>
    papers.map(({ id, upvotes, comments }) => `${id} ${upvotes} ${comments}`).join(', ');

  it('a day of 2024, by its data', () => {
    const { papers, warnings } = readHydration(august(), daily('2024-08-01'));
    expect(warnings).toEqual([]);
    expect(cards(papers)).toBe(CARDS);
    expect(papers[0]?.authors).toHaveLength(533);
    expectPapers(papers);
  });

  it('a day of 2024, by its cards', () => {
    const { papers, warnings } = readMarkup(august(), daily('2024-08-01'));
    expect(warnings).toEqual([]);
    expect(cards(papers)).toBe(CARDS);
    expect(papers[0]?.title).toBe('The Llama 3 Herd of Models');
    expect(papers.at(-1)?.title).toBe(
      'NeRF-MAE: Masked AutoEncoders for Self-Supervised 3D Representation Learning for Neural Radiance Fields',
    );
    expectPapers(papers);
  });

  it('a day of 2024 is not another one', () => {
    const page = { ...august(), url: 'https://huggingface.co/papers/date/2024-08-03' };
    for (const read of [readHydration, readMarkup]) {
      const { papers, warnings } = read(page, daily('2024-08-03'));
      expect(papers).toEqual([]);
      expect(warnings).toEqual([
        {
          code: 'other-period',
          message: 'Asked for the daily list of 2024-08-03, the page shows 2024-08-01.',
        },
      ]);
    }
  });

  it('a paper of 2025, by its data and by its heading', () => {
    const page = {
      url: 'https://huggingface.co/papers/2509.24002',
      html: text('html/2025-10-02_papers-2509.24002.html'),
    };
    const paper = readPaperHydration(page);
    const title = 'MCPMark: A Benchmark for Stress-Testing Realistic and Comprehensive MCP Use';
    expect(paper).toMatchObject({
      id: '2509.24002',
      title,
      upvotes: 118,
      publishedAt: '2025-09-28T17:53:27.000Z',
      listedOn: '2025-10-01',
      submittedBy: 'Jakumetsu',
      githubStars: 182,
      projectUrl: 'https://mcpmark.ai/',
    });
    expect(paper.authors).toHaveLength(15);
    expect(paper.keywords).toHaveLength(21);
    expectPapers([paper]);
    expect(readPaperMarkup(page, '2509.24002')).toMatchObject({ id: '2509.24002', title, upvotes: 118 });
    expect(() => readPaperMarkup(page, '2509.24003')).toThrow(/shows 2509\.24002 instead/);
  });

  it('trending in October 2026, by its data', () => {
    const page = {
      url: 'https://huggingface.co/papers/trending',
      html: text('html/2026-10-07_papers-trending_hydration-excerpt.html'),
    };
    const { papers, warnings } = readHydration(page, { kind: 'trending', key: 'now' });
    expect(warnings).toEqual([]);
    expect(papers).toHaveLength(1);
    expect(papers[0]).toMatchObject({
      id: '2606.03748',
      title: 'Ultralytics YOLO26: Unified Real-Time End-to-End Vision Models',
      upvotes: 23,
      comments: 1,
      githubStars: 62246,
      listedOn: '2026-06-03',
      organization: { name: 'Ultralytics', displayName: 'Ultralytics' },
    });
    expect(papers[0]?.keywords).toContain('TensorRT latency');
    // The excerpt has no cards.
    expect(() => readMarkup(page, { kind: 'trending', key: 'now' })).toThrow(/no heading links to a paper/);
    expect(readHydration(page, daily('2026-10-07')).papers).toEqual([]);
  });
});
