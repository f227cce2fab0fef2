import { createHash } from 'node:crypto';
import type { DigestSettings, FeedStatus, Trouble } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Card } from '../domain/card.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Destination, directTo, FEED_DEFAULTS, type Feed, type FeedId } from '../domain/feed.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { Topic } from '../domain/topic.ts';
import { RefusedError } from '../errors.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { Notice, Store } from '../store.ts';
import { MAIL } from '../subscribers.ts';
import { lookAgainNow, lookNow } from './look-now.ts';
import { question, questionId } from './question.ts';
import { statusOf } from './status.ts';
import { openThread, type PrivateThread } from './thread.ts';
import { timed } from './timed.ts';
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
  const { store, clock, observer, deliveriesOf } = dependencies;

  async function change(
    member: Member,
    how: (feed: Feed) => Feed | undefined,
  ): Promise<FeedStatus | undefined> {
    const feed = await store.changeFeed(digestId(member), how, clock.now());
    return feed && (await statusOf(feed, dependencies));
  }

  /** The feeds of a workspace that a digest can go with: the ones in this channel first. */
  async function leadingFeeds({ platform, workspace, channel }: Destination): Promise<Feed[]> {
    const ids = await store.ledger.feedIds({ platform, workspace });
    const feeds = await store.feeds.getMany(ids);
    const daily = ids.flatMap((id) => feeds.get(id) ?? []).filter(({ listing }) => listing === 'daily');
    const isHere = ({ destination }: Feed) => destination.channel === channel;
    return [...daily.filter(isHere), ...daily.filter((feed) => !isHere(feed))];
  }

  async function leadingHere(place: Destination): Promise<Feed | undefined> {
    const [first] = await leadingFeeds(place);
    return first?.destination.channel === place.channel ? first : undefined;
  }

  async function digestHere(place: Destination, member: Member): Promise<Feed> {
    const [first] = await leadingFeeds(place);
    const digest = newDigest(member, clock.now());
    if (!first) return digest;
    const isHere = first.destination.channel === place.channel;
    return { ...digest, zone: first.zone, ...(isHere ? { alongside: first.id } : {}) };
  }

  async function questionOf(digest: Feed, topic: Topic): Promise<Notice | undefined> {
    const id = questionId(digest.id);
    const deliveries = deliveriesOf(id, question(await timed(digest, store), topic), digest.destination);
    return deliveries.length > 0 ? { id, feedId: digest.id, deliveries } : undefined;
  }

  /** As `change`; who says in words what they want needs not be asked any more. */
  async function changeInWords(member: Member, how: (feed: Feed) => Feed): Promise<FeedStatus | undefined> {
    let isAnswered = false;
    const status = await change(member, (feed) => {
      const next = how(feed);
      isAnswered = feed.isUnconfirmed === true && !next.isUnconfirmed;
      return next;
    });
    if (isAnswered) await dropQuestion(digestId(member));
    return status;
  }

  async function dropQuestion(digest: FeedId): Promise<void> {
    const answered = {
      state: 'dismissed',
      reason: 'It was answered before it was asked.',
      changedAt: clock.now(),
    } as const;
    for (const { id, destination } of await store.ledger.deliveries(questionId(digest))) {
      const isMoved = await store.ledger.moveDelivery(id, 'planned', answered);
      if (isMoved) tellIfAtRest({ ...answered, destination }, observer);
    }
  }

  /** What is planned of a digest goes to its thread too, and at once. Errors: `RefusedError` while it is being sent. */
  async function bringTo(thread: Destination, id: FeedId): Promise<void> {
    const isBrought = await withFeed(id, { store, clock }, async () => {
      const left = { state: 'uncertain', reason: LEFT_BEFORE, changedAt: clock.now() } as const;
      for (const one of await store.ledger.openDeliveries(id)) {
        const isMoved = await store.ledger.moveDelivery(one.id, 'sending', left);
        if (isMoved) tellIfAtRest({ ...left, destination: one.destination }, observer);
      }
      await store.ledger.readdress(id, thread);
      await lookAgainNow(id, { store, clock });
      return true;
    });
    if (!isBrought) throw new RefusedError('digest-busy');
  }

  return {
    async status(member) {
      const feed = await store.feeds.get(digestId(member));
      return feed && (await statusOf(feed, dependencies));
    },
    async begin(place, id) {
      const member = memberAt(place, id);
      const goOn = () => changeInWords(member, (feed) => wanted(feed, clock.now()));
      if (await goOn()) return;
      // Of two that are begun at once the other goes on.
      if (!(await store.addFeed(await digestHere(place, member), clock.now()))) await goOn();
    },
    async suggest(place, id, topic) {
      const member = memberAt(place, id);
      const goOn = (feed: Feed) => (feed.isResting ? wanted(feed, clock.now()) : undefined);
      if (await store.feeds.get(digestId(member))) return void (await change(member, goOn));
      const made = await digestHere(place, member);
      const digest: Feed = { ...made, state: 'paused', isUnconfirmed: true };
      const asked = await questionOf(digest, topic);
      if (!(await store.addFeed(digest, clock.now(), asked))) return;
      for (const delivery of asked?.deliveries ?? []) tellIfAtRest(delivery, observer);
    },
    async rest(member) {
      await change(member, (feed) =>
        feed.state === 'paused' ? undefined : { ...feed, state: 'paused', isResting: true },
      );
    },
    async change(place, id, settings) {
      const leading = settings.withEdition ? await leadingHere(place) : undefined;
      if (settings.withEdition && !leading) throw new RefusedError('no-edition-here');
      const member = memberAt(place, id);
      const kept = await store.feeds.get(digestId(member));
      const shown = kept && (await timed(kept, store));
      if (!shown) return undefined;
      const thread = settings.inThread ? await openThread(place, id, dependencies.privateThread) : undefined;
      // Should we die before the change, what is planned goes there with the next daily look.
      if (thread) await bringTo(thread, kept.id);
      const given = { ...settings, shown, leading: leading?.id, thread, at: clock.now() };
      const status = await changeInWords(member, (feed) => changed(feed, given));
      // What waits for the end of quiet hours need not wait for it any more.
      if (settings.quiet !== undefined) await lookNow(kept.id, { store, clock });
      return status;
    },
    forget: async (member) => await store.removeFeed(digestId(member)),
    async setFull(member) {
      await change(member, (feed) => ({ ...feed, isFull: true }));
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

/** Where it was sent nobody looks any more. */
const LEFT_BEFORE = 'It was being sent when its digest moved to a thread.';

/** A digest that its member wants from now on; one that they had not confirmed begins now. */
function wanted({ isUnconfirmed, isResting: _, ...feed }: Feed, at: Instant): Feed {
  const state = feed.state === 'paused' ? 'active' : feed.state;
  return { ...feed, state, ...(isUnconfirmed ? { createdAt: at } : {}) };
}

/** What a member wants of their digest, and what that means here. */
interface Change extends DigestSettings {
  /** The time that it keeps until now, be it that of another feed; whoever gives one part of it keeps the other. */
  shown: Pick<Feed, 'time' | 'zone'>;
  /** The feed whose time it keeps from now on. */
  leading: FeedId | undefined;
  /** Where it comes from now on. */
  thread: Destination | undefined;
  at: Instant;
}

function changed(feed: Feed, given: Change): Feed {
  const { every, time, zone, limit, quiet, shown, leading, thread, at } = given;
  const { alongside, quiet: quietBefore, ...rest } = feed;
  const quietNow = quiet === 'none' ? undefined : (quiet ?? quietBefore);
  const hasOwnTime = time !== undefined || zone !== undefined;
  const led = leading ?? (hasOwnTime ? undefined : alongside);
  const timedAnew = {
    ...rest,
    ...(led === undefined ? {} : { alongside: led }),
    ...(hasOwnTime ? { time: time ?? shown.time, zone: zone ?? shown.zone } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(quietNow === undefined ? {} : { quiet: quietNow }),
  };
  // Whoever wants it in a thread wants it.
  const placed = thread
    ? { ...wanted(timedAnew, at), state: 'active' as const, destination: thread }
    : timedAnew;
  return every === undefined ? placed : withCadence(placed, every, at);
}

function withCadence(feed: Feed, every: NonNullable<DigestSettings['every']>, at: Instant): Feed {
  const { isResting: _, ...kept } = feed;
  if (every === 'never') return { ...kept, state: 'paused' };
  if (every === 'weekly') return { ...wanted(feed, at), listing: 'weekly', days: ['mon'] };
  return { ...wanted(feed, at), listing: 'daily', days: [...FEED_DEFAULTS.days] };
}
