import type { Day } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { aPaper } from '../fixtures/papers.ts';

/** A paper of the usual size on a day's list. `words`: so many invented ones. */
export function listedPaper(
  day: Day,
  words: (count: number) => string,
  given: Pick<Paper, 'id' | 'upvotes'>,
): Paper {
  return aPaper({
    ...given,
    title: words(11),
    abstract: words(190),
    keywords: [words(2), words(2), words(1)],
    authors: Array.from({ length: 8 }, () => ({ name: words(2) })),
    publishedAt: `${day}T00:00:00.000Z`,
    listedOn: day,
    summary: words(28),
  });
}
