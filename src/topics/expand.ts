import { type Condition, parseQuery, type Query } from '../domain/query.ts';
import { slugOf, type WorkspaceTopic } from '../domain/topic.ts';

/** A query with what a workspace calls its own topics put in. */
export interface Expanded {
  query: Query;
  /** What the topics ask for that were to be left out: no paper may fulfil one of these. */
  unwanted: Query[];
}

/**
 * Puts a workspace's own topics into a query in place of their names: what they ask for must hold as well, or, where the
 * topic was to be left out, must not.
 */
export function expandTopics(query: Query, own: readonly WorkspaceTopic[]): Expanded {
  const named = query.conditions.map((condition) => ({ condition, topic: topicOf(condition, own) }));
  const asked = named.flatMap(({ topic, condition }) =>
    topic ? [{ isExcluded: condition.isExcluded, query: parseQuery(topic.query) }] : [],
  );
  const wanted = asked.filter(({ isExcluded }) => !isExcluded).map((one) => one.query);
  const kept = named.filter(({ topic }) => !topic).map(({ condition }) => condition);
  return {
    query: {
      ...query,
      ...boundsOf([query, ...wanted]),
      // Of a search the words only rank; of a topic each must stand there.
      phrases: [...query.phrases, ...wanted.flatMap(({ phrases, words }) => [...phrases, ...words])],
      without: [...query.without, ...wanted.flatMap(({ without }) => without)],
      conditions: [...kept, ...wanted.flatMap(({ conditions }) => conditions)],
    },
    unwanted: asked.filter(({ isExcluded }) => isExcluded).map((one) => one.query),
  };
}

type Bounds = Pick<Query, 'after' | 'before' | 'minVotes' | 'maxVotes' | 'hasCode'>;

/** The narrowest of all, as each must hold; of two that contradict each other about code the first. */
function boundsOf(queries: readonly Query[]): Bounds {
  const values = <K extends keyof Bounds>(name: K) => queries.flatMap((query) => query[name] ?? []);
  const days = { after: values('after').sort().at(-1), before: values('before').sort()[0] };
  const [minVotes, maxVotes] = [values('minVotes'), values('maxVotes')];
  const bounds = {
    ...days,
    minVotes: minVotes.length > 0 ? Math.max(...minVotes) : undefined,
    maxVotes: maxVotes.length > 0 ? Math.min(...maxVotes) : undefined,
    hasCode: values('hasCode')[0],
  };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
}

function topicOf({ field, value }: Condition, own: readonly WorkspaceTopic[]): WorkspaceTopic | undefined {
  return field === 'topic' ? own.find(({ slug }) => slug === slugOf(value)) : undefined;
}
