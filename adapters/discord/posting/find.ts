import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Message, Sighting } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { marksIn } from '../cards/press.ts';
import { CODES, isCode, read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import { createPatientAsk } from './patience.ts';
import { missing } from './permissions.ts';
import { isForum, type Places } from './places.ts';
import type { SendDependencies } from './send.ts';
import { snowflakeAt } from './snowflake.ts';

export interface FindDependencies extends Pick<SendDependencies, 'ask' | 'direct'> {
  places: Places;
  clock: Clock;
}

/** The most that Discord tells at once (Get Channel Messages, 2026-08-06). */
const PAGE_SIZE = 100;
/** 5,000 messages: a busy channel's day. What is read takes a request a page, five of them in five seconds or so. */
const MOST_PAGES = 50;
/** Clocks that differ by more do not agree; a message's id tells when Discord took it, by its own clock. */
const AGREEMENT_MS = 5 * MINUTE_MS;

const messagesSchema = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    components: z.array(z.unknown()).optional(),
  }),
);
const threadsSchema = z.object({
  threads: z.array(
    z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().optional() }),
  ),
});

/** A place where it may stand, and where from its history is read. */
interface Look {
  place: string;
  after: string;
  mark: string;
  me: string;
  channel: string;
  signal: AbortSignal | undefined;
}

const ABSENT: Sighting = { kind: 'absent' };

/** See `Adapter.find`. Looks at our own messages in the channel, the thread and, of a forum, the posts since then. */
export async function find(
  message: Message,
  sinceAt: Instant,
  given: FindDependencies,
  signal?: AbortSignal,
): Promise<Sighting> {
  // Reading much takes more requests than Discord takes at once.
  const dependencies = { ...given, ask: createPatientAsk(given) };
  const { destination, first, id } = message;
  const { channel } = destination;
  signal?.throwIfAborted();
  const me = await dependencies.places.me(signal, channel);
  const after = snowflakeAt(addMs(sinceAt, -AGREEMENT_MS));
  const look = { after, mark: nonceOf(id), me, channel, signal };
  const member = memberOf(destination);
  if (member !== undefined) {
    const place = await dependencies.direct.channelOf(member, signal);
    return await lookIn({ ...look, place }, dependencies);
  }
  const hindrance = await unreadable(channel, dependencies.places, signal);
  if (hindrance !== undefined) return { kind: 'unknown', reason: hindrance };
  const under = first === undefined ? ABSENT : await lookInThread({ ...look, place: first }, dependencies);
  if (under.kind === 'found') return under;
  const beside = await lookBeside({ ...look, place: channel }, dependencies, signal);
  return beside.kind === 'absent' ? under : beside;
}

/** Why nobody could say what is not there; undefined when the channel can be read. */
async function unreadable(
  channel: string,
  places: Places,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const place = await places.place(channel, signal);
  const closed = { platform: 'discord', channel };
  if (!place)
    throw new DeliveryRefusedError('The channel is not there any more.', { ...closed, reason: 'gone' });
  const [lacking] = missing(place.permissions, ['ViewChannel', 'ReadMessageHistory']);
  if (lacking === 'ViewChannel')
    throw new DeliveryRefusedError('The bot cannot see this channel. Give it View Channel there.', {
      ...closed,
      reason: 'forbidden',
    });
  if (lacking === undefined) return undefined;
  return `The bot lacks ${textsFor(undefined).discord.permissions[lacking]} in this channel, so it cannot look.`;
}

async function lookBeside(
  look: Look,
  dependencies: FindDependencies,
  signal?: AbortSignal,
): Promise<Sighting> {
  const channel = await dependencies.places.channel(look.place, signal);
  if (!channel || !isForum(channel)) return await lookIn(look, dependencies);
  const posts = await postsSince(look, channel.guild_id ?? '', dependencies);
  const sightings: Sighting[] = [];
  for (const place of posts) {
    const sighting = await lookInThread({ ...look, place }, dependencies);
    if (sighting.kind === 'found') return sighting;
    sightings.push(sighting);
  }
  return sightings.find(({ kind }) => kind === 'unknown') ?? ABSENT;
}

/** Our own posts of a forum since then, open ones and folded ones. */
async function postsSince(look: Look, server: string, { ask }: FindDependencies): Promise<string[]> {
  const { place, channel, signal, me, after } = look;
  const query = { limit: String(PAGE_SIZE) };
  const answers = await Promise.all([
    ask({ method: 'GET', route: Routes.guildActiveThreads(server), channel, signal }),
    ask({ method: 'GET', route: Routes.channelThreads(place, 'public'), query, channel, signal }),
  ]);
  const threads = answers.flatMap(({ data }) => read(threadsSchema, data, look).threads);
  const own = threads.filter(({ parent_id, owner_id }) => parent_id === place && owner_id === me);
  return own.map(({ id }) => id).filter((id) => BigInt(id) > BigInt(after));
}

/** A thread that was never opened, or was deleted, holds nothing. */
async function lookInThread(look: Look, dependencies: FindDependencies): Promise<Sighting> {
  try {
    return await lookIn(look, dependencies);
  } catch (error) {
    if (isCode(error, CODES.unknownChannel)) return ABSENT;
    throw error;
  }
}

async function lookIn(look: Look, { ask, clock }: FindDependencies): Promise<Sighting> {
  const { place, mark, me, channel, signal } = look;
  let { after } = look;
  let differenceMs = Number.POSITIVE_INFINITY;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = { after, limit: String(PAGE_SIZE) };
    const answer = await ask({ method: 'GET', route: Routes.channelMessages(place), query, channel, signal });
    const messages = read(messagesSchema, answer.data, look);
    const own = messages.filter(({ author }) => author.id === me);
    const found = own.find(({ components = [] }) => marksIn(components).includes(mark));
    if (found) return { kind: 'found', messageId: found.id };
    differenceMs = answer.at === undefined ? differenceMs : Math.abs(msBetween(answer.at, clock.now()));
    if (messages.length < PAGE_SIZE) return absentUnless(differenceMs);
    after = messages.map(({ id }) => id).reduce((one, other) => (BigInt(one) > BigInt(other) ? one : other));
  }
  return { kind: 'unknown', reason: `More than ${MOST_PAGES * PAGE_SIZE} messages came since.` };
}

function absentUnless(differenceMs: number): Sighting {
  if (differenceMs <= AGREEMENT_MS) return ABSENT;
  return { kind: 'unknown', reason: 'Discord’s clock does not agree with this machine’s.' };
}
