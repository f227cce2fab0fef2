import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { readFeed } from '../../src/sources/arxiv/atom.ts';
import { readApiList, readApiPaper } from '../../src/sources/hugging-face/api.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readHydration, readPaperHydration } from '../../src/sources/hugging-face/hydration.ts';
import { readMarkup, readPaperMarkup } from '../../src/sources/hugging-face/markup.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { sharedFolder } from '../shared.ts';

// Every expectation here was read off the file itself, by hand or by a script that knows nothing of our parsers.

const folder = join(sharedFolder ?? '', 'captures');
const isHere = sharedFolder !== undefined && existsSync(folder);
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const daily = (key: string): Listing => ({ kind: 'daily', key });

/** What stands in a list: papers, the sum of their votes and comments, authors shown, and how many papers have … */
interface Facts {
  papers: number;
  votes: number;
  comments: number;
  authors: number;
  github: number;
  project: number;
  summary: number;
  organization: number;
  submitter: number;
  thumbnail: number;
}

function factsOf(papers: readonly Paper[]): Facts {
  const sum = (of: (paper: Paper) => number) => papers.reduce((total, paper) => total + of(paper), 0);
  const having = (key: keyof Paper) => papers.filter((paper) => key in paper).length;
  return {
    papers: papers.length,
    votes: sum(({ upvotes }) => upvotes),
    comments: sum(({ comments }) => comments ?? 0),
    authors: sum(({ authors }) => authors?.length ?? 0),
    github: having('githubUrl'),
    project: having('projectUrl'),
    summary: having('summary'),
    organization: having('organization'),
    submitter: having('submittedBy'),
    thumbnail: having('thumbnailUrl'),
  };
}

const facts = (...row: readonly number[]): Facts => {
  const names = [
    'papers',
    'votes',
    'comments',
    'authors',
    'github',
    'project',
    'summary',
    'organization',
    'submitter',
    'thumbnail',
  ];
  return Object.fromEntries(names.map((name, index) => [name, row[index]])) as unknown as Facts;
};

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
