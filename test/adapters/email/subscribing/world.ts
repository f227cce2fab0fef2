import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { MailLinks } from '../../../../adapters/email/cards/draw.ts';
import type { MailPayload } from '../../../../adapters/email/cards/payload.ts';
import type { Letter } from '../../../../adapters/email/posting/post.ts';
import { createSubscribing, type Subscribing } from '../../../../adapters/email/subscribing/index.ts';
import { createLinks, type Links } from '../../../../adapters/email/subscribing/links.ts';
import type { Host } from '../../../../src/adapter.ts';
import { systemClock } from '../../../../src/clock.ts';
import { addMs } from '../../../../src/domain/calendar.ts';
import { createGate, type GateConfig, listenerOf } from '../../../../src/gate.ts';
import { type LogFields, silentLog } from '../../../../src/log.ts';
import { createSeal } from '../../../../src/sealing.ts';
import { createServer } from '../../../../src/server.ts';
import type { Mailbox, Mailboxes, MailOrder, Subscriber, Subscribers } from '../../../../src/subscribers.ts';
import { addAssets } from '../../../../src/web/assets.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts';

/** A Wednesday. */
export const NOW = '2026-11-25T12:00:00.000Z';
export const SECRET_KEY = 'a key of the tests, as long as it has to be';
export const HOOK = 'a-secret-of-the-tests';
export const ORDER: MailOrder = {
  listing: 'daily',
  time: '08:00',
  zone: 'Europe/Berlin',
  interests: [{ kind: 'topic', key: 'agents', label: 'Agents' }],
};

/** Subscribers in memory; `calls` are what was asked of them, in order. */
export function memorySubscribers(clock: FakeClock) {
  const kept = new Map<string, Subscriber>();
  const calls: string[] = [];
  const subscribers: Subscribers = {
    async get(address) {
      calls.push(`get ${address}`);
      return kept.get(address);
    },
    async put(address, order) {
      calls.push(`put ${address}`);
      const { createdAt = clock.now() } = kept.get(address) ?? {};
      const nextDueAt = '2026-11-26T07:00:00.000Z';
      const subscriber: Subscriber = { ...order, address, state: 'active', createdAt, nextDueAt };
      kept.set(address, subscriber);
      return subscriber;
    },
    async change(address, order) {
      calls.push(`change ${address}`);
      return kept.has(address) ? await subscribers.put(address, order) : undefined;
    },
    async remove(address) {
      calls.push(`remove ${address}`);
      return kept.delete(address);
    },
  };
  return { subscribers, kept, calls };
}

export function memoryMailboxes() {
  const kept = new Map<string, Mailbox>();
  const mailboxes: Mailboxes = {
    get: async (address) => kept.get(address),
    set: async (address, mailbox) => void kept.set(address, mailbox),
    clear: async (address) => void kept.delete(address),
  };
  return { mailboxes, kept };
}

/** As the bot keeps it, in one store for all processes that share it. */
export function memoryFirst(clock: FakeClock): Host['isFirst'] {
  const taken = new Map<string, string>();
  return async (what, withinMs) => {
    if ((taken.get(what) ?? '') > clock.now()) return false;
    taken.set(what, addMs(clock.now(), withinMs));
    return true;
  };
}

/** A letter as it was posted, with what it was drawn from. */
export interface Posted extends Letter {
  payload: MailPayload;
  footer: MailLinks | undefined;
}

/** What came back. */
export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  /** As they came, names and values by turns. */
  rawHeaders: string[];
  text: string;
}

/** What several processes share. */
export interface Shared {
  clock: FakeClock;
  people: ReturnType<typeof memorySubscribers>;
  mailboxes: ReturnType<typeof memoryMailboxes>;
  isFirst: Host['isFirst'];
}

export function share(): Shared {
  const clock = createFakeClock(NOW);
  return {
    clock,
    people: memorySubscribers(clock),
    mailboxes: memoryMailboxes(),
    isFirst: memoryFirst(clock),
  };
}

export interface World extends Shared {
  url: string;
  links: Links;
  subscribing: Subscribing;
  /** All that was posted, in order, once the background is at rest. */
  posted(): Promise<Posted[]>;
  /** What the next letters fail with. */
  failures: unknown[];
  /** Warnings and errors. */
  logged: [string, LogFields | undefined][];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** A form as a browser sends it from a page of ours. */
  submit(
    path: string,
    fields: readonly (readonly [string, string])[],
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Anything by anybody. */
  post(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<Answer>;
}

/** All pages about e-mail at a real port, over a host in memory. */
export async function open(given: { shared?: Shared; gate?: Partial<GateConfig> } = {}): Promise<World> {
  const shared = given.shared ?? share();
  const { clock, people, mailboxes, isFirst } = shared;
  const logged: World['logged'] = [];
  const note = (message: string, fields?: LogFields) => void logged.push([message, fields]);
  const log = { ...silentLog, warn: note, error: note };
  const server = createServer({ host: '127.0.0.1', port: 0, clock: systemClock, log });
  onTestFinished(() => server.stop(0));
  const gate = createGate({ host: '127.0.0.1', log, ...given.gate });
  const links = createLinks({ publicUrl: 'https://papers.example.org', seal: createSeal(SECRET_KEY), clock });
  const sent: Posted[] = [];
  const failures: unknown[] = [];
  const payloads = new Map<string, Pick<Posted, 'payload' | 'footer'>>();
  const subscribing = createSubscribing({
    links,
    mailboxes: mailboxes.mailboxes,
    gate,
    route: server.route,
    hookSecret: HOOK,
    clock,
    log,
    draw(payload, footer) {
      const html = randomBytes(8).toString('hex');
      payloads.set(html, { payload, footer });
      return { subject: 'A letter', html: { letter: html, end: '' }, text: { letter: 'A letter.', end: '' } };
    },
    post: {
      async send(letter, signal) {
        signal?.throwIfAborted();
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        const drawn = payloads.get(letter.drawn.html.letter);
        if (!drawn) throw new Error('Nobody drew this letter.');
        sent.push({ ...letter, ...drawn });
      },
    },
  });
  onTestFinished(() => subscribing.stop());
  subscribing.mount({ subscribers: people.subscribers, isFirst });
  const assets = gate.app('open');
  addAssets(assets);
  server.route('/assets', listenerOf(assets));
  await server.start();
  const url = server.url ?? '';
  return {
    ...shared,
    url,
    links,
    subscribing,
    failures,
    logged,
    async posted() {
      await subscribing.settle();
      return sent;
    },
    get: async (path, headers = {}) => await ask(url + path, 'GET', headers),
    submit: async (path, fields, headers = {}) =>
      await ask(
        url + path,
        'POST',
        { origin: url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
      ),
    post: async (path, body, headers = {}) => await ask(url + path, 'POST', headers, body),
  };
}

/** As it is said: `fetch` adds what a browser would. */
async function ask(
  address: string,
  method: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
): Promise<Answer> {
  const sent = request(address, {
    method,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('No answer came.');
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  const { statusCode: status = 0, rawHeaders } = answer;
  return { status, headers: answer.headers, rawHeaders, text: Buffer.concat(pieces).toString() };
}

/** The path of a link of ours. */
export function pathOf(link: string | undefined): string {
  return new URL(link ?? '').pathname;
}

/** A form filled in as most people do. */
export const FILLED = [
  ['address', 'ada@example.org'],
  ['listing', 'daily'],
  ['time', '08:00'],
  ['zone', 'Europe/Berlin'],
  ['about', 'agents'],
] as const;
