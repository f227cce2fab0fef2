import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { ADA, aSubscription, ENOUGH, HERE, interestIn, OTHERS } from './people-samples.ts';
import { START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

const keysOf = (subscriptions: readonly Subscription[]) => subscriptions.map(({ key }) => key);

export const SUBSCRIPTION_CASES: readonly StoreCase[] = [
  {
    title: 'what a member follows comes as it was given, in the order they began to',
    async run({ store: { people }, openAnother }) {
      const followed = [
        aSubscription({ key: 'vision', label: '👁️ "Vision"', followedAt: addMs(START, 9000) }),
        aSubscription({ kind: 'author', key: 'ada lovelace', label: 'Ada Lovelace' }),
        aSubscription({ kind: 'organization', key: 'agents', label: 'The Agents' }),
        aSubscription(),
      ];
      expect(await people.subscriptions(ADA)).toEqual([]);
      for (const one of followed) expect(await people.follow(ADA, one, ENOUGH)).toBe('followed');
      expect(await (await openAnother()).people.subscriptions(ADA)).toEqual(followed);
      const [first, ...others] = followed as [Subscription, ...Subscription[]];
      await people.unfollow(ADA, first);
      await people.follow(ADA, first, ENOUGH);
      expect(await people.subscriptions(ADA)).toEqual([...others, first]);
    },
  },
  {
    title: 'following again changes nothing, not even the label',
    async run({ store: { people } }) {
      await people.follow(ADA, aSubscription(), ENOUGH);
      await people.follow(ADA, aSubscription({ key: 'vision' }), ENOUGH);
      const again = aSubscription({ label: 'AGENTS', followedAt: addMs(START, 1) });
      expect(await people.follow(ADA, again, ENOUGH)).toBe('already');
      expect(await people.subscriptions(ADA)).toEqual([aSubscription(), aSubscription({ key: 'vision' })]);
    },
  },
  {
    title: 'a member follows so much and no more, and what they follow is no more',
    async run({ store: { people } }) {
      for (const key of ['agents', 'vision']) await people.follow(ADA, aSubscription({ key }), 2);
      expect(await people.follow(ADA, aSubscription({ key: 'video' }), 2)).toBe('full');
      expect(await people.follow(ADA, aSubscription({ kind: 'author', key: 'agents' }), 2)).toBe('full');
      expect(await people.follow(ADA, aSubscription(), 2)).toBe('already');
      expect(keysOf(await people.subscriptions(ADA))).toEqual(['agents', 'vision']);
      for (const other of OTHERS) expect(await people.follow(other, aSubscription(), 2)).toBe('followed');
      await people.unfollow(ADA, interestIn('agents'));
      expect(await people.follow(ADA, aSubscription({ key: 'video' }), 2)).toBe('followed');
    },
  },
  {
    title: 'unfollowing ends that one interest, and is false where there was none',
    async run({ store: { people } }) {
      const author = aSubscription({ kind: 'author' });
      const vision = aSubscription({ key: 'vision' });
      for (const one of [aSubscription(), author, vision]) await people.follow(ADA, one, ENOUGH);
      expect(await people.unfollow(ADA, interestIn('agents'))).toBe(true);
      expect(await people.unfollow(ADA, interestIn('agents'))).toBe(false);
      for (const other of OTHERS) expect(await people.unfollow(other, vision)).toBe(false);
      expect(await people.subscriptions(ADA)).toEqual([author, vision]);
    },
  },
  {
    title: 'the followers of each topic are counted in their workspace',
    async run({ store: { people } }) {
      expect(await people.followers(HERE)).toEqual(new Map());
      for (const member of [ADA, ...OTHERS]) await people.follow(member, aSubscription(), ENOUGH);
      await people.follow(ADA, aSubscription({ key: 'vision' }), ENOUGH);
      for (const kind of ['author', 'organization'] as const)
        await people.follow(ADA, aSubscription({ kind, key: 'video' }), ENOUGH);
      await people.follow(ADA, aSubscription({ key: 'code' }), ENOUGH);
      await people.unfollow(ADA, interestIn('code'));
      expect(Object.fromEntries(await people.followers(HERE))).toEqual({ agents: 2, vision: 1 });
      expect(Object.fromEntries(await people.followers({ ...HERE, workspace: 'X' }))).toEqual({ agents: 1 });
    },
  },
];
