import type { Day } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import type { MailOrder } from '../../src/subscribers.ts';
import { authorKey } from '../../src/topics/wishes.ts';
import { createRandom } from '../fakes/random.ts';
import { papersOf } from './scale/papers.ts';
import { createPick } from './search-papers.ts';

/** Different things that readers follow. */
export const ORDERS = 50;
const AUTHORS_EACH = 8;
const TOPICS_EACH = 3;

/** A list with everything that a mail shows of a paper, as long as real ones. */
export function mailPapers(day: Day): Paper[] {
  return papersOf(day).map((paper, index) => {
    const topic = BUILT_IN_TOPICS[index % BUILT_IN_TOPICS.length];
    return {
      ...paper,
      title: `${topic?.name ?? ''}: ${paper.title}`,
      comments: index,
      thumbnailUrl: `https://papers.example.org/thumbnails/${paper.id}.png`,
      organization: { name: `lab-${index}`, displayName: `Laboratory ${index} of Example City` },
      githubUrl: `https://github.com/example/paper-${index}`,
      githubStars: 100 * index,
      projectUrl: `https://papers.example.org/projects/${paper.id}`,
    };
  });
}

/** What each of so many readers wants, one of `ORDERS`: some topics, and authors of papers on the list. */
export function mailOrders(papers: readonly Paper[]): MailOrder[] {
  const pick = createPick(createRandom(1));
  const names = papers.flatMap(({ authors = [] }) => authors.slice(0, 1).map(({ name }) => name));
  return Array.from({ length: ORDERS }, () => {
    const authors = new Set(Array.from({ length: AUTHORS_EACH }, () => pick(names)));
    const topics = new Set(Array.from({ length: TOPICS_EACH }, () => pick(BUILT_IN_TOPICS)));
    return {
      listing: 'daily',
      time: '09:00',
      zone: 'UTC',
      interests: [
        ...[...topics].map(({ slug, name }) => ({ kind: 'topic' as const, key: slug, label: name })),
        ...[...authors].map((label) => ({ kind: 'author' as const, key: authorKey(label), label })),
      ],
    };
  });
}

/** The address of one of many readers. */
export function readerAt(index: number): string {
  return `reader-${index}@example.net`;
}
