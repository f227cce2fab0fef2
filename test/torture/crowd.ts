import type { PeopleServices } from '../../src/abilities.ts';
import { assembleBot } from '../../src/bot.ts';
import type { Clock } from '../../src/clock.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { type Member, memberAt } from '../../src/domain/member.ts';
import type { PaperId } from '../../src/domain/paper.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { silentLog } from '../../src/log.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import type { Source } from '../../src/source.ts';
import type { Store } from '../../src/store.ts';
import type { Platform } from './platform.ts';
import { featuresOf } from './source.ts';

/** A member with a digest, and what they never cease to follow. */
export interface Follower {
  member: Member;
  feedId: string;
  steady: Interest;
}

type Interest = Pick<Subscription, 'kind' | 'key' | 'label'>;

/** The people of a world, who go on while everything breaks. */
export interface Crowd {
  followers: readonly Follower[];
  /** Some change their minds, close their messages or open them. */
  stir(): Promise<void>;
  /** All want their digests, and follow everything. */
  calm(): Promise<void>;
}

export interface CrowdOptions {
  place: Destination;
  source: Source;
  store: Store;
  platform: Pick<Platform, 'setMemberClosed'>;
  clock: Clock;
  /** Its own, so that a world without a crowd is the same world. */
  random: () => number;
}

/** Most worlds have none: digests live by the same line as channels, and take as long. */
const CHANCE = 0.25;
const INTERESTS: readonly Interest[] = [
  { kind: 'author', key: 'ada lovelace', label: 'Ada Lovelace' },
  { kind: 'organization', key: 'acme', label: 'Acme' },
  { kind: 'topic', key: 'weather', label: 'Weather' },
];

/** Whether a follower always wanted a paper. */
export function alwaysWants({ steady }: Follower, id: PaperId): boolean {
  const { authors, organization, title } = featuresOf(id);
  return {
    author: authors.some(({ name }) => name === steady.label),
    organization: organization.displayName === steady.label,
    topic: title.includes('weather'),
  }[steady.kind];
}

/** Lets members follow something, in a world in which there are any. */
export async function createCrowd(options: CrowdOptions): Promise<Crowd> {
  const { place, source, store, platform, clock, random } = options;
  const { people } = assembleBot({ source, store, adapters: [], clock, log: silentLog }).services;
  const followers = random() < CHANCE ? [follower(place, 'm1', random)] : [];
  if (followers.length > 0 && random() < 0.2) followers.push(follower(place, 'm2', random));
  for (const one of followers) await settleIn(one, options, people);

  async function change({ member, steady }: Follower): Promise<void> {
    const fickle = INTERESTS.filter(({ key }) => key !== steady.key);
    const one = fickle[Math.floor(random() * fickle.length)] as Interest;
    if (!(await people.unfollow(member, one))) await people.follow(place, member.id, one);
  }

  return {
    followers,
    async stir() {
      for (const one of followers) {
        if (random() < 0.2) await change(one);
        if (random() < 0.1)
          await people.setDigest(place, one.member.id, { every: random() < 0.4 ? 'never' : 'daily' });
        if (random() < 0.15) platform.setMemberClosed(one.member.id, random() < 0.3);
        // One who follows nothing any more and thinks better of it.
        if (random() < 0.1) await startAnew(one, place, people);
      }
    },
    async calm() {
      for (const { member } of followers) {
        for (const one of INTERESTS) await people.follow(place, member.id, one);
      }
    },
  };
}

function follower(place: Destination, id: string, random: () => number): Follower {
  const member = memberAt(place, id);
  const steady = INTERESTS[Math.floor(random() * INTERESTS.length)] as Interest;
  return { member, feedId: digestId(member), steady };
}

async function settleIn(
  { member, feedId, steady }: Follower,
  { place, store, clock, random }: CrowdOptions,
  people: PeopleServices,
): Promise<void> {
  const weather = { slug: 'weather', name: 'Weather', emoji: '🌦️', meaning: 'what the sky does' };
  await people.addTopic(place, { ...weather, query: 'weather' });
  // With the edition of the channel, or at a time of its own.
  const where = random() < 0.5 ? place : { ...place, channel: 'elsewhere' };
  await people.follow(where, member.id, steady);
  // As patient as the feeds of this world, whose days are looked at a few times only.
  await store.changeFeed(feedId, (feed) => ({ ...feed, patienceHours: 1, ripeHours: 0 }), clock.now());
}

async function startAnew(
  { member, steady }: Follower,
  place: Destination,
  people: PeopleServices,
): Promise<void> {
  const { subscriptions } = await people.following(member);
  for (const one of subscriptions) await people.unfollow(member, one);
  await people.follow(place, member.id, steady);
}
