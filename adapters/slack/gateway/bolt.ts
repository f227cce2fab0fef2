import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorizeResult, Receiver, ReceiverEvent } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Tokens } from '../installing/tokens.ts';
import { loggerTo } from '../posting/call.ts';
import { readAhead } from './body.ts';
import { guardSocket, hearAhead, NotTakenError } from './limited.ts';
import type { Hooks, ResponseMessage, Told } from './told.ts';

/** How Slack reaches us: over a socket that we open, or by requests that it signs. */
export type Hearing = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

export interface BoltDependencies {
  apiUrl: string;
  tokens: Tokens;
  hooks: Hooks;
  /** Nothing is taken any more. */
  isEnded: () => boolean;
  clock: Clock;
  log: Log;
}

/** Longer than anybody waits for what is answered by a `response_url`. */
const RESPOND_MS = 20 * SECOND_MS;
/** A connection without a pong for so long is dead; Slack's own pings come every ten seconds or so. */
const PONG_MS = 10 * SECOND_MS;
/** Where Slack asks for a pause without saying how long. */
const REST_MS = MINUTE_MS;
const ANY = /.*/s;

type BoltModule = Omit<typeof import('@slack/bolt'), 'default'>;
export type SocketReceiver = InstanceType<BoltModule['SocketModeReceiver']>;

/**
 * Bolt, which is loaded only where Slack is set up, as it takes 40 MB: what it hears goes to the hooks. Out: its
 * receiver over the socket.
 */
export async function createSocketReceiver(
  appToken: string,
  dependencies: BoltDependencies,
): Promise<SocketReceiver> {
  const bolt = await import('@slack/bolt');
  const receiver = new bolt.SocketModeReceiver({
    appToken,
    logger: loggerTo(dependencies.log),
    // Its own reconnecting ends the process where Slack cannot be reached just then (socket-mode 3.1.0).
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_MS,
    processEventErrorHandler: (given) => letBe(given, dependencies.log),
    installerOptions: { clientOptions: { slackApiUrl: dependencies.apiUrl, retryConfig: { retries: 0 } } },
  });
  guardSocket(receiver.client, dependencies.log);
  listenWith(bolt, receiver, dependencies);
  return receiver;
}

/**
 * What nobody here can take is acknowledged, as it would come again for nothing; also where the socket has broken meanwhile.
 * What comes while the bot stops is not.
 * False: Bolt would acknowledge it where nobody catches that (bolt 5.1.0).
 */
async function letBe({ error, event }: { error: Error; event: ReceiverEvent }, log: Log): Promise<boolean> {
  if (error instanceof NotTakenError) return false;
  log.warn('Slack told of something that was let be', { error });
  await event.ack().catch(() => {});
  return false;
}

/** The same for requests: what answers them, 404 for those that mean nothing here. */
export async function createRequestListener(
  signingSecret: string,
  dependencies: BoltDependencies,
): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  const bolt = await import('@slack/bolt');
  const receiver = new bolt.HTTPReceiver({ signingSecret, logger: loggerTo(dependencies.log) });
  listenWith(bolt, receiver, dependencies);
  return async (request, response) => {
    const read = await readAhead(request);
    if (typeof read === 'number') return void response.writeHead(read, { connection: 'close' }).end();
    try {
      receiver.requestListener(read, response);
    } catch (error) {
      if (!(error instanceof bolt.HTTPReceiverDeferredRequestError)) throw error;
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Slack posts its events here.\n');
    }
  };
}

function listenWith(bolt: BoltModule, receiver: Receiver, dependencies: BoltDependencies): void {
  const { apiUrl, tokens, hooks, isEnded, clock, log } = dependencies;
  const app = new bolt.App({
    receiver,
    logger: loggerTo(log),
    convoStore: false,
    clientOptions: { slackApiUrl: apiUrl, fetch: patient(globalThis.fetch, clock) },
    authorize: async ({ teamId }) => await authorize(teamId ?? '', tokens),
  });
  // What cannot be authorised comes from a workspace that has just let us go.
  app.error(async (error) => log.warn('Slack told of something that was let be', { error }));
  const told = (given: BoltArgs): Told => toldBy(given);
  app.command(ANY, (given) => hooks.onCommand(told(given)));
  app.action(ANY, (given) => hooks.onPress(told(given)));
  app.shortcut(ANY, (given) => hooks.onShortcut(told(given)));
  app.view({ callback_id: ANY, type: 'view_submission' }, (given) => hooks.onSubmit(told(given)));
  app.options(ANY, (given) => hooks.onSuggest(told(given)));
  app.event(ANY, ({ body }) => hooks.onEvent(body));
  hearAhead(receiver, app, { onLimited: hooks.onLimited, isEnded });
}

/** What Bolt gives to whoever listens for what people do, as far as we use it. */
interface BoltArgs {
  body: unknown;
  ack: (response?: never) => Promise<void>;
  respond?: (message: never) => Promise<unknown>;
}

function toldBy({ body, ack, respond }: BoltArgs): Told {
  let isAcknowledged = false;
  return {
    body,
    async ack(response?: Json) {
      if (isAcknowledged) return;
      isAcknowledged = true;
      await ack(response as never);
    },
    ...(respond === undefined ? {} : { respond: (message) => answerBy(respond, message) }),
  };
}

/** Errors: see `Told.respond`. */
async function answerBy(
  respond: (message: never) => Promise<unknown>,
  message: ResponseMessage,
): Promise<void> {
  try {
    await respond(message as never);
  } catch (cause) {
    // What `patient` has read.
    if (cause instanceof DeliveryThrottledError) throw cause;
    throw failureOf(cause, (cause as { statusCode?: unknown }).statusCode);
  }
}

function failureOf(cause: unknown, status: unknown): Error {
  const failure = { ...NOWHERE, cause };
  if (typeof status !== 'number' || status >= 500)
    return new DeliveryUnavailableError('Slack took no answer.', { ...failure, mayHaveArrived: true });
  const sentence = `Slack did not take an answer (status ${status}).`;
  if (status === 400) return new CardRejectedError(sentence, { ...failure, limit: `status ${status}` });
  return new DeliveryRefusedError(sentence, { ...failure, reason: 'gone' });
}

const NOWHERE = { platform: 'slack', channel: '' } as const;

/** Without the token: Bolt would keep a client for each one, for ever, and we ask by a way of our own. */
async function authorize(workspace: string, tokens: Tokens): Promise<AuthorizeResult> {
  return { botUserId: await tokens.me(workspace), teamId: workspace };
}

/** Waits for no answer for ever, and reads how long a pause Slack asks for, of which Bolt tells nothing. */
function patient(send: FetchFunction, clock: Clock): FetchFunction {
  return async (url, init) => {
    const deadline = clock.deadline(RESPOND_MS);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    const response = await send(url, { ...init, signal });
    if (response.status !== 429) return response;
    await response.text();
    const askedMs = Number(response.headers.get('retry-after')) * SECOND_MS;
    const retryAfterMs = askedMs > 0 ? askedMs : REST_MS;
    throw new DeliveryThrottledError('Slack asks for a pause.', { ...NOWHERE, retryAfterMs });
  };
}
