import type { ListCard } from '../../src/domain/card.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readCorpus, sharedFolder } from '../shared.ts';

/** Stands in the name of what is skipped where the corpus is not here. */
export const reason = sharedFolder ? '' : ' (skipped: the corpus is not beside the project)';

/** Each real list as an edition shows it, the ten papers with most votes; none where the corpus is not here. */
export function realLists(): ListCard[] {
  return readCorpus().map(({ day, items }) => {
    const { papers } = readEntries(items, { kind: 'daily', key: day }, { way: 'api' });
    const best = papers.sort((one, other) => other.upvotes - one.upvotes).slice(0, 10);
    const entries = best.map((paper, index) => ({ number: index + 1, paper }));
    return {
      kind: 'list',
      title: `Papers of ${day}`,
      sections: [{ entries }],
      notes: ['Hugging Face Daily Papers · arXiv'],
    };
  });
}
