import { addMs } from '../../../src/domain/calendar.ts';
import type { Member } from '../../../src/domain/member.ts';
import { INTEREST_KINDS } from '../../../src/domain/subscription.ts';
import { type BrokenStore, withPeople } from './kit.ts';

const ALL = { offset: 0, limit: 100 };
/** A member as one would know them by their id alone. */
const nameless = (member: Member): Member => ({ ...member, platform: 'slack', workspace: 'W' });
const inWorkspace = (member: Member): Member => ({ ...member, id: 'anyone' });

const SUBSCRIPTIONS: BrokenStore[] = [
  {
    fault: 'what a member follows comes by when it says it was begun',
    noticedBy: 'in the order they began to',
    breaks: (store) =>
      withPeople(store, ({ subscriptions }) => ({
        subscriptions: async (member) =>
          (await subscriptions(member)).sort((one, other) => (one.followedAt < other.followedAt ? -1 : 1)),
      })),
  },
  {
    fault: 'what is followed is shown by its key',
    noticedBy: 'comes as it was given',
    breaks: (store) =>
      withPeople(store, ({ follow }) => ({
        follow: (member, one, most) => follow(member, { ...one, label: one.key }, most),
      })),
  },
  {
    fault: 'what is followed again begins again',
    noticedBy: 'following again changes nothing',
    breaks: (store) =>
      withPeople(store, ({ follow, unfollow }) => ({
        async follow(member, one, most) {
          const wasFollowed = await unfollow(member, one);
          const outcome = await follow(member, one, most);
          return wasFollowed ? 'already' : outcome;
        },
      })),
  },
  {
    fault: 'there is no most',
    noticedBy: 'a member follows so much and no more',
    breaks: (store) =>
      withPeople(store, ({ follow }) => ({ follow: (member, one) => follow(member, one, 1000) })),
  },
  {
    fault: 'whoever follows the most cannot follow what they follow',
    noticedBy: 'what they follow is no more',
    breaks: (store) =>
      withPeople(store, ({ subscriptions, follow }) => ({
        async follow(member, one, most) {
          if ((await subscriptions(member)).length >= most) return 'full';
          return await follow(member, one, most);
        },
      })),
  },
  {
    fault: 'every end of an interest succeeds',
    noticedBy: 'unfollowing ends that one interest',
    breaks: (store) =>
      withPeople(store, ({ unfollow }) => ({
        unfollow: async (...given) => (await unfollow(...given)) || true,
      })),
  },
  {
    fault: 'all of one key is unfollowed, whatever its kind',
    noticedBy: 'unfollowing ends that one interest',
    breaks: (store) =>
      withPeople(store, ({ unfollow }) => ({
        async unfollow(member, interest) {
          const ended = INTEREST_KINDS.map((kind) => unfollow(member, { ...interest, kind }));
          return (await Promise.all(ended)).includes(true);
        },
      })),
  },
  {
    fault: 'followers of all workspaces are counted',
    noticedBy: 'the followers of each topic',
    breaks: (store) =>
      withPeople(store, ({ followers }) => ({
        async followers(workspace) {
          const counts = await followers(workspace);
          for (const [slug, count] of await followers({ ...workspace, workspace: 'X' }))
            counts.set(slug, (counts.get(slug) ?? 0) + count);
          return counts;
        },
      })),
  },
  {
    fault: 'a topic that nobody follows any more is counted',
    noticedBy: 'the followers of each topic',
    breaks: (store) =>
      withPeople(store, ({ followers }) => ({
        followers: async (workspace) => new Map([['code', 0], ...(await followers(workspace))]),
      })),
  },
];

const SAVED: BrokenStore[] = [
  {
    fault: 'a paper that is saved again is new',
    noticedBy: 'a paper is saved once',
    breaks: (store) =>
      withPeople(store, ({ save, unsave }) => ({
        async save(member, saved) {
          const wasSaved = await unsave(member, saved.paperId);
          await save(member, saved);
          return !wasSaved;
        },
      })),
  },
  {
    fault: 'every paper can be taken away',
    noticedBy: 'a paper that was not saved',
    breaks: (store) =>
      withPeople(store, ({ unsave }) => ({ unsave: async (...given) => (await unsave(...given)) || true })),
  },
  {
    fault: 'saved papers come oldest first',
    noticedBy: 'saved papers come in pages',
    breaks: (store) =>
      withPeople(store, ({ saved }) => ({
        async saved(member, { offset, limit }) {
          const { total, papers } = await saved(member, ALL);
          return { total, papers: papers.reverse().slice(offset, offset + limit) };
        },
      })),
  },
  {
    fault: 'saved papers of one instant come as they were saved',
    noticedBy: 'those of one instant by id',
    breaks: (store) =>
      withPeople(store, ({ save }) => {
        let turn = 0;
        return {
          async save(member, { paperId, savedAt }) {
            turn -= 1;
            return await save(member, { paperId, savedAt: addMs(savedAt, turn) });
          },
        };
      }),
  },
  {
    fault: 'only the papers of a page are counted',
    noticedBy: 'saved papers come in pages',
    breaks: (store) =>
      withPeople(store, ({ saved }) => ({
        async saved(member, page) {
          const { papers } = await saved(member, page);
          return { total: papers.length, papers };
        },
      })),
  },
];

