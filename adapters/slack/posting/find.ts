import { z } from 'zod';
import type { Message, Sighting } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { DeliveryId } from '../../../src/domain/delivery.ts';
import type { Answer, Ask } from './ask.ts';
import type { ChannelOf } from './direct.ts';
import { isCode, read } from './failures.ts';
import { deliveryIn } from './metadata.ts';

export interface FindDependencies {
  ask: Ask;
  channelOf: ChannelOf;
  progress: Progress;
  clock: Clock;
}

/**
 * Where a look stopped, by the place and the delivery that it was for. Some apps may read 15 messages a minute only
 * (docs.slack.dev/changelog, 2025-05-29), so that a look of many pages takes many tries, and each goes on where the last
 * one was told to rest.
 */
export type Progress = Map<string, string>;

/** The most that Slack tells at once; where it tells less it says that there is more. */
const PAGE_SIZE = 200;
/** 5,000 messages, or an hour and more of reading 15 a minute. */
const MOST_PAGES = 25;
/** Clocks that differ by more do not agree; the head of an answer tells Slack's. */
const AGREEMENT_MS = 5 * MINUTE_MS;
const MOST_LOOKS = 1000;

const historySchema = z.object({
  messages: z.array(z.object({ ts: z.string(), metadata: z.unknown() })),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** A place in which a message may stand. */
interface Look {
  id: DeliveryId;
  method: 'conversations.history' | 'conversations.replies';
  args: { channel: string; oldest: string; ts?: string };
  destination: Message['destination'];
  signal: AbortSignal | undefined;
}

const ABSENT: Sighting = { kind: 'absent' };
const NO_SCOPE = 'The app may not read messages here, so nobody can look.';

/**
 * See `Adapter.find`. Looks in the thread of its edition and in the channel itself, where the installation may read
 * them: least privilege asks for no such scope, and without one it is `unknown`.
 */
export async function find(
  message: Message,
  sinceAt: Instant,
  dependencies: FindDependencies,
  signal?: AbortSignal,
): Promise<Sighting> {
  const { destination, first, id } = message;
  signal?.throwIfAborted();
  try {
    const channel = await dependencies.channelOf(destination, signal);
    const oldest = slackTime(addMs(sinceAt, -AGREEMENT_MS));
    const look = { id, destination, signal };
    if (first !== undefined) {
      const args = { channel, oldest, ts: first };
      const under = await lookIn({ ...look, method: 'conversations.replies', args }, dependencies);
      if (under.kind !== 'absent') return under;
    }
    const args = { channel, oldest };
    return await lookIn({ ...look, method: 'conversations.history', args }, dependencies);
  } catch (error) {
    if (isCode(error, 'missing_scope')) return { kind: 'unknown', reason: NO_SCOPE };
    throw error;
  }
}

async function lookIn(look: Look, { ask, progress, clock }: FindDependencies): Promise<Sighting> {
  const key = `${look.destination.workspace} ${look.args.channel} ${look.args.ts ?? ''} ${look.id}`;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await pageOf(look, progress.get(key), ask).catch((error: unknown) => {
      // What was not asked with for long is none any more: the next look begins anew.
      if (isCode(error, 'invalid_cursor')) progress.delete(key);
      throw error;
    });
    if (!answer) return ABSENT;
    const { messages, has_more, response_metadata } = read(historySchema, answer.data, look.destination);
    const found = messages.find(({ metadata }) => deliveryIn(metadata) === look.id);
    const next = has_more ? response_metadata?.next_cursor : undefined;
    if (found || !next) progress.delete(key);
    if (found) return { kind: 'found', messageId: found.ts };
    if (!next) return absentUnless(answer, clock);
    if (progress.size >= MOST_LOOKS) progress.delete(progress.keys().next().value ?? '');
    progress.set(key, next);
  }
  progress.delete(key);
  return { kind: 'unknown', reason: `More than ${MOST_PAGES} pages of messages came since.` };
}

/** Undefined for a thread that is not there: it holds nothing. */
async function pageOf(
  { method, args, destination, signal }: Look,
  cursor: string | undefined,
  ask: Ask,
): Promise<Answer | undefined> {
  const paged = { ...args, cursor, limit: PAGE_SIZE, include_all_metadata: true };
  try {
    return await ask({ method, args: paged, ...destination, signal });
  } catch (error) {
    if (isCode(error, 'thread_not_found')) return undefined;
    throw error;
  }
}

function absentUnless({ at }: Answer, clock: Clock): Sighting {
  const differenceMs = at === undefined ? Number.POSITIVE_INFINITY : Math.abs(msBetween(at, clock.now()));
  if (differenceMs <= AGREEMENT_MS) return ABSENT;
  return { kind: 'unknown', reason: 'Slack’s clock does not agree with this machine’s.' };
}

/** An instant as Slack writes it: seconds since 1970 with six digits behind the point. */
function slackTime(at: Instant): string {
  return (Date.parse(at) / SECOND_MS).toFixed(6);
}
