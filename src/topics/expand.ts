import { type Condition, parseQuery, type Query } from '../domain/query.ts';
import type { WorkspaceTopic } from '../domain/topic.ts';

/**
 * Puts a workspace's own topics into a query in place of their names: what they ask for must hold as well. One that is
 * to be left out cannot be put so and stays a name, which no paper carries.
 */
export function expandTopics(query: Query, own: readonly WorkspaceTopic[]): Query {
  const named = query.conditions.map((condition) => ({ condition, topic: topicOf(condition, own) }));
  const asked = named.flatMap(({ topic }) => (topic ? [parseQuery(topic.query)] : []));
  const kept = named.filter(({ topic }) => !topic).map(({ condition }) => condition);
  // What the query itself says of days and votes goes before what a topic says.
  const bounds: Partial<Query> = Object.assign({}, ...asked);
  return {
    ...bounds,
    ...query,
    // Of a search the words only rank; of a topic each must stand there.
    phrases: [...query.phrases, ...asked.flatMap(({ phrases, words }) => [...phrases, ...words])],
    without: [...query.without, ...asked.flatMap(({ without }) => without)],
    conditions: [...kept, ...asked.flatMap(({ conditions }) => conditions)],
  };
}

function topicOf(
  { field, value, isExcluded }: Condition,
  own: readonly WorkspaceTopic[],
): WorkspaceTopic | undefined {
  if (field !== 'topic' || isExcluded) return undefined;
  return own.find(({ slug }) => slug === value.toLowerCase());
}
