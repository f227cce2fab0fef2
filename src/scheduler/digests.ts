import { createHash } from 'node:crypto';
import type { DigestSettings, FeedStatus } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { type Destination, directTo, FEED_DEFAULTS, type Feed, type FeedId } from '../domain/feed.ts';
import { type Member, memberAt } from '../domain/member.ts';
import { CommandError } from '../errors.ts';
import type { Store } from '../store.ts';
import { statusOf } from './status.ts';
import { timed } from './timed.ts';

export interface DigestsDependencies {
  store: Store;
  clock: Clock;
}

/** The feeds that are members' own. Errors of each call: `StoreError`. */
export interface Digests {
  /** Undefined for a member who has never followed anything. */
  status(member: Member): Promise<FeedStatus | undefined>;
  /** Makes a member's digest, or lets it go on: with the edition of the channel they are in, if it has one. */
  begin(place: Destination, member: string): Promise<FeedStatus>;
  /** Lets it rest: there is nothing to send. What they got stays known, so that nothing comes twice. */
  rest(member: Member): Promise<void>;
  /** Undefined for a member without a digest. Errors: `CommandError` where the channel has no edition to go with. */
  change(place: Destination, member: string, settings: DigestSettings): Promise<FeedStatus | undefined>;
  /** False when there was none. */
  forget(member: Member): Promise<boolean>;
  /** That it could not be delivered, in a sentence; once for each time. */
  trouble(member: Member): Promise<string | undefined>;
}

const PREFIX = 'digest-';

/** True for the id of a digest; other feeds have ids without a hyphen. */
export function isDigestId(id: FeedId): boolean {
  return id.startsWith(PREFIX);
}

/** The one feed that is a member's own. A platform's ids may hold any character, so that they are hashed. */
export function digestId({ platform, workspace, id }: Member): FeedId {
  const hash = createHash('sha256').update(JSON.stringify([platform, workspace, id]));
  return `${PREFIX}${hash.digest('hex').slice(0, 20)}`;
}

export function createDigests(dependencies: DigestsDependencies): Digests {
  const { store, clock } = dependencies;

  async function change(member: Member, how: (feed: Feed) => Feed): Promise<FeedStatus | undefined> {
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

  async function make(place: Destination, member: Member): Promise<Feed> {
    const [first] = await leadingFeeds(place);
    const isHere = first?.destination.channel === place.channel;
    const feed: Feed = {
      ...FEED_DEFAULTS,
      days: [...FEED_DEFAULTS.days],
      filters: { ...FEED_DEFAULTS.filters },
      zone: first?.zone ?? FEED_DEFAULTS.zone,
      // What was sent in private is not touched again.
      refreshHours: 0,
      id: digestId(member),
      destination: directTo(place, member.id),
      manager: member.id,
      state: 'active',
      createdAt: clock.now(),
      isDigest: true,
      ...(first && isHere ? { alongside: first.id } : {}),
    };
    await store.saveFeed(feed, clock.now());
    return feed;
  }

  return {
    async status(member) {
      const feed = await store.feeds.get(digestId(member));
      return feed && (await statusOf(feed, dependencies));
    },
    async begin(place, id) {
      const member = memberAt(place, id);
      const going = await change(member, (feed) =>
        feed.state === 'paused' ? { ...feed, state: 'active' } : feed,
      );
      return going ?? (await statusOf(await make(place, member), dependencies));
    },
    async rest(member) {
      await change(member, (feed) => ({ ...feed, state: 'paused' }));
    },
    async change(place, id, settings) {
      const leading = settings.withEdition ? await leadingHere(place) : undefined;
      if (settings.withEdition && !leading)
        throw new CommandError('No feed posts a daily edition in this channel. Give a time instead.');
      const member = memberAt(place, id);
      const kept = await store.feeds.get(digestId(member));
      const shown = kept && (await timed(kept, store));
      return shown && (await change(member, (feed) => changed(feed, settings, shown, leading?.id)));
    },
    forget: async (member) => await store.removeFeed(digestId(member)),
    async trouble(member) {
      const id = digestId(member);
      if (!isUntold(await store.feeds.get(id))) return undefined;
      const told = (feed: Feed) => (isUntold(feed) ? { ...feed, isTold: true as const } : undefined);
      // Of two commands given at once only one tells.
      if (!(await store.changeFeed(id, told, clock.now()))) return undefined;
      return 'Your digest could not be delivered, as your direct messages are closed to me. It is kept and tried again daily; open them to get it sooner.';
    },
  };
}

/** `shown`: the time that it keeps until now, be it that of another feed; whoever gives one part of it keeps the other. */
function changed(
  feed: Feed,
  settings: DigestSettings,
  shown: Pick<Feed, 'time' | 'zone'>,
  leading: FeedId | undefined,
): Feed {
  const { every, time, zone, limit } = settings;
  const { alongside, ...rest } = feed;
  const hasOwnTime = time !== undefined || zone !== undefined;
  const led = leading ?? (hasOwnTime ? undefined : alongside);
  return {
    ...rest,
    ...(led === undefined ? {} : { alongside: led }),
    ...(hasOwnTime ? { time: time ?? shown.time, zone: zone ?? shown.zone } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(every === undefined ? {} : cadenceOf(every, feed)),
  };
}

function isUntold(feed: Feed | undefined): boolean {
  return feed?.state === 'suspended' && !feed.isTold;
}

function cadenceOf(every: NonNullable<DigestSettings['every']>, feed: Feed): Partial<Feed> {
  if (every === 'never') return { state: 'paused' };
  const state = feed.state === 'paused' ? 'active' : feed.state;
  if (every === 'weekly') return { state, listing: 'weekly', days: ['mon'] };
  return { state, listing: 'daily', days: [...FEED_DEFAULTS.days] };
}