const RATINGS: BrokenStore[] = [
  {
    fault: 'the first rating stays',
    noticedBy: 'a rating takes the place',
    breaks: (store) =>
      withPeople(store, ({ rate, ratings }) => ({
        async rate(member, rating) {
          if (!(await ratings(member, [rating.paperId])).has(rating.paperId)) await rate(member, rating);
        },
      })),
  },
  {
    fault: 'papers that nobody asked for come too',
    noticedBy: 'unrated papers have no entry',
    breaks: (store) =>
      withPeople(store, ({ ratings }) => ({
        ratings: (member, paperIds) => ratings(member, [...paperIds, 'a', 'b']),
      })),
  },
  {
    fault: 'every rating can be taken back',
    noticedBy: 'a rating is taken back once',
    breaks: (store) =>
      withPeople(store, ({ unrate }) => ({ unrate: async (...given) => (await unrate(...given)) || true })),
  },
];

const MEMBERS: BrokenStore[] = [
  {
    fault: 'members are known by their id alone',
    noticedBy: 'the same id elsewhere',
    breaks: (store) =>
      withPeople(store, ({ save, rate, ratings }) => ({
        save: (member, saved) => save(nameless(member), saved),
        rate: (member, rating) => rate(nameless(member), rating),
        ratings: (member, paperIds) => ratings(nameless(member), paperIds),
      })),
  },
  {
    fault: 'the members of a workspace share their ratings',
    noticedBy: 'the same id elsewhere',
    breaks: (store) =>
      withPeople(store, ({ rate, ratings }) => ({
        rate: (member, rating) => rate(inWorkspace(member), rating),
        ratings: (member, paperIds) => ratings(inWorkspace(member), paperIds),
      })),
  },
  {
    fault: 'ratings outlive their member',
    noticedBy: 'forgetting a member erases all',
    breaks: (store) =>
      withPeople(store, ({ forgetMember, ratings, rate }) => ({
        async forgetMember(member) {
          const before = await ratings(member, ['2611.00001']);
          const forgotten = await forgetMember(member);
          for (const rating of before.values()) await rate(member, rating);
          return forgotten;
        },
      })),
  },
  {
    fault: 'the topics of a workspace go with a member',
    noticedBy: 'forgetting a member erases all',
    breaks: (store) =>
      withPeople(store, ({ forgetMember, topics, removeTopic }) => ({
        async forgetMember(member) {
          for (const { slug } of await topics(member)) await removeTopic(member, slug);
          return await forgetMember(member);
        },
      })),
  },
  {
    fault: 'only what somebody follows, saved or rated tells where they are',
    noticedBy: 'the workspaces in which anything names somebody',
    breaks: (store) =>
      withPeople(store, ({ workspacesOf, subscriptions, saved, ratings }) => ({
        async workspacesOf(person) {
          const own = async (workspace: string) => {
            const member = { ...person, workspace };
            const rated = await ratings(member, ['2611.00001']);
            return (await subscriptions(member)).length + (await saved(member, ALL)).total + rated.size > 0;
          };
          const found = await workspacesOf(person);
          const isOwn = await Promise.all(found.map(own));
          return found.filter((_, index) => isOwn[index]);
        },
      })),
  },
  {
    fault: 'a workspace is told for each thing that is kept there',
    noticedBy: 'each once',
    breaks: (store) =>
      withPeople(store, ({ workspacesOf, saved }) => ({
        async workspacesOf(person) {
          const found = await workspacesOf(person);
          const totals = found.map(async (workspace) => (await saved({ ...person, workspace }, ALL)).total);
          const again = await Promise.all(totals);
          return [...found, ...found.filter((_, index) => again[index])];
        },
      })),
  },
  {
    fault: 'the workspaces of all platforms are told',
    noticedBy: 'the workspaces in which anything names somebody',
    breaks: (store) =>
      withPeople(store, ({ workspacesOf }) => ({
        async workspacesOf({ id }) {
          const found = (['slack', 'discord'] as const).map((platform) => workspacesOf({ platform, id }));
          return [...new Set((await Promise.all(found)).flat())];
        },
      })),
  },
  {
    fault: 'a failed look for somebody looks like nowhere',
    noticedBy: 'never looks like nothing',
    breaks: (store) =>
      withPeople(store, ({ workspacesOf }) => ({
        workspacesOf: (person) => workspacesOf(person).catch(() => []),
      })),
  },
  {
    fault: 'a member is forgotten in several writes',
    noticedBy: 'a member is forgotten whole',
    breaks: (store) =>
      withPeople(store, ({ forgetMember, saved, unsave }) => ({
        async forgetMember(member) {
          const { papers } = await saved(member, ALL);
          for (const { paperId } of papers) await unsave(member, paperId);
          return { ...(await forgetMember(member)), saved: papers.length };
        },
      })),
  },
  {
    fault: 'a failed read looks like "follows nothing"',
    noticedBy: 'never looks like nothing',
    breaks: (store) =>
      withPeople(store, ({ subscriptions }) => ({
        subscriptions: (member) => subscriptions(member).catch(() => []),
      })),
  },
];

export const PEOPLE: BrokenStore[] = [...SUBSCRIPTIONS, ...SAVED, ...RATINGS, ...MEMBERS];
