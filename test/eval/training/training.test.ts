import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import weights from '../../../src/topics/weights.json' with { type: 'json' };
import { createRandom } from '../../fakes/random.ts';
import { aPaper } from '../../fixtures/papers.ts';
import { learn, predict } from './logistic.ts';
import { commonPhrases, type Matrix, matrixOf, scalesOf } from './matrix.ts';

const NO_PENALTY = { square: 0.01, size: 0 };

/** Rows in which the first column says yes, the second no and the third nothing. */
function told(rows: number): { matrix: Matrix; targets: Float64Array } {
  const random = createRandom(7);
  const columns: number[] = [];
  const targets: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const isYes = random() < 0.4;
    columns.push(isYes ? 0 : 1, 2);
    targets.push(isYes ? 1 : 0);
  }
  const starts = Uint32Array.from({ length: rows + 1 }, (_, row) => 2 * row);
  const values = new Float64Array(columns.length).fill(1);
  const matrix = {
    rows,
    phrases: ['yes', 'no', 'nothing'],
    starts,
    columns: Uint32Array.from(columns),
    values,
  };
  return { matrix, targets: Float64Array.from(targets) };
}

describe('learning', () => {
  it('finds what speaks for and against', () => {
    const { matrix, targets } = told(300);
    const model = learn(matrix, targets, NO_PENALTY, 200);
    const [yes = 0, no = 0, nothing = 0] = model.weights;
    expect(yes).toBeGreaterThan(2);
    expect(no).toBeLessThan(-2);
    expect(Math.abs(nothing)).toBeLessThan(Math.abs(yes) / 2);
    const seen = predict(matrix, model);
    expect(seen.every((value, row) => value > 0.5 === (targets[row] === 1))).toBe(true);
  });

  it('drives to zero what says little, and gives the same again', () => {
    const { matrix, targets } = told(300);
    const penalty = { square: 0, size: 15 };
    const model = learn(matrix, targets, penalty, 200);
    expect(model.weights[2]).toBe(0);
    expect(model.weights[0]).toBeGreaterThan(0);
    expect(learn(matrix, targets, penalty, 200)).toEqual(model);
  });
});

describe('papers as rows', () => {
  const papers = [
    aPaper({
      id: '2611.00001',
      title: 'Tool calling',
      abstract: 'Agents that want tools. Tool calling is hard.',
      keywords: ['tool calling'],
    }),
    aPaper({ id: '2611.00002', title: 'Of tools', abstract: 'A speech model.', keywords: [] }),
  ];

  it('have the phrases that stand in enough of them, none that begins or ends with a small word', () => {
    expect(commonPhrases(papers, 2)).toEqual(['tool']);
    const all = commonPhrases(papers, 1);
    expect(all).toContain('tool call');
    expect(all.some((phrase) => /^(of|that|a|is) | (of|that|a|is)$/.test(phrase))).toBe(false);
  });

  it('count the title double, each keyword once and sentences less and less, scaled', () => {
    const phrases = ['tool call'];
    const scales = Float64Array.of(10);
    const { values, starts } = matrixOf(papers, phrases, scales);
    expect([...starts]).toEqual([0, 1, 1]);
    expect(values[0]).toBeCloseTo(10 * (2 + 1 + 1), 9);
    expect(scalesOf(papers, phrases)[0]).toBeCloseTo(Math.sqrt(Math.log(2)), 9);
  });
});

it('the weights that are used know each topic, and speak for it by its own name', () => {
  expect(Object.keys(weights)).toEqual(BUILT_IN_TOPICS.map(({ slug }) => slug));
  const first = Object.fromEntries(
    Object.entries(weights).map(([slug, { phrases }]) => [slug, Object.keys(phrases).slice(0, 60)]),
  );
  expect(first.agents).toContain('agent');
  expect(first.robotics).toContain('robot');
  expect(first['3d']).toContain('3d');
  expect(first.audio).toContain('speech');
});
