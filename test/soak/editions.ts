import { addMs, HOUR_MS, type Instant, localTime, MINUTE_MS, WEEKDAYS } from '../../src/domain/calendar.ts';
import { isDone, type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import type { Store } from '../../src/store.ts';
import { MAIL } from '../../src/subscribers.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { papersOn as onDiscord } from '../end-to-end/discord-world.ts';
import { papersOn as onSlack } from '../end-to-end/slack-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { BEGINNING, type SoakWorld } from './world.ts';

/** A message of the bot in a place where nobody else is and no command is given. */
interface Arrival {
  feedId: FeedId;
  messageId: string;
  papers: readonly string[];
}

/** Feeds that are due at every minute of the soak, and what arrived of them. */
export interface Editions {
  feedIds: readonly FeedId[];
  /** In the order of arrival. */
  arrivals(): readonly Arrival[];
}

/** What came of all editions. */
export interface EditionsVerdict {
  editions: number;
  messages: number;
  /** Each promise that was broken, as a sentence. */
  broken: string[];
}

/** Feeds that come due with each minute: on Discord, on Slack, and readers of mail. */
const AT_A_TIME = { discord: 4, slack: 4, mail: 2 };
/** A thread begins with a sign of Discord's own that stands for the message above it. */
const STARTER = 21;
const CARDS = 3;

/** Adds feeds for every minute from the beginning until so long after it; no bot may have the store open. */
export async function addEditions(world: SoakWorld, untilMs: number): Promise<Editions> {
  const { discord, slack, mail, storeUrl } = world;
  const first = `${BEGINNING.slice(0, 16)}:00.000Z`;
  const minutes: Instant[] = [];
  for (let at = first; at <= addMs(BEGINNING, untilMs); at = addMs(at, MINUTE_MS)) minutes.push(at);
  const places = placesOf(world, minutes);
  const readers = minutes.flatMap((at, index) =>
    Array.from({ length: AT_A_TIME.mail }, (_, one) => ({
      address: `reader-${index}-${one}@example.net`,
      at,
    })),
  );
  await withStore(storeUrl, (store) => save(store, places, readers));
  const byPlace = new Map(places.map(({ channel, id }) => [channel, id]));
  const arrivals: Arrival[] = [];
  const arrive = (channel: string | undefined, messageId: string, papers: readonly string[]) => {
    const feedId = byPlace.get(channel ?? '');
    if (feedId) arrivals.push({ feedId, messageId, papers });
  };
  discord.onMessage((message, what) => {
    const { id, parentId } = message.channel;
    const isOurs = message.author.id === discord.bot.id && message.type !== STARTER;
    if (what === 'posted' && isOurs) arrive(byPlace.has(id) ? id : parentId, message.id, onDiscord(message));
  });
  slack.onMessage((message, what) => {
    const isOurs = message.author.isBot && message.onlyFor === undefined;
    if (what === 'posted' && isOurs) arrive(message.channel.id, message.ts, onSlack(message));
  });
  const ofMail = () =>
    mail.mails.map(({ to, raw }) => ({ feedId: idOfReader(to), messageId: messageIdIn(raw), papers: [] }));
  return {
    feedIds: [...places.map(({ id }) => id), ...readers.map(({ address }) => idOfReader(address))],
    arrivals: () => [...arrivals, ...ofMail()],
  };
}

interface Place {
  id: FeedId;
  platform: 'discord' | 'slack';
  workspace: string;
  channel: string;
  at: Instant;
}

/** A digest and cards in turns, each in a channel of its own. */
function placesOf({ discord, slack }: SoakWorld, minutes: readonly Instant[]): Place[] {
  const guild = discord.addGuild({ name: 'Editions' });
  return minutes.flatMap((at, minute) => [
    ...Array.from({ length: AT_A_TIME.discord }, (_, one) => {
      const name = `edition-${minute}-${one}`;
      const { id: channel } = discord.addChannel(guild, { name });
      return { id: `d${name}`, platform: 'discord', workspace: guild.id, channel, at } as const;
    }),
    ...Array.from({ length: AT_A_TIME.slack }, (_, one) => {
      const name = `edition-${minute}-${one}`;
      const { id: channel } = slack.addChannel({ name });
      return { id: `s${name}`, platform: 'slack', workspace: slack.team.id, channel, at } as const;
    }),
  ]);
}

async function save(
  store: Store,
  places: readonly Place[],
  readers: readonly { address: string; at: Instant }[],
): Promise<void> {
  const createdAt = addMs(BEGINNING, -HOUR_MS);
  for (const [index, { id, at, ...destination }] of places.entries()) {
    const layout =
      index % 2 === 0 ? ({ layout: 'digest' } as const) : ({ layout: 'cards', limit: CARDS } as const);
    const due = { time: localTime(at, 'UTC').time, days: [...WEEKDAYS], createdAt };
    await store.saveFeed(aFeed({ id, destination, refreshHours: 0, ...layout, ...due }), createdAt);
  }
  const subscribers = createSubscribers({ store, clock: createFakeClock(createdAt) });
  for (const { address, at } of readers) {
    const { time } = localTime(at, 'UTC');
    await subscribers.put(address, { listing: 'daily', time, zone: 'UTC', interests: [] });
  }
}

function idOfReader(address: string): FeedId {
  return digestId(memberAt(MAIL, address));
}

function messageIdIn(raw: Buffer): string {
  return /^Message-ID: (\S+)/im.exec(raw.toString('latin1'))?.[1] ?? '';
}

/** Whether every feed's edition has come to an outcome. */
export async function areOut({ feedIds }: Editions, storeUrl: string): Promise<boolean> {
  return await withStore(storeUrl, async ({ ledger }) => {
    for (const id of feedIds) {
      const [slot] = await ledger.slots(id, 1);
      if (!slot || !isDone(slot.state)) return false;
    }
    return true;
  });
}

/** Holds what arrived against what the ledger says: each edition out, each of its messages and papers once. */
export async function judgeEditions(editions: Editions, storeUrl: string): Promise<EditionsVerdict> {
  const arrivals = editions.arrivals();
  const byFeed = Map.groupBy(arrivals, ({ feedId }) => feedId);
  const broken = await withStore(storeUrl, async (store) => {
    const all: string[] = [];
    for (const id of editions.feedIds) all.push(...(await brokenOf(id, byFeed.get(id) ?? [], store)));
    return all;
  });
  return { editions: editions.feedIds.length, messages: arrivals.length, broken };
}

async function brokenOf(id: FeedId, arrivals: readonly Arrival[], { ledger }: Store): Promise<string[]> {
  const slots = await ledger.slots(id, 2);
  const deliveries = (await Promise.all(slots.map((slot) => ledger.deliveries(slotId(slot))))).flat();
  const came = (messageId: string | undefined) =>
    arrivals.filter((one) => one.messageId === messageId).length;
  const sent = new Set(deliveries.map(({ messageId }) => messageId));
  const papers = arrivals.flatMap((one) => one.papers);
  const isTwice = papers.some((paper, index) => papers.indexOf(paper) < index);
  return [
    ...(slots.length === 1 ? slots.flatMap(untrueSlot) : [`has ${slots.length} slots`]),
    ...(deliveries.length === 0 ? ['has no messages'] : []),
    ...deliveries
      .filter((one) => one.state !== 'sent')
      .map((one) => `${one.id} is ${one.state} ${one.reason ?? ''}`),
    ...deliveries
      .filter((one) => came(one.messageId) !== 1)
      .map((one) => `${one.id} came ${came(one.messageId)} times`),
    ...arrivals
      .filter((one) => !sent.has(one.messageId))
      .map((one) => `${one.messageId} is a message of nobody`),
    ...(isTwice ? ['has a paper twice'] : []),
  ].map((sentence) => `feed ${id}: ${sentence}`);
}

function untrueSlot({ day, state, sentence }: SlotRecord): string[] {
  return state === 'posted' ? [] : [`its slot of ${day} is ${state}: ${sentence}`];
}
