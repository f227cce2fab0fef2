import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { reasonText } from '../../src/domain/reason.ts';
import { fulfils, matchQuery, placeOf } from '../../src/topics/matches.ts';
import { found, indexWith, paperNo } from '../search/kit.ts';

const PAPER = paperNo(1, {
  title: 'Gaussian Splatting in gardens',
  summary: 'Plants are rendered quickly.',
  abstract: 'We fine-tune a model. It sees GPT-4o as a baseline; role-playing helps.',
  keywords: ['novel view synthesis', '3D'],
  authors: [{ name: 'Søren Łukasz' }, { name: 'Ada de la Vega' }],
  organization: { name: 'hill-lab', displayName: 'Hill Laboratory' },
  publishedAt: '2026-06-01T12:00:00.000Z',
  upvotes: 50,
  githubUrl: 'https://github.com/x/y',
});
const topicsOf = (paper: Paper) => new Set(paper.keywords.map((keyword) => keyword.toLowerCase()));
const reasons = (query: string, paper = PAPER) =>
  matchQuery(parseQuery(query), paper, topicsOf)?.map((one) => reasonText(one));

describe('a paper matches a query', () => {
  it.each([
    ['splatting', ['"splatting" in the title']],
    ['gardens splatting', ['"gardens" in the title', '"splatting" in the title']],
    ['"gaussian splatting"', ['"gaussian splatting" in the title']],
    ['"views synthesis"', ['"views synthesis" in the keywords']],
    ['plant', ['"plant" in the summary']],
    ['finetune', ['"finetune" in the abstract']],
    ['fine-tuning', ['"fine-tuning" in the abstract']],
    ['gpt4o', ['"gpt4o" in the abstract']],
    ['roleplaying', ['"roleplaying" in the abstract']],
    ['author:lukasz', ['by lukasz']],
    ['author:"de la vega" topic:3D', ['by de la vega', 'on 3D']],
    ['org:"hill laboratory" splatting', ['"splatting" in the title', 'from hill laboratory']],
    ['splatting & gardens', ['"splatting" in the title', '"gardens" in the title']],
    ['votes:>=50 has:code after:2026-06 before:2026-06-02', []],
    ['-numbat -author:numbat', []],
  ])('%s, with the reasons', (query, because) => expect(reasons(query)).toEqual(because));

  it.each([
    'numbat',
    'splatting numbat',
    '"splatting gaussian"',
    '"gardens novel"',
    '"view synthesis 3d"',
    'author:numbat',
    'author:"lukasz ada"',
    'author:"soren vega"',
    'topic:video',
    'org:lake',
    '-splatting',
    '-"novel view"',
    '-author:vega',
    '-topic:3d',
    'votes:>50',
    'votes:<50',
    '-has:code',
    'after:2026-06-02',
    'before:2026-06-01',
  ])('but not %s', (query) => expect(reasons(query)).toBeUndefined());

  it('by words only when each stands there, where a search lets them rank', () => {
    const query = parseQuery('splatting numbat');
    expect(fulfils(query, PAPER, topicsOf)).toBe(true);
    expect(matchQuery(query, PAPER, topicsOf)).toBeUndefined();
  });

  it('never by its day when it has none', () => {
    const { publishedAt: _, ...undated } = PAPER;
    expect([reasons('after:2020', undated), reasons('before:2030', undated)]).toEqual([undefined, undefined]);
  });

  it('says no more than it has when it is bare', () => {
    const bare = paperNo(2, { title: 'Quokka' });
    expect(reasons('quokka -has:code -author:x -org:y', bare)).toEqual(['"quokka" in the title']);
    expect([reasons('author:x', bare), reasons('org:y', bare)]).toEqual([undefined, undefined]);
  });
});

describe('the place of a phrase', () => {
  it.each([
    ['3d', 'keywords'],
    ['a model', 'abstract'],
    ['', undefined],
    ['…', undefined],
    ['gardens plants', undefined],
  ])('%j is %s', (phrase, place) => expect(placeOf(phrase, PAPER)).toBe(place));
});

describe('the index and the test of one paper', () => {
  it.each([
    '"fine tuning"',
    '"finetuned"',
    '"gaussian splatting"',
    '"roleplaying"',
    '-"role playing"',
    'author:vega',
    '-author:vega',
    'topic:3d',
    'org:hill-lab',
    'org:hill',
    'after:2026-06',
    'before:2026-06',
    'votes:50',
    '-votes:50',
    'has:code',
    '-has:code',
    '"…" has:code',
  ])('agree about %s', (query) => {
    const index = indexWith([{ ...PAPER, keywords: ['3d'] }]);
    expect(found(index, query).length === 1).toBe(fulfils(parseQuery(query), PAPER, topicsOf));
    index.close();
  });
});
