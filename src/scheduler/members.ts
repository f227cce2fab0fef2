import type { CitationFormat, Following, KeptPaper, PeopleServices, TopicStatus } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import type { ReplyFile } from '../command.ts';
import { isUndecided } from '../domain/delivery.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { Page } from '../domain/page.ts';
import type { Paper } from '../domain/paper.ts';
import { MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS, MAX_WORKSPACE_TOPICS } from '../domain/topic.ts';
import type { Store } from '../store.ts';
import type { Decisions } from './decisions.ts';
import { type Digests, digestId } from './digests.ts';

export interface MembersDependencies {
  store: Store;
  digests: Digests;
  decisions: Pick<Decisions, 'resend' | 'dismiss'>;
  topicsOf: PeopleServices['topicsOf'];
  followable: PeopleServices['followable'];
  /** Papers as a file for a reference manager. */
  cite: (papers: readonly Paper[], format: CitationFormat) => ReplyFile;
  clock: Clock;
}

/** The most papers in one bibliography. */
const MOST_CITED = 2000;

/** What members do for themselves, in their own workspace. */
export function createMembers(dependencies: MembersDependencies): PeopleServices {
  const { store, digests, decisions, topicsOf, followable, cite, clock } = dependencies;
  const { people } = store;

  async function following(member: Member): Promise<Following> {
    const [subscriptions, digest] = await Promise.all([people.subscriptions(member), digests.status(member)]);
    return { subscriptions, ...(digest ? { digest } : {}) };
  }

  /** Feeds name who manages them: they are handed over or removed, not forgotten. */
  async function managedFeeds({ platform, workspace, id }: Member): Promise<number> {
    const ids = await store.ledger.feedIds({ platform, workspace });
    const feeds = await store.feeds.getMany(ids);
    return [...feeds.values()].filter(({ manager }) => manager === id).length;
  }

  async function savedBy(member: Member, page: Page): Promise<{ total: number; papers: KeptPaper[] }> {
    const { total, papers: saved } = await people.saved(member, page);
    const papers = await store.papers.getMany(saved.map(({ paperId }) => paperId));
    const kept = saved.map((one) => {
      const archived = papers.get(one.paperId);
      return { ...one, ...(archived ? { paper: archived.paper } : {}) };
    });
    return { total, papers: kept };
  }

  return {
    following,
    async follow(place, id, what) {
      const member = memberAt(place, id);
      const subscription = { ...what, followedAt: clock.now() };
      // The digest first: a crash between the two leaves one that sends nothing, never a subscription without one.
      await digests.begin(place, id);
      const outcome = await people.follow(member, subscription, MAX_SUBSCRIPTIONS);
      return { ...(await following(member)), outcome };
    },
    async unfollow(member, interest) {
      const wasFollowed = await people.unfollow(member, interest);
      if ((await people.subscriptions(member)).length === 0) await digests.rest(member);
      return wasFollowed;
    },
    setDigest: (place, id, settings) => digests.change(place, id, settings),
    async decide(place, id, decision) {
      const open = await store.ledger.openDeliveries(digestId(memberAt(place, id)));
      const undecided = open.filter(isUndecided);
      for (const slot of new Set(undecided.map(({ slotId }) => slotId))) {
        await decisions[decision](place, slot);
      }
      return undecided.length;
    },
    followable,
    async save(member, paper) {
      const savedAt = clock.now();
      const isNew = await people.save(member, { paperId: paper.id, savedAt });
      // After it was saved nobody forgets it any more.
      const archived = await store.papers.get(paper.id);
      const { firstSeenAt = savedAt, listings = [] } = archived ?? {};
      await store.archive(undefined, [{ paper, firstSeenAt, listings }]);
      return isNew;
    },
    unsave: (member, paperId) => people.unsave(member, paperId),
    saved: savedBy,
    async citations(member, format) {
      const { papers } = await savedBy(member, { offset: 0, limit: MOST_CITED });
      const known = papers.flatMap(({ paper }) => paper ?? []);
      return known.length > 0 ? cite(known, format) : undefined;
    },
    async rate(member, paperId, verdict) {
      if (verdict === undefined) await people.unrate(member, paperId);
      else await people.rate(member, { paperId, verdict, ratedAt: clock.now() });
    },
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
    topicsOf,
    async forget(person) {
      const forgotten = { subscriptions: 0, saved: 0, ratings: 0, digests: 0, managedFeeds: 0 };
      for (const workspace of await people.workspacesOf(person)) {
        const member = memberAt({ ...person, workspace }, person.id);
        const { subscriptions, saved, ratings } = await people.forgetMember(member);
        forgotten.subscriptions += subscriptions;
        forgotten.saved += saved;
        forgotten.ratings += ratings;
        forgotten.digests += Number(await digests.forget(member));
        forgotten.managedFeeds += await managedFeeds(member);
      }
      return forgotten;
    },
    trouble: (member) => digests.trouble(member),
  };
}
