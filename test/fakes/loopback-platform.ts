import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { Instant } from '../../src/domain/calendar.ts';
import {
  type Answer,
  type Asked,
  createLoopbackMessages,
  type LoopbackMessage,
  refusal,
} from './loopback-messages.ts';
import type { Operation, PlatformKind } from './memory-adapter.ts';
import { createRandom } from './random.ts';

/** How a request ends: with an answer, with the end of its connection, or not at all. */
type Ending = Answer | 'cut' | 'nothing';

/** What a fault does: whether what was asked for is done, and how the request ends. */
const FAULTS = {
  throttled: { isDone: false, end: refusal(429, 'slow down') },
  'request-lost': { isDone: false, end: 'cut' },
  'answer-lost': { isDone: true, end: 'cut' },
  'error-before': { isDone: false, end: refusal(500, 'broken') },
  'error-after': { isDone: true, end: refusal(502, 'broken') },
  forbidden: { isDone: false, end: refusal(403, 'closed to you') },
  gone: { isDone: false, end: refusal(404, 'no such channel') },
  rejected: { isDone: false, end: refusal(422, 'this is too much') },
  hang: { isDone: false, end: 'nothing' },
  'hang-after': { isDone: true, end: 'nothing' },
} as const satisfies Record<string, { isDone: boolean; end: Ending }>;

/**
 * Ways to fail. `request-lost`, `answer-lost`: the connection is cut before, or after, what was asked for is done;
 * `error-before`, `error-after`: the same with a 5xx; `hang`, `hang-after`: the same, and nothing ever comes. The rest
 * are answers.
 */
export type LoopbackFault = keyof typeof FAULTS;

export interface LoopbackOptions {
  /** Default `history`. */
  kind?: PlatformKind;
  /** For delays and faults; default 1. */
  seed?: number;
  /**
   * How long an answer takes, from and to, in milliseconds; default none. What is asked for is done at the beginning
   * of that time, at its end or anywhere between, also when nobody waits for the answer any more.
   */
  delayMs?: readonly [number, number];
  /** How likely each fault is, for each request, from 0 to 1; default none. */
  chances?: Partial<Record<LoopbackFault, number>>;
  /** What a throttled request is told; default 1. */
  retryAfterSeconds?: number;
  /** The platform's clock; default the machine's. */
  now?: () => Instant;
}

/** Which requests are meant; what is not said is any. */
export interface LoopbackRequests {
  operation?: Operation;
  channel?: string;
}

/** A chat platform on the loopback interface: what it was sent outlives the processes that sent it. */
export interface LoopbackPlatform {
  /** Base address. */
  readonly url: string;
  /** Everything that arrived, in the order of arrival. */
  readonly messages: readonly LoopbackMessage[];
  /** How many requests came, those that failed included. */
  count(requests?: LoopbackRequests): number;
  /** The next such request without a fault of its own fails so. */
  failNext(fault: LoopbackFault, requests?: LoopbackRequests): void;
  /** From now on; `{}` for none. */
  setChances(chances: Partial<Record<LoopbackFault, number>>): void;
  /** Closes a channel to us, or opens it again. */
  closeChannel(channel: string, reason: 'forbidden' | 'gone' | undefined): void;
  setInstaller(workspace: string, member: string | undefined): void;
  /** Ends every connection, hanging ones too. */
  stop(): Promise<void>;
}

/**
 * Starts a platform. Stop it, or the process does not end. It answers to:
 *
 * - `POST /workspaces/W/channels/C/messages` with `{ id, card, nonce? }`: `{ messageId }`;
 * - `GET` of the same with `?since=INSTANT&after=NEXT`: `{ messages: { id, messageId }[], next? }`, oldest first,
 *   `PAGE_SIZE` at most; `next` where there are more;
 * - `PATCH /workspaces/W/channels/C/messages/M` with `{ card }`: `{}`;
 * - `GET /workspaces/W/installer`: `{ member }`.
 *
 * Refusals are `{ error }`: 403 and 404 for what is closed or not there, 422 for a card, 429 with `Retry-After`.
 */
