import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import { type Member, memberAt } from '../domain/member.ts';
import { type Interest, MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import { mailAddressOf } from '../mail-address.ts';
import type { Store } from '../store.ts';
import { MAIL, type MailOrder, mailListing, type Subscriber, type Subscribers } from '../subscribers.ts';
import { digestId, newDigest } from './digests.ts';
import { lookNow } from './look-now.ts';
import { statusOf } from './status.ts';

export interface SubscribersDependencies {
  store: Store;
  clock: Clock;
}

/** Subscribers as members of `MAIL`: what each gets is a digest, what they want of it are subscriptions. */
export function createSubscribers({ store, clock }: SubscribersDependencies): Subscribers {
  const { people } = store;

  /** Undefined where there is none. */
  async function changeDigest(id: FeedId, order: MailOrder, at: Instant): Promise<Feed | undefined> {
    const feed = await store.changeFeed(id, (one) => withOrder({ ...one, state: 'active' }, order), at);
    if (feed) await lookNow(id, { store, clock });
    return feed;
  }

  async function subscribed(feed: Feed, member: Member, order: MailOrder): Promise<Subscriber> {
    await followOnly(member, order.interests, { people, clock });
    // Whoever ended it meanwhile is not to be known by what they followed.
    if (!(await store.feeds.get(feed.id))) await people.forgetMember(member);
    return await subscriberOf(feed, order.interests, { store, clock });
  }

  return {
    async get(address) {
      const member = memberAt(MAIL, mailAddressOf(address));
      const feed = await store.feeds.get(digestId(member));
      return feed && (await subscriberOf(feed, await people.subscriptions(member), { store, clock }));
    },
    async put(address, order) {
      const at = clock.now();
      const member = memberAt(MAIL, mailAddressOf(address));
      const made = withOrder(newDigest(member, at), order);
      const change = () => changeDigest(made.id, order, at);
      const begin = async () => ((await store.addFeed(made, at)) ? made : undefined);
      // Of two that begin at once the other changes. The digest first: a crash after it leaves one that sends nothing.
      const feed = (await change()) ?? (await begin()) ?? (await change()) ?? made;
      return await subscribed(feed, member, order);
    },
    async change(address, order) {
      const member = memberAt(MAIL, mailAddressOf(address));
      const feed = await changeDigest(digestId(member), order, clock.now());
      return feed && (await subscribed(feed, member, order));
    },
    async remove(address) {
      const member = memberAt(MAIL, mailAddressOf(address));
      // Without its claim, as it ends at once: a run that has it in hand can plan and send no more. First, so that what a
      // crash leaves of the member sends nothing, and is erased by whoever asks again.
      const wasThere = await store.removeFeed(digestId(member));
      // Whoever begins it anew meanwhile may have lost what they follow, and would get nothing without a word: that ends too.
      do await people.forgetMember(member);
      while (await store.removeFeed(digestId(member)));
      return wasThere;
    },
  };
}

/** Has a member follow these and nothing else. */
async function followOnly(
  member: Member,
  interests: MailOrder['interests'],
  { people, clock }: { people: Store['people']; clock: Clock },
): Promise<void> {
  const before = await people.subscriptions(member);
  for (const one of before.filter(isNotIn(interests))) await people.unfollow(member, one);
  for (const { kind, key, label } of interests.filter(isNotIn(before))) {
    const subscription = { kind, key, label, followedAt: clock.now() };
    await people.follow(member, subscription, MAX_SUBSCRIPTIONS);
  }
}

async function subscriberOf(
  feed: Feed,
  interests: MailOrder['interests'],
  dependencies: SubscribersDependencies,
): Promise<Subscriber> {
  const { manager: address, time, zone, state, createdAt } = feed;
  const listing = mailListing(feed.listing);
  const followed = interests.map(({ kind, key, label }) => ({ kind, key, label }));
  // Not by its time alone: today's edition may be out, and the day's time was changed since.
  const { nextDueAt } = await statusOf(feed, dependencies);
  const due = nextDueAt === undefined ? {} : { nextDueAt };
  return { address, listing, time, zone, interests: followed, state, createdAt, ...due };
}

function isNotIn(others: readonly Interest[]): (one: Interest) => boolean {
  return (one) => !others.some(({ kind, key }) => kind === one.kind && key === one.key);
}

/** A weekly or monthly list comes with the first of the days on which it is there. */
function withOrder({ isWhole: _, ...feed }: Feed, { listing, time, zone, interests }: MailOrder): Feed {
  return { ...feed, listing, time, zone, ...(interests.length === 0 ? { isWhole: true } : {}) };
}
