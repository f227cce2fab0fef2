import type { Clock } from '../clock.ts';
import { HOUR_MS } from '../domain/calendar.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import { BUILT_IN_TOPICS, type Topic, type TopicSlug } from '../domain/topic.ts';
import type { Search } from '../search.ts';
import { builtInTopicsOf } from '../topics/classify.ts';
import { createMemory } from './memory.ts';

/** Those of a year of lists and more, in few megabytes: nothing but slugs is kept. */
const MOST_PAPERS = 20_000;
/** A paper whose text has changed may have other topics. */
const KEPT_MS = HOUR_MS;

const BY_SLUG: ReadonlyMap<TopicSlug, Topic> = new Map(BUILT_IN_TOPICS.map((topic) => [topic.slug, topic]));

/**
 * The built-in topics of papers, the surest first: as the index has them, since to judge a paper costs a hundred times as
 * much. One that is not indexed yet is judged.
 */
export function createTopicsOf({ search, clock }: { search: Pick<Search, 'topicsOf'>; clock: Clock }) {
  const memory = createMemory<readonly TopicSlug[]>({ most: MOST_PAPERS, keptMs: KEPT_MS, clock });

  async function slugsOf(papers: readonly Paper[]): Promise<Map<PaperId, readonly TopicSlug[]>> {
    const known = new Map(papers.map(({ id }) => [id, memory.get(id)]));
    const unknown = papers.filter(({ id }) => known.get(id) === undefined);
    const indexed = unknown.length > 0 ? await search.topicsOf(unknown.map(({ id }) => id)) : new Map();
    return new Map(
      papers.map((paper) => {
        const slugs = known.get(paper.id) ?? indexed.get(paper.id) ?? [...builtInTopicsOf(paper)];
        memory.set(paper.id, slugs);
        return [paper.id, slugs];
      }),
    );
  }

  return async (papers: readonly Paper[]): Promise<ReadonlyMap<PaperId, readonly Topic[]>> => {
    const topics = [...(await slugsOf(papers))].map(([id, slugs]) => {
      return [id, slugs.flatMap((slug) => BY_SLUG.get(slug) ?? [])] as const;
    });
    return new Map(topics);
  };
}