export async function startLoopbackPlatform(options: LoopbackOptions = {}): Promise<LoopbackPlatform> {
  const { kind = 'history', delayMs = [0, 0], now = systemClock.now } = options;
  const end = createEnd(now, options.retryAfterSeconds ?? 1);
  const random = createRandom(options.seed ?? 1);
  const kept = createLoopbackMessages(kind, now);
  const faults = createFaults(random, options.chances);
  const seen: Asked[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    if (!asked) return end(response, refusal(400, 'not understood'));
    seen.push(asked);
    const fault = faults.next(asked);
    const { isDone, end: ending } = fault ? FAULTS[fault] : { isDone: true, end: undefined };
    const wholeMs = delayMs[0] + random() * (delayMs[1] - delayMs[0]);
    const doneAfterMs = wholeMs * momentOf(random);
    await wait(doneAfterMs);
    const answer = isDone ? kept.answer(asked) : undefined;
    await wait(wholeMs - doneAfterMs);
    end(response, ending ?? answer ?? 'nothing');
  }

  // Who ends in the middle of a request has asked for nothing.
  const server = createServer((request, response) => void serve(request, response).catch(() => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: kept.messages,
    count: (requests = {}) => seen.filter((asked) => fits(asked, requests)).length,
    failNext: faults.add,
    setChances: faults.setChances,
    closeChannel: kept.closeChannel,
    setInstaller: kept.setInstaller,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function createEnd(now: () => Instant, retryAfterSeconds: number) {
  return (response: ServerResponse, ending: Ending): void => {
    if (ending === 'nothing') return;
    if (ending === 'cut') {
      response.socket?.destroy();
      return;
    }
    const { status, body } = ending;
    response.setHeader('date', new Date(now()).toUTCString());
    if (status === 429) response.setHeader('retry-after', retryAfterSeconds);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** What is to go wrong next: what was ordered, else what chance brings. */
function createFaults(random: () => number, given: LoopbackOptions['chances'] = {}) {
  const ordered: { fault: LoopbackFault; requests: LoopbackRequests }[] = [];
  let chances = Object.entries(given) as [LoopbackFault, number][];
  return {
    add(fault: LoopbackFault, requests: LoopbackRequests = {}): void {
      ordered.push({ fault, requests });
    },
    setChances(changed: NonNullable<LoopbackOptions['chances']>): void {
      chances = Object.entries(changed) as [LoopbackFault, number][];
    },
    next(asked: Asked): LoopbackFault | undefined {
      const index = ordered.findIndex(({ requests }) => fits(asked, requests));
      if (index >= 0) return ordered.splice(index, 1)[0]?.fault;
      return chances.find(([, chance]) => random() < chance)?.[0];
    },
  };
}

function fits(asked: Asked, { operation, channel }: LoopbackRequests): boolean {
  return (
    (operation === undefined || asked.operation === operation) &&
    (channel === undefined || asked.channel === channel)
  );
}

/** A part of the delay: none of it, all of it, or anything between, each as often. */
function momentOf(random: () => number): number {
  const which = random();
  if (which < 1 / 3) return 0;
  return which < 2 / 3 ? 1 : random();
}

async function wait(durationMs: number): Promise<void> {
  if (durationMs > 0) await delay(durationMs);
}

const OPERATIONS: Record<string, Operation> = { POST: 'send', GET: 'find', PATCH: 'edit' };

/** Undefined for what is no request of ours. Errors: the connection's, when the body does not come whole. */
async function read(request: IncomingMessage): Promise<Asked | undefined> {
  const body = await text(request);
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, kind, workspace = '', place, channel = '', messages, messageId] = pathname
    .split('/')
    .map(decodeURIComponent);
  if (kind !== 'workspaces') return undefined;
  if (place === 'installer') return { operation: 'installer', workspace, channel: '', query, body: {} };
  const operation = OPERATIONS[request.method ?? ''];
  if (place !== 'channels' || messages !== 'messages' || operation === undefined) return undefined;
  const asked: Asked = { operation, workspace, channel, query, body: JSON.parse(body || '{}') };
  return messageId === undefined ? asked : { ...asked, messageId };
}
