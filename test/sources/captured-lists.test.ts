import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { readApiList } from '../../src/sources/hugging-face/api.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { daily, type Facts, facts, factsOf, folder, isHere, text } from './captured.ts';

/** File, its facts, and its first and last paper as `id votes`. */
const LISTS: readonly [file: string, facts: Facts, first: string, last: string][] = [
  ['2024-05-27', facts(13, 151, 10, 97, 0, 0, 0, 0, 0, 0), '2405.15738 32', '2405.15125 3'],
  ['2024-06-12', facts(16, 167, 28, 150, 0, 0, 0, 0, 0, 16), '2406.07550 29', '2406.07520 1'],
  ['2024-08-05', facts(8, 47, 11, 55, 0, 0, 0, 0, 8, 8), '2408.00874 13', '2408.01337 2'],
  ['2025-03-10', facts(13, 130, 15, 88, 5, 4, 0, 0, 13, 13), '2503.05236 65', '2503.04808 1'],
  ['2025-03-14', facts(26, 214, 34, 200, 8, 8, 0, 0, 0, 26), '2503.10613 29', '2503.10072 1'],
  ['2025-07-07', facts(1, 2, 1, 4, 0, 0, 1, 0, 1, 1), '2507.01853 2', '2507.01853 2'],
  ['2025-07-08', facts(16, 171, 16, 194, 6, 5, 14, 0, 16, 16), '2507.03724 53', '2507.02659 0'],
  ['2025-09-30', facts(50, 613, 57, 598, 25, 16, 50, 0, 50, 50), '2509.24006 78', '2509.23115 1'],
  ['2025-11-03', facts(15, 200, 19, 153, 8, 5, 1, 9, 15, 15), '2510.27492 37', '2510.27224 0'],
  ['2025-12-17', facts(25, 255, 25, 276, 11, 11, 24, 15, 25, 25), '2512.14691 40', '2512.10945 0'],
  ['2026-02-13', facts(31, 344, 28, 499, 23, 11, 31, 22, 31, 31), '2602.09877 113', '2602.10585 0'],
  ['2026-04-10', facts(35, 627, 42, 338, 20, 22, 34, 22, 35, 35), '2604.08377 108', '2603.27070 0'],
  ['2026-04-16', facts(22, 391, 23, 333, 17, 10, 21, 14, 22, 22), '2604.14148 77', '2604.13201 0'],
  ['2026-05-08_raw', facts(37, 679, 112, 296, 20, 11, 35, 23, 37, 37), '2605.05242 86', '2602.00095 2'],
  ['2026-05-12', facts(50, 433, 50, 477, 29, 17, 49, 32, 50, 50), '2605.09063 50', '2605.05886 0'],
  [
    '2026-06-14_limit30_raw',
    facts(30, 453, 69, 201, 16, 13, 30, 16, 30, 30),
    '2606.00467 0',
    '2606.13106 18',
  ],
  ['2026-07-02', facts(23, 170, 22, 183, 11, 8, 23, 13, 23, 23), '2606.28322 24', '2606.26040 0'],
  [
    '2026-07-13_limit25_raw',
    facts(25, 336, 42, 221, 18, 12, 10, 18, 25, 25),
    '2607.07673 0',
    '2607.08768 31',
  ],
  ['2026-07-31_first5', facts(5, 33, 10, 26, 2, 1, 0, 2, 5, 5), '2607.23193 3', '2607.16922 0'],
  ['2026-08-21', facts(17, 382, 20, 130, 12, 9, 16, 17, 17, 17), '2608.19880 163', '2608.13210 1'],
];

function readList(file: string): Paper[] {
  const listing = daily(file.slice(0, 10));
  const { papers, warnings } = readEntries(readApiList(text(`daily_papers/${file}.json`)), listing, {
    way: 'api',
  });
  expect(warnings).toEqual([]);
  return papers;
}

function paperOf(file: string, id: string): Paper {
  const found = readList(file).find((paper) => paper.id === id);
  return found ?? expect.fail(`${id} is not in ${file}`);
}

