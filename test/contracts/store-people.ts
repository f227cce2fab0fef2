import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import type { Member } from '../../src/domain/member.ts';
import type { Rating } from '../../src/domain/subscription.ts';
import type { People } from '../../src/people.ts';
import { aFeed } from '../fixtures/feeds.ts';
import {
  ADA,
  aRating,
  aSubscription,
  aTopic,
  ENOUGH,
  HERE,
  interestIn,
  OTHERS,
  savedPaper,
} from './people-samples.ts';
import { START } from './store-samples.ts';
import { SAVED_CASES } from './store-saved.ts';
import { SUBSCRIPTION_CASES } from './store-subscriptions.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

/** Follows, saves and rates one thing each. */
async function haveEach(people: People, member: Member): Promise<void> {
  await people.follow(member, aSubscription(), ENOUGH);
  await people.save(member, savedPaper('2611.00001'));
  await people.rate(member, aRating('2611.00001'));
}

/** How much is kept of a member. */
async function countsOf(people: People, member: Member) {
  return {
    subscriptions: (await people.subscriptions(member)).length,
    saved: (await people.saved(member, { offset: 0, limit: ENOUGH })).total,
    ratings: (await people.ratings(member, ['2611.00001', '2611.00002'])).size,
  };
}

const EACH = { subscriptions: 1, saved: 1, ratings: 1 };
const NOTHING = { subscriptions: 0, saved: 0, ratings: 0 };

const RATING_CASES: readonly StoreCase[] = [
  {
    title: 'a rating takes the place of an earlier one, and unrated papers have no entry',
    async run({ store: { people } }) {
      const later: Rating = { paperId: 'a', verdict: 'down', ratedAt: addMs(START, 1000) };
      for (const rating of [aRating('a'), aRating('b'), later]) await people.rate(ADA, rating);
      expect(await people.ratings(ADA, ['a', 'c', 'b', 'a'])).toEqual(
        new Map([
          ['a', later],
          ['b', aRating('b')],
        ]),
      );
      expect([...(await people.ratings(ADA, ['b'])).keys()]).toEqual(['b']);
      expect(await people.ratings(ADA, [])).toEqual(new Map());
    },
  },
  {
    title: 'a rating is taken back once',
    async run({ store: { people } }) {
      for (const id of ['a', 'b']) await people.rate(ADA, aRating(id));
      expect(await people.unrate(ADA, 'a')).toBe(true);
      expect(await people.unrate(ADA, 'a')).toBe(false);
      for (const other of OTHERS) expect(await people.unrate(other, 'b')).toBe(false);
      expect([...(await people.ratings(ADA, ['a', 'b'])).keys()]).toEqual(['b']);
    },
  },
];

