import { createHash } from 'node:crypto';
import type { DigestSettings, FeedStatus, Trouble } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Card } from '../domain/card.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Destination, directTo, FEED_DEFAULTS, type Feed, type FeedId } from '../domain/feed.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { Topic } from '../domain/topic.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import type { Store } from '../store.ts';
import { MAIL } from '../subscribers.ts';
import { changeDigest, changeInWords, rested, wanted } from './digest-changes.ts';
import { setDigest } from './digest-settings.ts';
import { leadingFeeds } from './leading.ts';
import { questionOf } from './question.ts';
import { statusOf } from './status.ts';
import type { PrivateThread } from './thread.ts';
import { troubleOf } from './trouble.ts';

export interface DigestsDependencies {
  store: Store;
  clock: Clock;
  observer: Observer;
  /** A card as deliveries of a notice; empty where its platform is not set up here. */
  deliveriesOf: (notice: string, card: Card, destination: Destination) => Delivery[];
  privateThread: PrivateThread;
}

/** The feeds that are members' own. Errors of each call: `StoreError`. */
export interface Digests {
  /** Undefined for a member who has never followed anything. */
  status(member: Member): Promise<FeedStatus | undefined>;
  /** Makes a member's digest, or lets it go on: with the edition of the channel they are in, if it has one. */
  begin(place: Destination, member: string): Promise<void>;
  /**
   * The same for one who has not said so in words: a new digest rests until they do, and they are asked once. One that
   * rested for want of anything to send goes on; any other is left as its member wanted it.
   */
  suggest(place: Destination, member: string, topic: Topic): Promise<void>;
  /** Lets it rest: there is nothing to send. What they got stays known, so that nothing comes twice. */
  rest(member: Member): Promise<void>;
  /**
   * Undefined for a member without a digest. Errors: `RefusedError` where the channel has no edition to go with, or no
   * thread can be opened.
   */
  change(place: Destination, member: string, settings: DigestSettings): Promise<FeedStatus | undefined>;
  /** False when there was none. */
  forget(member: Member): Promise<boolean>;
  /** A member follows the most, and chose more by an emoji. */
  setFull(member: Member): Promise<void>;
  /** What its member must be told; once for each time. */
  trouble(member: Member): Promise<Trouble | undefined>;
}

const PREFIX = 'digest-';
const MAIL_PREFIX = 'mail-';

/** True for the id of a digest, by whatever way it comes; other feeds have ids without a hyphen. */
export function isDigestId(id: FeedId): boolean {
  return id.startsWith(PREFIX) || isMailId(id);
}

/** True for the id of a digest that comes by e-mail. */
export function isMailId(id: FeedId): boolean {
  return id.startsWith(MAIL_PREFIX);
}

/** The one feed that is a member's own. A platform's ids may hold any character, so that they are hashed. */
export function digestId({ platform, workspace, id }: Member): FeedId {
  const hash = createHash('sha256').update(JSON.stringify([platform, workspace, id]));
  const prefix = platform === MAIL.platform ? MAIL_PREFIX : PREFIX;
  return `${prefix}${hash.digest('hex').slice(0, 20)}`;
}

/** What a member's own feed is when they say no more than that they want it. */
export function newDigest(member: Member, createdAt: Instant): Feed {
  return {
    ...FEED_DEFAULTS,
    days: [...FEED_DEFAULTS.days],
    filters: { ...FEED_DEFAULTS.filters },
    // What was sent in private is not touched again.
    refreshHours: 0,
    id: digestId(member),
    destination: directTo(member, member.id),
    manager: member.id,
    state: 'active',
    createdAt,
    isDigest: true,
  };
}

export function createDigests(dependencies: DigestsDependencies): Digests {
  const { store, clock, observer } = dependencies;

  return {
    async status(member) {
      const feed = await store.feeds.get(digestId(member));
      return feed && (await statusOf(feed, dependencies));
    },
    async begin(place, id) {
      const member = memberAt(place, id);
      const goOn = () => changeInWords(digestId(member), (feed) => wanted(feed, clock.now()), dependencies);
      if (await goOn()) return;
      // Of two that are begun at once the other goes on.
      if (!(await store.addFeed(await digestHere(place, member, dependencies), clock.now()))) await goOn();
    },
    async suggest(place, id, topic) {
      const member = memberAt(place, id);
      const known = digestId(member);
      const goOn = (feed: Feed) => (feed.isResting ? wanted(feed, clock.now()) : undefined);
      if (await store.feeds.get(known)) return void (await changeDigest(known, goOn, dependencies));
      const made = await digestHere(place, member, dependencies);
      const digest: Feed = { ...made, state: 'paused', isUnconfirmed: true };
      const asked = await questionOf(digest, topic, dependencies);
      if (!(await store.addFeed(digest, clock.now(), asked))) return;
      for (const delivery of asked?.deliveries ?? []) tellIfAtRest(delivery, observer);
    },
    async rest(member) {
      await changeDigest(digestId(member), rested, dependencies);
    },
    change: (place, member, settings) =>
      setDigest(digestId(memberAt(place, member)), { place, member, settings }, dependencies),
    forget: async (member) => await store.removeFeed(digestId(member)),
    async setFull(member) {
      await changeDigest(digestId(member), (feed) => ({ ...feed, isFull: true }), dependencies);
    },
    async trouble(member) {
      const id = digestId(member);
      const digest = await store.feeds.get(id);
      const trouble = digest && (await troubleOf(digest, store.ledger));
      // Of two commands given at once only one tells.
      const isTold = trouble && (await store.changeFeed(id, trouble.told, clock.now()));
      return isTold ? trouble.kind : undefined;
    },
  };
}

/**
 * A new digest: with the edition of the channel that its member is in, if it has one, else in the zone of their workspace.
 * Errors: `StoreError`.
 */
async function digestHere(
  place: Destination,
  member: Member,
  { store, clock }: Pick<DigestsDependencies, 'store' | 'clock'>,
): Promise<Feed> {
  const [first] = await leadingFeeds(place, store);
  const digest = newDigest(member, clock.now());
  if (!first) return digest;
  const isHere = first.destination.channel === place.channel;
  return { ...digest, zone: first.zone, ...(isHere ? { alongside: first.id } : {}) };
}
