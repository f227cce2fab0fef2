import { expect } from 'vitest';
import type { Workspace } from '../../src/people.ts';
import { ADA, aSubscription, aTopic, HERE } from './people-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

/** None of them is here, however alike they look. */
const ELSEWHERE: readonly Workspace[] = [
  { ...HERE, workspace: 'X' },
  { ...HERE, platform: 'discord' },
];
const ENOUGH = 50;

export const TOPIC_CASES: readonly StoreCase[] = [
  {
    title: 'topics of a workspace come as they were made, in that order',
    async run({ store: { people }, openAnother }) {
      expect(await people.topics(HERE)).toEqual([]);
      for (const slug of ['proteins', 'chess', 'メモリ'])
        expect(await people.addTopic(HERE, aTopic(slug), ENOUGH)).toBe('added');
      const topics = ['proteins', 'chess', 'メモリ'].map(aTopic);
      expect(await (await openAnother()).people.topics(HERE)).toEqual(topics);
      for (const elsewhere of ELSEWHERE) expect(await people.topics(elsewhere)).toEqual([]);
      await people.removeTopic(HERE, 'proteins');
      await people.addTopic(HERE, aTopic('proteins'), ENOUGH);
      expect((await people.topics(HERE)).map(({ slug }) => slug)).toEqual(['chess', 'メモリ', 'proteins']);
    },
  },
  {
    title: 'a topic that is taken, or one too many, changes nothing',
    async run({ store: { people } }) {
      for (const slug of ['proteins', 'chess']) await people.addTopic(HERE, aTopic(slug), 2);
      const again = { ...aTopic('chess'), name: 'Another', query: 'go' };
      expect(await people.addTopic(HERE, again, ENOUGH)).toBe('taken');
      expect(await people.addTopic(HERE, again, 2)).toBe('taken');
      expect(await people.addTopic(HERE, aTopic('weather'), 2)).toBe('full');
      expect(await people.topics(HERE)).toEqual(['proteins', 'chess'].map(aTopic));
      for (const elsewhere of ELSEWHERE) {
        expect(await people.addTopic(elsewhere, again, 2)).toBe('added');
        expect(await people.topics(elsewhere)).toEqual([again]);
      }
      await people.removeTopic(HERE, 'chess');
      expect(await people.addTopic(HERE, aTopic('weather'), 2)).toBe('added');
    },
  },
  {
    title: 'a topic that is removed takes all with it that follow it there, and no others',
    async run({ store: { people } }) {
      const proteins = aSubscription({ key: 'proteins', label: 'The proteins' });
      const author = aSubscription({ kind: 'author', key: 'proteins' });
      const members = [ADA, { ...ADA, id: 'bob' }, ...ELSEWHERE.map((where) => ({ ...where, id: 'ada' }))];
      for (const where of [HERE, ...ELSEWHERE]) await people.addTopic(where, aTopic('proteins'), ENOUGH);
      for (const member of members)
        for (const one of [proteins, author, aSubscription()]) await people.follow(member, one, ENOUGH);
      expect(await people.removeTopic(HERE, 'proteins')).toBe(true);
      expect(await people.topics(HERE)).toEqual([]);
      expect(Object.fromEntries(await people.followers(HERE))).toEqual({ agents: 2 });
      const left = await Promise.all(members.map((member) => people.subscriptions(member)));
      const kept = [author, aSubscription()];
      expect(left).toEqual([kept, kept, [proteins, ...kept], [proteins, ...kept]]);
      for (const elsewhere of ELSEWHERE) expect(await people.topics(elsewhere)).toHaveLength(1);
    },
  },
  {
    title: 'a topic that a workspace did not make cannot be removed, and keeps its followers',
    async run({ store: { people } }) {
      await people.follow(ADA, aSubscription(), ENOUGH);
      await people.addTopic({ ...HERE, workspace: 'X' }, aTopic('agents'), ENOUGH);
      expect(await people.removeTopic(HERE, 'agents')).toBe(false);
      expect(await people.subscriptions(ADA)).toEqual([aSubscription()]);
      await people.addTopic(HERE, aTopic('chess'), ENOUGH);
      expect(await people.removeTopic(HERE, 'chess')).toBe(true);
      expect(await people.removeTopic(HERE, 'chess')).toBe(false);
    },
  },
  {
    title: 'a topic goes with its followers or not at all',
    async run({ store: { people }, place }) {
      await people.addTopic(HERE, aTopic('proteins'), ENOUGH);
      await people.follow(ADA, aSubscription({ key: 'proteins' }), ENOUGH);
      await place.breakUnfollowing();
      await expectStoreError(people.removeTopic(HERE, 'proteins'));
      expect(await people.topics(HERE)).toEqual([aTopic('proteins')]);
      expect(await people.subscriptions(ADA)).toHaveLength(1);
    },
  },
];
