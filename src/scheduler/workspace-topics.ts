import type { PeopleServices, TopicStatus } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { BUILT_IN_TOPICS, MAX_WORKSPACE_TOPICS } from '../domain/topic.ts';
import type { Store } from '../store.ts';

export interface WorkspaceTopicsDependencies {
  people: Store['people'];
  clock: Clock;
}

/** The topics of a workspace: ours, and those that it made. */
export function createWorkspaceTopics({
  people,
  clock,
}: WorkspaceTopicsDependencies): Pick<PeopleServices, 'topics' | 'addTopic' | 'removeTopic'> {
  return {
    async topics(workspace) {
      const [own, followers] = await Promise.all([people.topics(workspace), people.followers(workspace)]);
      return [...BUILT_IN_TOPICS, ...own].map(
        (topic): TopicStatus => ({ topic, followers: followers.get(topic.slug) ?? 0 }),
      );
    },
    async addTopic(workspace, topic) {
      if (BUILT_IN_TOPICS.some(({ slug }) => slug === topic.slug)) return 'built-in';
      return await people.addTopic(workspace, { ...topic, createdAt: clock.now() }, MAX_WORKSPACE_TOPICS);
    },
    removeTopic: (workspace, slug) => people.removeTopic(workspace, slug),
  };
}