const MEMBER_CASES: readonly StoreCase[] = [
  {
    title: 'the same id elsewhere is another member',
    async run({ store: { people } }) {
      await haveEach(people, ADA);
      for (const other of OTHERS) {
        expect(await countsOf(people, other)).toEqual(NOTHING);
        await people.rate(other, aRating('2611.00001', 'down'));
        expect(await people.save(other, savedPaper('2611.00001'))).toBe(true);
      }
      const ratings = await people.ratings(ADA, ['2611.00001']);
      expect(ratings.get('2611.00001')).toEqual(aRating('2611.00001'));
    },
  },
  {
    title: 'forgetting a member erases all that is theirs and says how much, and the others stand',
    async run({ store: { people } }) {
      for (const member of [ADA, ...OTHERS]) await haveEach(people, member);
      await people.follow(ADA, aSubscription({ kind: 'author' }), ENOUGH);
      await people.follow(ADA, aSubscription({ kind: 'organization' }), ENOUGH);
      await people.save(ADA, savedPaper('2611.00002'));
      await people.addTopic(HERE, aTopic('proteins'), ENOUGH);
      expect(await people.forgetMember(ADA)).toEqual({ subscriptions: 3, saved: 2, ratings: 1 });
      expect(await countsOf(people, ADA)).toEqual(NOTHING);
      for (const other of OTHERS) expect(await countsOf(people, other)).toEqual(EACH);
      expect(await people.topics(HERE)).toEqual([aTopic('proteins')]);
      expect(await people.forgetMember(ADA)).toEqual(NOTHING);
    },
  },
  {
    title: 'the workspaces in which anything names somebody are told, each once, whatever it is',
    async run({ store, store: { people, presence } }) {
      const at = (workspace: string): Member => ({ ...ADA, workspace });
      expect(await people.workspacesOf(ADA)).toEqual([]);
      await people.follow(at('A'), aSubscription(), ENOUGH);
      await people.save(at('B'), savedPaper('2611.00001'));
      await people.rate(at('C'), aRating('2611.00001'));
      const place = { ...at('D'), channel: 'C' };
      await presence.see({ place, messageId: 'm' }, [{ emoji: '🧪', mark: 'x', member: ADA.id }], START);
      for (const [workspace, isDigest] of [
        ['E', { isDigest: true } as const],
        ['F', {}],
      ] as const) {
        const destination = { ...at(workspace), channel: 'C' };
        await store.saveFeed(aFeed({ id: workspace, destination, manager: ADA.id, ...isDigest }), START);
      }
      await haveEach(people, at('G'));
      for (const other of [
        { ...at('H'), id: 'bob' },
        { ...at('I'), platform: 'discord' as const },
      ])
        await haveEach(people, other);
      const told = async () => (await people.workspacesOf(ADA)).sort().join('');
      expect(await told()).toBe('ABCDEFG');
      for (const workspace of ['A', 'D', 'G']) await people.forgetMember(at(workspace));
      await store.removeFeed('E');
      expect(await told()).toBe('BCF');
    },
  },
  {
    title: 'a member is forgotten whole or not at all',
    async run({ store: { people }, place }) {
      await haveEach(people, ADA);
      await place.breakUnfollowing();
      await expectStoreError(people.forgetMember(ADA));
      expect(await countsOf(people, ADA)).toEqual(EACH);
    },
  },
  {
    title: 'what people follow, keep and judge outlives its process',
    needsData: true,
    async run({ store, store: { people }, openAnother }) {
      await haveEach(people, ADA);
      await people.addTopic(HERE, aTopic('proteins'), ENOUGH);
      await store.close();
      const again = await openAnother();
      expect(await countsOf(again.people, ADA)).toEqual(EACH);
      expect(await again.people.topics(HERE)).toEqual([aTopic('proteins')]);
    },
  },
  {
    title: 'what cannot be asked or written throws, and never looks like nothing',
    async run({ store, store: { people } }) {
      await haveEach(people, ADA);
      await store.close();
      for (const call of [
        () => people.subscriptions(ADA),
        () => people.follow(ADA, aSubscription(), ENOUGH),
        () => people.unfollow(ADA, interestIn('agents')),
        () => people.followers(HERE),
        () => people.save(ADA, savedPaper('a')),
        () => people.unsave(ADA, 'a'),
        () => people.saved(ADA, { offset: 0, limit: 10 }),
        () => people.rate(ADA, aRating('a')),
        () => people.unrate(ADA, 'a'),
        () => people.ratings(ADA, ['2611.00001']),
        () => people.topics(HERE),
        () => people.addTopic(HERE, aTopic('proteins'), ENOUGH),
        () => people.removeTopic(HERE, 'proteins'),
        () => people.workspacesOf(ADA),
        () => people.forgetMember(ADA),
      ])
        expect((await expectStoreError(call())).message).not.toContain(ADA.id);
    },
  },
];

export const PEOPLE_CASES: readonly StoreCase[] = [
  ...SUBSCRIPTION_CASES,
  ...SAVED_CASES,
  ...RATING_CASES,
  ...MEMBER_CASES,
];
