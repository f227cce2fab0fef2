import type { PaperTopic } from '../abilities.ts';
import type { Paper } from '../domain/paper.ts';
import { parseQuery } from '../domain/query.ts';
import { BUILT_IN_TOPICS } from '../domain/topic.ts';
import type { People, Workspace } from '../people.ts';
import { builtInTopicsOf, classifyOnce } from './classify.ts';
import { matchQuery } from './matches.ts';

/** The built-in topics of a paper, the surest first, and why. */
export function builtInPaperTopics(paper: Paper): PaperTopic[] {
  return classifyOnce(paper).flatMap(({ slug, because }) => {
    const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
    return topic ? [{ topic, because }] : [];
  });
}

/** The topics of a paper, built in first, and why. Errors: `StoreError`. */
export async function topicsOfPaper(
  workspace: Workspace,
  paper: Paper,
  people: Pick<People, 'topics'>,
): Promise<PaperTopic[]> {
  const own = await people.topics(workspace);
  const made = own.flatMap((topic) => {
    const because = matchQuery(parseQuery(topic.query), paper, builtInTopicsOf);
    return because ? [{ topic, because }] : [];
  });
  return [...builtInPaperTopics(paper), ...made];
}
