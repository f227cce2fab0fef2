import type { Paper } from '../domain/paper.ts';
import { parseQuery } from '../domain/query.ts';
import type { Reason } from '../domain/reason.ts';
import { BUILT_IN_TOPICS, type Topic } from '../domain/topic.ts';
import type { People, Workspace } from '../people.ts';
import { builtInTopicsOf, classifyOnce } from './classify.ts';
import { matchQuery } from './matches.ts';

/** The topics of a paper, built in first, and why. Errors: `StoreError`. */
export async function topicsOfPaper(
  workspace: Workspace,
  paper: Paper,
  people: Pick<People, 'topics'>,
): Promise<{ topic: Topic; because: readonly Reason[] }[]> {
  const own = await people.topics(workspace);
  const builtIn = classifyOnce(paper).flatMap(({ slug, because }) => {
    const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
    return topic ? [{ topic, because }] : [];
  });
  const made = own.flatMap((topic) => {
    const because = matchQuery(parseQuery(topic.query), paper, builtInTopicsOf);
    return because ? [{ topic, because }] : [];
  });
  return [...builtIn, ...made];
}
