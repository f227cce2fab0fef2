import { BUILT_IN_TOPICS, type TopicSlug } from '../../domain/topic.ts';

/** What the built-in topics are called and what belongs to them. */
export const builtInTopics: Readonly<Record<TopicSlug, { name: string; meaning: string }>> =
  Object.fromEntries(BUILT_IN_TOPICS.map(({ slug, name, meaning }) => [slug, { name, meaning }]));
