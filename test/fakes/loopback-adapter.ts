import { z } from 'zod';
import type { Adapter, Message, Sighting } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import type { Json } from '../../src/domain/delivery.ts';
import type { Destination, Platform } from '../../src/domain/feed.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import { AGREEMENT_MS, type PlatformKind, REPEATABLE_MS } from './memory-adapter.ts';

export interface LoopbackAdapterConfig {
  /** Base address of a `LoopbackPlatform`; read anew for each call. */
  readonly url: string;
  clock: Pick<Clock, 'now'>;
  /** The name under which it appears; default `web`. */
  platform?: Platform;
  /** What the platform can; default `history`. Only one with nonces is given them. */
  kind?: PlatformKind;
}

const SENT = z.object({ messageId: z.string() });
const PAGE = z.object({
  messages: z.array(z.object({ id: z.string(), messageId: z.string() })),
  next: z.number().optional(),
});
const INSTALLER = z.object({ member: z.string() });

/** Our code for a `LoopbackPlatform`. A message is the card itself. Invocations do not arrive here. */
export function createLoopbackAdapter(config: LoopbackAdapterConfig): Adapter {
  const { platform = 'web', kind = 'history' } = config;
  const hasNonces = kind === 'nonce-and-history';
  return {
    platform,
    async start() {},
    render: (card) => [JSON.parse(JSON.stringify(card)) as Json],
    async send({ id, destination, payload }, signal) {
      signal?.throwIfAborted();
      const body = { id, card: payload, ...(hasNonces ? { nonce: id } : {}) };
      const answer = await ask(
        config,
        destination,
        { method: 'POST', path: pathOf(destination), body },
        signal,
      );
      return understood(SENT, answer, destination).messageId;
    },
    repeatableForMs: () => (hasNonces ? REPEATABLE_MS : 0),
    async find(message, sinceAt, signal) {
      signal?.throwIfAborted();
      return await search(config, message, sinceAt, signal);
    },
    async edit({ destination, messageId, payload }, signal) {
      signal?.throwIfAborted();
      const path = `${pathOf(destination)}/${encodeURIComponent(messageId)}`;
      const body = { card: payload };
      const answer = await ask(config, destination, { method: 'PATCH', path, body }, signal);
      understood(z.object({}), answer, destination);
    },
    async installer(workspace) {
      const place: Destination = { platform, workspace, channel: '' };
      const path = `/workspaces/${encodeURIComponent(workspace)}/installer`;
      const answer = await ask(config, place, { method: 'GET', path });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unavailable(`Status ${answer.status}.`, place);
      return understood(INSTALLER, answer, place).member;
    },
    async stop() {},
  };
}

/** Reads the history from its oldest page on, until the message turns up or everything was read. */
async function search(
  config: LoopbackAdapterConfig,
  { id, destination }: Message,
  sinceAt: Instant,
  signal?: AbortSignal,
): Promise<Sighting> {
  // The platform's clock may be that much behind ours.
  const since = addMs(sinceAt, -AGREEMENT_MS);
  let hasAgreed = true;
  for (let after: number | undefined; ; ) {
    const query = new URLSearchParams({ since, ...(after === undefined ? {} : { after: String(after) }) });
    const path = `${pathOf(destination)}?${query}`;
    const answer = await ask(config, destination, { method: 'GET', path }, signal);
    if (answer.status === 403 && answer.error === 'history is closed') {
      return { kind: 'unknown', reason: 'This platform does not tell what was posted.' };
    }
    const { messages, next } = understood(PAGE, answer, destination);
    const found = messages.find((one) => one.id === id);
    if (found) return { kind: 'found', messageId: found.messageId };
    hasAgreed &&= agrees(answer.at, config.clock.now());
    if (next === undefined) break;
    after = next;
  }
  if (hasAgreed) return { kind: 'absent' };
  return { kind: 'unknown', reason: 'The clock of the platform does not agree with ours.' };
}

/** Whether the platform's `Date` is about now; none at all agrees with nothing. */
function agrees(date: string | null, at: Instant): boolean {
  const theirs = new Date(date ?? Number.NaN);
  return !Number.isNaN(theirs.getTime()) && Math.abs(msBetween(theirs.toISOString(), at)) <= AGREEMENT_MS;
}

function pathOf({ workspace, channel }: Destination): string {
  return `/workspaces/${encodeURIComponent(workspace)}/channels/${encodeURIComponent(channel)}/messages`;
}

/** What came back, as far as anybody needs it. */
interface Answer {
  status: number;
  body: string;
  /** Why it was refused. */
  error: string | undefined;
  /** The platform's `Date`. */
  at: string | null;
  retryAfterMs: number;
}

/** One request. Errors: `DeliveryUnavailableError` where no whole answer came. */
async function ask(
  config: LoopbackAdapterConfig,
  place: Destination,
  { method, path, body }: { method: string; path: string; body?: unknown },
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(config.url + path, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const said = await response.text();
    const { status, headers } = response;
    const retryAfterMs = (Number(headers.get('retry-after')) || 1) * SECOND_MS;
    return { status, body: said, error: errorIn(said), at: headers.get('date'), retryAfterMs };
  } catch (cause) {
    throw unavailable('The platform did not answer.', place, { cause, mayHaveArrived: !isUnsent(cause) });
  }
}

const REFUSAL = z.object({ error: z.string() });

function errorIn(body: string): string | undefined {
  try {
    return REFUSAL.safeParse(JSON.parse(body)).data?.error;
  } catch {
    return undefined;
  }
}

/** These come while connecting: nothing has left. */
const UNSENT = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Network errors of `fetch` are type errors; anything else is the signal's. */
function isUnsent(error: unknown): boolean {
  const { cause } = error instanceof TypeError ? (error as { cause?: { code?: unknown } }) : {};
  return UNSENT.has(cause?.code);
}

/** The content of a good answer. Errors: what its status says; unavailable where it makes no sense. */
function understood<T>(schema: z.ZodType<T>, answer: Answer, place: Destination): T {
  if (answer.status !== 200) throw refused(answer, place);
  try {
    return schema.parse(JSON.parse(answer.body));
  } catch (cause) {
    throw unavailable('The platform gave an answer that makes no sense.', place, { cause });
  }
}

function refused({ status, error = `status ${status}`, retryAfterMs }: Answer, place: Destination): Error {
  const { platform, channel } = place;
  const message = `The platform refused: ${error}.`;
  if (status === 429) return new DeliveryThrottledError(message, { platform, channel, retryAfterMs });
  if (status === 400 || status === 422 || error === 'no such message') {
    return new CardRejectedError(message, { platform, channel, limit: error });
  }
  if (status === 403) return new DeliveryRefusedError(message, { platform, channel, reason: 'forbidden' });
  if (status === 404) return new DeliveryRefusedError(message, { platform, channel, reason: 'gone' });
  return unavailable(message, place);
}

/** What nobody can tell about may have arrived. */
function unavailable(
  message: string,
  { platform, channel }: Destination,
  { mayHaveArrived = true, cause }: { mayHaveArrived?: boolean; cause?: unknown } = {},
): DeliveryUnavailableError {
  return new DeliveryUnavailableError(message, { platform, channel, mayHaveArrived, cause });
}
