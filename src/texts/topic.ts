import type { Subscription } from '../domain/subscription.ts';
import type { Topic } from '../domain/topic.ts';
import type { Texts } from './index.ts';

/** A topic with its name and meaning in the reader's language; a workspace's own has one language only. */
export function topicIn<T extends Topic>(topic: T, { builtInTopics }: Texts): T {
  return { ...topic, ...builtInTopics[topic.slug] };
}

/** What is followed, as the reader calls it. */
export function labelIn(
  { kind, key, label }: Pick<Subscription, 'kind' | 'key' | 'label'>,
  { builtInTopics }: Texts,
): string {
  return (kind === 'topic' ? builtInTopics[key]?.name : undefined) ?? label;
}
