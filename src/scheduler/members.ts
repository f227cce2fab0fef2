import type { Following, PeopleServices } from '../abilities.ts';
import { isUndecided } from '../domain/delivery.ts';
import { type Member, memberAt } from '../domain/member.ts';
import { MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import type { Decisions } from './decisions.ts';
import { type Digests, digestId } from './digests.ts';
import { type ForgettingDependencies, forgetPerson } from './forgetting.ts';
import { createSavedPapers, type SavedPapersDependencies } from './saved-papers.ts';
import { createWorkspaceTopics } from './workspace-topics.ts';

export interface MembersDependencies extends SavedPapersDependencies, ForgettingDependencies {
  digests: Digests;
  decisions: Pick<Decisions, 'resend' | 'dismiss'>;
  topicsOf: PeopleServices['topicsOf'];
  followable: PeopleServices['followable'];
}

/** What members do for themselves, in their own workspace. */
export function createMembers(dependencies: MembersDependencies): PeopleServices {
  const { store, digests, decisions, topicsOf, followable, clock } = dependencies;
  const { people } = store;

  async function following(member: Member): Promise<Following> {
    const [subscriptions, digest] = await Promise.all([people.subscriptions(member), digests.status(member)]);
    return { subscriptions, ...(digest ? { digest } : {}) };
  }

  return {
    ...createSavedPapers(dependencies),
    ...createWorkspaceTopics({ people, clock }),
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
    async rate(member, paperId, verdict) {
      if (verdict === undefined) await people.unrate(member, paperId);
      else await people.rate(member, { paperId, verdict, ratedAt: clock.now() });
    },
    topicsOf,
    forget: (person) => forgetPerson(person, dependencies),
    trouble: (member) => digests.trouble(member),
  };
}
