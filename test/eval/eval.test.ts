import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { meanScore, scoreRanking } from './measures.ts';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'paperwire-eval-'));
const [older, newer, labels] = ['older', 'newer', 'labels'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

/** An entry as the API lists it. */
function item(id: string, title: string, summary: string, author: string) {
  return { paper: { id, title, summary, upvotes: 3, authors: [{ name: author }], ai_keywords: [] } };
}

const violins = item('2611.00001', 'Violin Strings under Frost', 'We tune in a cold hall.', 'Ada Loveday');
const herrings = item('2611.00002', 'Herrings, Counted Twice', 'Nets are weighed at dawn.', 'Bo Fisher');
const speech = item(
  '2611.00003',
  'Speech Recognition for Lighthouse Keepers',
  'Hearing speech in storms.',
  'Cy Keeper',
);
const bread = item('2611.00004', 'Rye Bread by $\\alpha$-Fermentation', 'Dough rises overnight.', 'Di Baker');
const renamed = item('2611.00002', 'Sardines, Counted Once', 'Nets are weighed at dusk.', 'Bo Fisher');

const queries = [
  { query: 'frost violin', kind: 'keywords', relevant: ['2611.00001'] },
  { query: 'lighthouse', kind: 'keywords', relevant: '2611.00003' },
  { query: 'sardines', kind: 'method', relevant: ['2611.00002', '2611.99998'] },
  { query: 'qqqqq', kind: 'typo', relevant: ['2611.00004', '2611.00001'] },
  { query: 'submarine', kind: 'keywords', relevant: ['2611.99999'] },
];
const topics = [
  { id: '2611.00003', topics: ['audio'] },
  { id: '2611.00004', topics: ['science'] },
  { id: '2611.99999', topics: ['video'] },
];

const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

beforeAll(() => {
  for (const path of [older, newer, labels]) mkdirSync(path);
  const november = [
    { day: '2026-11-23', items: [violins, herrings, speech, { paper: { title: 'Without an id' } }] },
  ];
  writeFileSync(join(older, 'daily-2026-11.jsonl.gz'), gzipSync(lines(november)));
  writeFileSync(join(newer, 'daily-2026-12.jsonl'), lines([{ day: '2026-12-01', items: [renamed, bread] }]));
  writeFileSync(join(labels, 'queries.jsonl'), lines(queries));
  writeFileSync(join(labels, 'topics.jsonl'), lines(topics));
});
afterAll(() => rmSync(folder, { recursive: true }));

function evaluate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, MAIN, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

// The newer folder comes first: it is the days that say which values are the latest.
const everything = ['--corpus', newer, '--corpus', older, '--eval', labels];

describe('npm run eval -- --json', () => {
  let out = '';
  let err = '';
  beforeAll(() => {
    const ran = evaluate(...everything, '--json');
    expect(ran.code).toBe(0);
    ({ out, err } = ran);
  });
  const report = () => JSON.parse(out);

  it('counts a paper of several lists and folders once', () => {
    expect(report().corpus).toEqual({ folders: [newer, older], papers: 4 });
  });

  it('says what it left out', () => {
    expect(err.trim().split('\n')).toEqual([
      'Left out: 1 entry of a list that cannot be read or stands there twice.',
      'Left out: 2 labelled ids that are not in the corpus.',
    ]);
    expect(report().search.queries.map(({ query }: { query: string }) => query)).not.toContain('submarine');
    expect(report().search.queries[2].relevant).toEqual(['2611.00002']);
  });

  it('gives what each search found of each query, the latest values of a paper with it', () => {
    const [first, second, third, fourth] = report().search.queries;
    expect(first).toMatchObject({ query: 'frost violin', kind: 'keywords', relevant: ['2611.00001'] });
    expect(second.relevant).toEqual(['2611.00003']);
    for (const name of ['paperwire', 'bm25', 'minisearch']) {
      expect([first.ids[name][0], second.ids[name][0]], name).toEqual(['2611.00001', '2611.00003']);
      expect(third.ids[name], name).toEqual(['2611.00002']);
      expect(fourth.ids[name], name).toEqual([]);
    }
  });

  it('measures what it gives', () => {
    const { engines, queries: answered } = report().search;
    const right = { mrr: 1, ndcg: 1, hit: 1 };
    const none = { mrr: 0, ndcg: 0, hit: 0 };
    for (const [name, score] of Object.entries<Record<string, unknown>>(engines)) {
      const scores = answered.map(
        ({ ids, relevant }: { ids: Record<string, string[]>; relevant: string[] }) =>
          scoreRanking(ids[name] ?? [], relevant),
      );
      expect(score.all, name).toEqual(meanScore(scores));
      expect(score.kinds, name).toEqual({
        keywords: { ...right, count: 2 },
        method: { ...right, count: 1 },
        typo: { ...none, count: 1 },
      });
    }
    expect(Object.keys(engines)).toEqual(['paperwire', 'bm25', 'minisearch']);
  });

  it('gives the topics of each labelled paper, and counts them', () => {
    const { papers, topics: counted, micro, unlabelled } = report().topics;
    expect(papers).toEqual([
      { id: '2611.00003', topics: expect.any(Array), labelled: ['audio'] },
      { id: '2611.00004', topics: expect.any(Array), labelled: ['science'] },
    ]);
    const slugs = BUILT_IN_TOPICS.map(({ slug }) => slug);
    expect(counted.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
    expect(unlabelled).toEqual(slugs.filter((slug) => slug !== 'audio' && slug !== 'science'));
    const given = papers.flatMap(({ topics: some }: { topics: string[] }) => some);
    expect(micro).toMatchObject({ labelled: 2, given: given.length });
    expect(slugs).toEqual(expect.arrayContaining(given));
  });

  it('holds every aim beside its figure', () => {
    const { search, topics: ofTopics } = report().aims;
    expect(search.map(({ is, isMet }: { is: number; isMet: boolean }) => [is, isMet])).toEqual([
      [0.75, false],
      [0, false],
      [0, false],
      [0, false],
    ]);
    expect(ofTopics.map(({ atLeast }: { atLeast: number }) => atLeast)).toEqual([0.78, 0.72]);
  });
});

describe('npm run eval', () => {
  it('prints both tables with the aims', () => {
    const { code, out } = evaluate(...everything);
    expect(code).toBe(0);
    expect(out).toMatch(/^4 papers, 4 queries and 2 papers with topics\n/);
    expect(out).toMatch(/^keywords +2( +1\.000){9}$/m);
    expect(out).toMatch(/^typo +1( +0\.000){9}$/m);
    expect(out).toMatch(/^all +4( +0\.750){9}$/m);
    expect(out).toMatch(/^Aim: nDCG@10 ≥ 0\.85 +0\.750 {2}missed$/m);
    expect(out).toMatch(/^audio +1 /m);
    expect(out).toMatch(/^Aim: macro-F1 ≥ 0\.72 +\d\.\d{3} {2}(met|missed)$/m);
    expect(out).toContain('Without a labelled paper, and so not in the macro-F1: language-models, ');
  });

  it('measures nothing by empty sets, and says so', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    for (const name of ['queries.jsonl', 'topics.jsonl']) writeFileSync(join(empty, name), '');
    const { code, out } = evaluate('--corpus', newer, '--eval', empty);
    expect(code).toBe(0);
    expect(out.match(/– {2}not measured$/gm)).toHaveLength(6);
  });

  it('shows its options', () => {
    expect(evaluate('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Usage: npm run eval -- /),
    });
  });
});

describe('wrong usage: a sentence and exit 2', () => {
  function refused(args: string[], sentence: string): void {
    const { code, out, err } = evaluate(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
  /** A folder with one file in it. */
  function made(name: string, file: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, file), text);
    return path;
  }

  it('an unknown option', () => refused(['--fast'], "Unknown option '--fast'"));
  it('a folder that is not there', () => {
    refused(['--corpus', join(folder, 'nowhere')], 'nowhere" (--corpus).');
    refused(['--corpus', join(labels, 'topics.jsonl')], 'topics.jsonl" (--corpus).');
    refused(['--corpus', older, '--eval', join(folder, 'nowhere')], 'nowhere" (--eval).');
  });
  it('a folder without a list, or without labels', () => {
    refused(['--corpus', folder], 'There is no daily list (*.jsonl.gz) in');
    refused(['--corpus', older, '--eval', older], 'There is no queries.jsonl in');
  });
  it('a list that is damaged', () => {
    const damaged = made('damaged', 'daily.jsonl.gz', 'not packed');
    refused(['--corpus', damaged, '--eval', labels], 'daily.jsonl.gz cannot be read: ');
  });
  it('a label that cannot be read', () => {
    const noJson = made('no-json', 'queries.jsonl', `${lines([queries[0]])}{"query`);
    refused(['--corpus', older, '--eval', noJson], 'Line 2 of ');
    const noTopic = made('no-topic', 'topics.jsonl', lines([{ id: '2611.00001', topics: ['fishing'] }]));
    writeFileSync(join(noTopic, 'queries.jsonl'), '');
    refused(['--corpus', older, '--eval', noTopic], 'topics[0]: not a built-in topic.');
  });
});