describe.skipIf(!isHere)('captured lists (skipped where ../shared/captures is missing)', () => {
  it('are all expected here', () => {
    const files = readdirSync(join(folder, 'daily_papers')).map((name) => name.replace('.json', ''));
    expect(LISTS.map(([file]) => file)).toEqual(files.sort());
  });

  it.each(LISTS)('%s', (file, expected, first, last) => {
    const papers = readList(file);
    expect(factsOf(papers)).toEqual(expected);
    expect(`${papers[0]?.id} ${papers[0]?.upvotes}`).toBe(first);
    expect(`${papers.at(-1)?.id} ${papers.at(-1)?.upvotes}`).toBe(last);
    expectPapers(papers);
  });

  it('of 2024 wrap their titles and know nothing but the paper', () => {
    const [first] = readList('2024-05-27');
    expect(first).toMatchObject({
      title: 'ConvLLaVA: Hierarchical Backbones as Visual Encoder for Large Multimodal Models',
      publishedAt: '2024-05-24T17:34:15.000Z',
      listedOn: '2024-05-27',
      comments: 3,
      keywords: [],
    });
    expect(first).not.toHaveProperty('submittedBy');
    expect(paperOf('2024-05-27', '2405.14906').title).toBe(
      'AutoCoder: Enhancing Code Large Language Model with AIEV-Instruct',
    );
  });

  it('keep marks in titles that are no markup', () => {
    expect(paperOf('2025-03-14', '2503.10357').title).toContain('`cat.n.01`');
    expect(paperOf('2025-11-03', '2510.25889').title).toBe(
      'π_RL: Online RL Fine-tuning for Flow-based Vision-Language-Action Models',
    );
    expect(paperOf('2026-02-13', '2602.12099').title).toMatch(/^GigaBrain-0\.5M\*: a VLA/);
    expect(paperOf('2026-04-16', '2604.14142').title).toMatch(/^From P\(y\|x\) to P\(y\):/);
    expect(paperOf('2025-12-17', '2512.13961')).toMatchObject({ title: 'Olmo 3' });
    expect(paperOf('2025-07-08', '2507.03745').abstract).toContain('<a href="https://cumulo-autumn');
  });

  it('take the arXiv date, not the other one', () => {
    // On top its entry says 2025-03-09T22:20:09, when it was put on the list.
    expect(readList('2025-03-10')[0]?.publishedAt).toBe('2025-03-07T08:36:05.000Z');
    expect(readList('2026-08-21')[0]?.publishedAt).toBe('2026-08-20T00:00:00.000Z');
  });

  it('say on which day a paper was put on the list, also where the list has no date', () => {
    const days = new Set(readList('2026-07-13_limit25_raw').map(({ listedOn }) => listedOn));
    expect([...days].sort()).toEqual(['2026-07-10', '2026-07-13']);
    expect(new Set(readList('2026-06-14_limit30_raw').map(({ listedOn }) => listedOn))).toEqual(
      new Set(['2026-06-12']),
    );
  });

  it('show a paper that came back under its new day', () => {
    expect(paperOf('2026-04-10', '2604.07429')).toMatchObject({ upvotes: 2, listedOn: '2026-04-10' });
    expect(paperOf('2026-04-16', '2604.07429')).toMatchObject({ upvotes: 42, listedOn: '2026-04-16' });
  });

  it('have links as people wrote them, made usable', () => {
    expect(paperOf('2026-07-02', '2606.20997').projectUrl).toBe('http://3.148.244.109:5000/');
    expect(paperOf('2025-12-17', '2512.14531').githubUrl).toBe(
      'https://github.com/huawei-noah/noah-research',
    );
    expect(readList('2026-08-21')[1]).toMatchObject({
      organization: { name: 'ustc', displayName: 'university of science and technology of china' },
      githubUrl: 'https://github.com/StoKou/FACET-Terminal',
      githubStars: 8,
      submittedBy: 'KouShi2',
    });
  });

  it('leave out hidden authors', () => {
    expect(paperOf('2026-04-16', '2604.14148').authors).toHaveLength(171);
    expect(paperOf('2026-02-13', '2602.11298').authors).toHaveLength(134);
  });
});
