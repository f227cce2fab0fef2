import type { ListCard } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { aPaper } from '../../fixtures/papers.ts';

export const PLAIN = { columns: 80, hasColor: false, hasLinks: false };

export function listOf(...papers: Paper[]): ListCard {
  const entries = papers.map((paper, index) => ({ number: index + 1, paper }));
  return { kind: 'list', title: 'Papers', sections: [{ entries }], notes: [] };
}

export function onePaper(more: Partial<Paper>): Paper {
  return aPaper({ id: '2611.00001', title: 'A title', upvotes: 5, ...more });
}

export function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
