import type { Paper } from '../domain/paper.ts';

/** Softens the first places (Cormack, Clarke and Büttcher, SIGIR 2009). */
const SMOOTHING = 60;

/** Two rankings as one, by reciprocal rank: best first, each paper once, of equals the first ranking's before. */
export function fuse(first: readonly Paper[], second: readonly Paper[]): Paper[] {
  const papers = new Map([...second, ...first].map((paper) => [paper.id, paper]));
  const scores = new Map<string, number>();
  for (const ranking of [first, second]) {
    for (const [place, { id }] of ranking.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (SMOOTHING + place + 1));
    }
  }
  return [...scores].sort(([, one], [, other]) => other - one).map(([id]) => papers.get(id) as Paper);
}
