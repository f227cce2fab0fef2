import { describe, expect, it } from 'vitest';
import { agreementOf, meanScore, scoreRanking, scoreTopics } from './measures.ts';

/** Ten ids without a right one among them. */
const wrong = Array.from({ length: 10 }, (_, index) => `wrong${index}`);

/** A ranking with ids at some of its places, 1 being the first. */
function ranking(places: Record<number, string>): string[] {
  return wrong.map((id, index) => places[index + 1] ?? id);
}

describe('scoreRanking', () => {
  it.each([
    [1, 1, 1],
    [2, 1 / 2, 0.6309],
    [3, 1 / 3, 0.5],
    [7, 1 / 7, 1 / 3],
    [10, 1 / 10, 0.2891],
  ])('of one right paper at place %i', (place, mrr, ndcg) => {
    const score = scoreRanking(ranking({ [place]: 'right' }), ['right']);
    expect(score).toEqual({ mrr, ndcg: expect.closeTo(ndcg, 4), hit: 1 });
  });

  it('counts no place after the tenth', () => {
    expect(scoreRanking([...wrong, 'right'], ['right'])).toEqual({ mrr: 0, ndcg: 0, hit: 0 });
  });

  it('gives nothing for an empty answer', () => {
    expect(scoreRanking([], ['right'])).toEqual({ mrr: 0, ndcg: 0, hit: 0 });
  });

  it('of several right papers takes the first for the rank and all for the gain', () => {
    // 1/log2(3) + 1/log2(5) of 1 + 1/log2(3) + 1/log2(4)
    const score = scoreRanking(ranking({ 2: 'one', 4: 'two' }), ['one', 'two', 'three']);
    expect(score).toEqual({ mrr: 0.5, ndcg: expect.closeTo(1.06161 / 2.13093, 4), hit: 1 });
  });

  it('is whole when every right paper stands before every wrong one, in any order', () => {
    expect(scoreRanking(['two', 'one', ...wrong], ['one', 'two'])).toEqual({ mrr: 1, ndcg: 1, hit: 1 });
  });

  it('is whole when ten of more than ten right papers fill the places', () => {
    const relevant = [...wrong, 'eleventh'];
    expect(scoreRanking(wrong, relevant).ndcg).toBeCloseTo(1, 12);
  });

  it('counts a right paper once, also where the ranking or the label repeats it', () => {
    const one = scoreRanking(['right', 'right', 'right'], ['right']);
    expect(one).toEqual({ mrr: 1, ndcg: 1, hit: 1 });
    expect(scoreRanking(['wrong', 'right'], ['right', 'right'])).toEqual(
      scoreRanking(['wrong', 'right'], ['right']),
    );
  });
});

describe('meanScore', () => {
  it('is the plain mean', () => {
    const scores = [
      { mrr: 1, ndcg: 1, hit: 1 },
      { mrr: 0.5, ndcg: 0.6, hit: 1 },
      { mrr: 0, ndcg: 0, hit: 0 },
    ];
    expect(meanScore(scores)).toEqual({
      mrr: 0.5,
      ndcg: expect.closeTo(1.6 / 3, 12),
      hit: expect.closeTo(2 / 3, 12),
      count: 3,
    });
  });

  it('is undefined of nothing', () => expect(meanScore([])).toBeUndefined());
});

describe('agreementOf', () => {
  it.each([
    [
      { labelled: 4, given: 5, right: 3 },
      { precision: 0.6, recall: 0.75, f1: 2 / 3 },
    ],
    [
      { labelled: 3, given: 3, right: 3 },
      { precision: 1, recall: 1, f1: 1 },
    ],
    [
      { labelled: 3, given: 0, right: 0 },
      { precision: 0, recall: 0, f1: 0 },
    ],
    [
      { labelled: 0, given: 2, right: 0 },
      { precision: 0, recall: 0, f1: 0 },
    ],
    [
      { labelled: 0, given: 0, right: 0 },
      { precision: 0, recall: 0, f1: 0 },
    ],
  ])('of %j', (counts, shares) => expect(agreementOf(counts)).toEqual({ ...counts, ...shares }));
});

describe('scoreTopics', () => {
  const verdicts = [
    { labelled: ['audio', 'video'], given: ['video', 'audio'] },
    { labelled: ['audio'], given: ['video'] },
    { labelled: ['audio'], given: [] },
    { labelled: [], given: ['code'] },
  ];
  const score = scoreTopics(verdicts, ['audio', 'video', 'code', '3d']);

  it('counts each topic', () => {
    expect(score.topics).toEqual([
      { slug: 'audio', labelled: 3, given: 1, right: 1, precision: 1, recall: 1 / 3, f1: 0.5 },
      { slug: 'video', labelled: 1, given: 2, right: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
      { slug: 'code', labelled: 0, given: 1, right: 0, precision: 0, recall: 0, f1: 0 },
      { slug: '3d', labelled: 0, given: 0, right: 0, precision: 0, recall: 0, f1: 0 },
    ]);
  });

  it('has what was given without any label in the micro-F1', () => {
    expect(score.micro).toEqual({ labelled: 4, given: 4, right: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it('takes only topics with a labelled paper for the macro-F1', () => {
    expect(score.macroF1).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
  });

  it('has no macro-F1 without a label', () => {
    expect(scoreTopics([{ labelled: [], given: ['code'] }], ['code']).macroF1).toBeUndefined();
    expect(scoreTopics([], ['code'])).toMatchObject({ macroF1: undefined, micro: { f1: 0 } });
  });
});
