import type { Completion, CompletionKind } from '../command.ts';
import { BUILT_IN_TOPICS, type Topic, type WorkspaceTopic } from '../domain/topic.ts';
import type { People, Workspace } from '../people.ts';
import { MOST_SUGGESTIONS, type Search, SUGGESTION_KINDS, type Suggestion } from '../search.ts';
import { wordsOf } from '../text/terms.ts';

/** How what was typed may go on: topics first, then titles and names, best first. Errors: `StoreError`. */
export async function complete(
  typed: string,
  kinds: readonly CompletionKind[],
  workspace: Workspace,
  { search, people }: { search: Pick<Search, 'suggest'>; people: Pick<People, 'topics'> },
  nameOf: (topic: Topic) => string = ({ name }) => name,
): Promise<Completion[]> {
  const topics = kinds.includes('topic') ? topicsLike(typed, await people.topics(workspace), nameOf) : [];
  const limit = MOST_SUGGESTIONS - topics.length;
  const indexed = SUGGESTION_KINDS.filter((kind) => kinds.includes(kind));
  const named = indexed.length > 0 && limit > 0 ? await search.suggest(typed, indexed, limit) : [];
  return [...topics, ...named.map(completionOf)].slice(0, MOST_SUGGESTIONS);
}

function completionOf({ kind, label, value }: Suggestion): Completion {
  return { kind, label, value: kind === 'author' ? `author:"${value}"` : value };
}

/** Topics with a word that begins as the last one typed does; all when nothing is typed. */
function topicsLike(
  typed: string,
  own: readonly WorkspaceTopic[],
  nameOf: (topic: Topic) => string,
): Completion[] {
  const start = wordsOf(typed).join(' ');
  const isLike = (topic: Topic) =>
    [topic.slug, topic.name, nameOf(topic)].some((one) => ` ${wordsOf(one).join(' ')}`.includes(` ${start}`));
  return [...BUILT_IN_TOPICS, ...own].filter(isLike).map((topic) => ({
    kind: 'topic',
    label: `${topic.emoji} ${nameOf(topic)}`,
    value: `topic:${topic.slug}`,
  }));
}
