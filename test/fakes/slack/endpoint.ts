import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Clock } from '../../../src/clock.ts';
import type { Endpoint, EndpointAnswer } from './hearing.ts';
import type { Envelope, Outcome } from './sockets.ts';
import type { Application, Shape } from './state.ts';

/** An old signature is older than Slack's five minutes. */
const OLD_MS = 360_000;

interface Desk {
  clock: Clock;
  app: Application;
  /** When a request is signed: by the machine's time, as it is what a receiver compares with. */
  signedAtMs(): number;
  url: string;
}

/** The app's address with what the rest of the fake needs of it. */
export interface EndpointSender extends Endpoint {
  send(envelope: Envelope, withinMs: number): Promise<Outcome>;
}

export function createEndpoint(desk: Desk): EndpointSender {
  return {
    async send(envelope, withinMs) {
      const { type, body } = written(envelope);
      const headers = { ...signed(desk, body), 'content-type': type, ...retryHeaders(envelope) };
      const answer = await post(desk.url, headers, body, desk.clock.deadline(withinMs));
      if (!answer) return { isAcked: false, reason: 'http_timeout' };
      const { status, isFinal } = answer;
      if (status === 0) return { isAcked: false, reason: 'connection_failed' };
      if (status < 200 || status > 299) return { isAcked: false, reason: 'http_error', status, isFinal };
      return { isAcked: true, status, ...(answer.body === '' ? {} : { response: read(answer) }) };
    },
    async verify() {
      const challenge = `challenge-${desk.signedAtMs()}`;
      const { verificationToken: token } = desk.app;
      const body = JSON.stringify({ token, challenge, type: 'url_verification' });
      const answer = await plain(desk, body, 'application/json');
      const said = answer.body.startsWith('{') ? (JSON.parse(answer.body) as Shape).challenge : answer.body;
      return { ...answer, isVerified: answer.status === 200 && said === challenge };
    },
    sslCheck: async () =>
      await plain(
        desk,
        `ssl_check=1&token=${desk.app.verificationToken}`,
        'application/x-www-form-urlencoded',
      ),
    async forge(signature, what = 'event', payload = {}) {
      const isEvent = what === 'event';
      const form = new URLSearchParams({
        command: '/paper',
        text: '',
        ...(payload as Record<string, string>),
      });
      const event = { type: 'event_callback', event: { type: 'app_home_opened' }, ...payload };
      const body = isEvent ? JSON.stringify(event) : form.toString();
      const type = isEvent ? 'application/json' : 'application/x-www-form-urlencoded';
      return await plain(desk, body, type, signature);
    },
  };
}

async function plain(
  desk: Desk,
  body: string,
  type: string,
  signature: 'good' | 'bad' | 'old' | 'none' = 'good',
): Promise<EndpointAnswer> {
  const headers = { ...(signature === 'none' ? {} : signed(desk, body, signature)), 'content-type': type };
  const answer = await post(desk.url, headers, body, desk.clock.deadline(OLD_MS));
  return { status: answer?.status ?? 0, body: answer?.body ?? '' };
}

/** docs.slack.dev/authentication/verifying-requests-from-slack, read 2026-11. */
function signed(
  desk: Desk,
  body: string,
  signature: 'good' | 'bad' | 'old' = 'good',
): Record<string, string> {
  const atMs = signature === 'old' ? desk.signedAtMs() - OLD_MS : desk.signedAtMs();
  const timestamp = String(Math.floor(atMs / 1000));
  const secret = signature === 'bad' ? `not-${desk.app.signingSecret}` : desk.app.signingSecret;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

function retryHeaders({ retry_attempt: attempt, retry_reason: reason }: Envelope): Record<string, string> {
  return attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
}

/** Events come as JSON, commands as a form, the rest as JSON in a form. */
function written({ type, payload }: Envelope): { type: string; body: string } {
  if (type === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form =
    type === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

interface Received {
  /** 0 where there was no answer at all. */
  status: number;
  body: string;
  type: string;
  isFinal: boolean;
}

/** A request on a connection of its own; undefined when its time was over. */
async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  over: AbortSignal,
): Promise<Received | undefined> {
  const { promise, resolve } = Promise.withResolvers<Received | undefined>();
  const none = { status: 0, body: '', type: '', isFinal: false };
  const length = String(Buffer.byteLength(body));
  const options = {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-length': length },
  } as const;
  const sent = request(url, options, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', () => resolve(none));
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        body: Buffer.concat(chunks).toString('utf8'),
        type: response.headers['content-type'] ?? '',
        isFinal: response.headers['x-slack-no-retry'] === '1',
      }),
    );
  });
  sent.on('error', () => resolve(none));
  over.addEventListener(
    'abort',
    () => {
      resolve(undefined);
      sent.destroy();
    },
    { once: true },
  );
  sent.end(body);
  return await promise;
}

function read({ body, type }: Received): unknown {
  if (!type.startsWith('application/json')) return { text: body };
  return JSON.parse(body) as unknown;
}
