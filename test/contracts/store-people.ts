import { expect } from 'vitest';
import { addMs } from '../../src/domain/calendar.ts';
import type { Member } from '../../src/domain/member.ts';
import type { Interest, Rating, SavedPaper, Subscription, Verdict } from '../../src/domain/subscription.ts';
import type { WorkspaceTopic } from '../../src/domain/topic.ts';
import type { People, Workspace } from '../../src/people.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

export const HERE: Workspace = { platform: 'slack', workspace: 'W' };
export const ADA: Member = { ...HERE, id: 'ada' };
/** None of them is Ada, however alike they look. */
const OTHERS: readonly Member[] = [
  { ...ADA, id: 'bob' },
  { ...ADA, workspace: 'X' },
  { ...ADA, platform: 'discord' },
];
const ENOUGH = 100;

export function aSubscription(given: Partial<Subscription> = {}): Subscription {
  return { kind: 'topic', key: 'agents', label: 'Agents', followedAt: START, ...given };
}

export function aTopic(slug: string): WorkspaceTopic {
  const words = { name: `The ${slug}`, emoji: '🧫', meaning: `what belongs to ${slug}` };
  return { slug, ...words, query: `"${slug}" -survey`, createdAt: START };
}

/** Saved so many seconds after the start. */
export function savedPaper(paperId: string, seconds = 0): SavedPaper {
  return { paperId, savedAt: addMs(START, seconds * 1000) };
}

export function aRating(paperId: string, verdict: Verdict = 'up'): Rating {
  return { paperId, verdict, ratedAt: START };
}

const interestIn = (key: string): Interest => ({ kind: 'topic', key });

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

const keysOf = (subscriptions: readonly Subscription[]) => subscriptions.map(({ key }) => key);

const SUBSCRIPTION_CASES: readonly StoreCase[] = [
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

const SAVED_CASES: readonly StoreCase[] = [
  {
    title: 'a paper is saved once, and its instant stays',
    async run({ store: { people } }) {
      const all = { offset: 0, limit: 10 };
      expect(await people.saved(ADA, all)).toEqual({ total: 0, papers: [] });
      expect(await people.save(ADA, savedPaper('a'))).toBe(true);
      expect(await people.save(ADA, savedPaper('a', 5))).toBe(false);
      expect(await people.saved(ADA, all)).toEqual({ total: 1, papers: [savedPaper('a')] });
      expect(await people.unsave(ADA, 'a')).toBe(true);
      expect(await people.save(ADA, savedPaper('a', 5))).toBe(true);
      expect(await people.saved(ADA, all)).toEqual({ total: 1, papers: [savedPaper('a', 5)] });
    },
  },
  {
    title: 'a paper that was not saved cannot be taken away',
    async run({ store: { people } }) {
      for (const id of ['a', 'b']) await people.save(ADA, savedPaper(id));
      expect(await people.unsave(ADA, 'a')).toBe(true);
      expect(await people.unsave(ADA, 'a')).toBe(false);
      for (const other of OTHERS) expect(await people.unsave(other, 'b')).toBe(false);
      expect((await people.saved(ADA, { offset: 0, limit: 10 })).papers).toEqual([savedPaper('b')]);
    },
  },
  {
    title: 'saved papers come in pages, the newest first, those of one instant by id',
    async run({ store: { people } }) {
      const papers = [savedPaper('c', 5), savedPaper('a', 9), savedPaper('d', 5), savedPaper('b', 5)];
      for (const one of papers) await people.save(ADA, one);
      await people.save({ ...ADA, id: 'bob' }, savedPaper('e', 7));
      const page = async (offset: number, limit: number) => {
        const { total, papers } = await people.saved(ADA, { offset, limit });
        return [total, papers.map(({ paperId }) => paperId).join('')];
      };
      expect(await page(0, 10)).toEqual([4, 'abcd']);
      expect(await page(0, 2)).toEqual([4, 'ab']);
      expect(await page(2, 2)).toEqual([4, 'cd']);
      expect(await page(3, 2)).toEqual([4, 'd']);
      expect(await page(4, 2)).toEqual([4, '']);
    },
  },
];

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
