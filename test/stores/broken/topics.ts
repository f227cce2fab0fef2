import { type BrokenStore, withPeople } from './kit.ts';

export const TOPICS: BrokenStore[] = [
  {
    fault: 'topics come by name',
    noticedBy: 'topics of a workspace come as they were made',
    breaks: (store) =>
      withPeople(store, ({ topics }) => ({
        topics: async (workspace) =>
          (await topics(workspace)).sort((one, other) => (one.slug < other.slug ? -1 : 1)),
      })),
  },
  {
    fault: 'a platform has its topics in common',
    noticedBy: 'topics of a workspace come as they were made',
    breaks: (store) =>
      withPeople(store, ({ topics }) => ({
        topics: ({ platform }) => topics({ platform, workspace: 'W' }),
      })),
  },
  {
    fault: 'a topic that is taken is made anew',
    noticedBy: 'a topic that is taken',
    breaks: (store) =>
      withPeople(store, ({ addTopic, removeTopic }) => ({
        async addTopic(workspace, topic, most) {
          const wasThere = await removeTopic(workspace, topic.slug);
          const outcome = await addTopic(workspace, topic, most);
          return wasThere ? 'taken' : outcome;
        },
      })),
  },
  {
    fault: 'a workspace makes as many topics as it likes',
    noticedBy: 'one too many, changes nothing',
    breaks: (store) =>
      withPeople(store, ({ addTopic }) => ({
        addTopic: (workspace, topic) => addTopic(workspace, topic, 1000),
      })),
  },
  {
    fault: 'a topic leaves its followers behind',
    noticedBy: 'takes all with it that follow it there',
    breaks: (store) =>
      withPeople(store, ({ removeTopic, subscriptions, follow }) => ({
        async removeTopic(workspace, slug) {
          const members = ['ada', 'bob'].map((id) => ({ ...workspace, id }));
          const before = await Promise.all(members.map((member) => subscriptions(member)));
          const wasThere = await removeTopic(workspace, slug);
          for (const [index, member] of members.entries())
            for (const one of before[index] ?? []) await follow(member, one, 100);
          return wasThere;
        },
      })),
  },
  {
    fault: 'authors named like a topic go with it',
    noticedBy: 'and no others',
    breaks: (store) =>
      withPeople(store, ({ removeTopic, unfollow }) => ({
        async removeTopic(workspace, slug) {
          await unfollow({ ...workspace, id: 'ada' }, { kind: 'author', key: slug });
          return await removeTopic(workspace, slug);
        },
      })),
  },
  {
    fault: 'the followers of a built-in topic are lost',
    noticedBy: 'a topic that a workspace did not make',
    breaks: (store) =>
      withPeople(store, ({ removeTopic, unfollow }) => ({
        async removeTopic(workspace, slug) {
          await unfollow({ ...workspace, id: 'ada' }, { kind: 'topic', key: slug });
          return await removeTopic(workspace, slug);
        },
      })),
  },
  {
    fault: 'every removal of a topic succeeds',
    noticedBy: 'a topic that a workspace did not make',
    breaks: (store) =>
      withPeople(store, ({ removeTopic }) => ({
        removeTopic: async (...given) => (await removeTopic(...given)) || true,
      })),
  },
  {
    fault: 'a topic and its followers go in two writes',
    noticedBy: 'a topic goes with its followers',
    breaks: (store) =>
      withPeople(store, ({ removeTopic, topics, addTopic }) => ({
        async removeTopic(workspace, slug) {
          const [topic] = await topics(workspace);
          try {
            return await removeTopic(workspace, slug);
          } catch (error) {
            if (topic) await addTopic(workspace, { ...topic, slug: 'half removed' }, 50);
            throw error;
          }
        },
      })),
  },
];
