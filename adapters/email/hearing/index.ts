import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Clock } from '../../../src/clock.ts';
import { type AppNeeds, isGone } from '../../../src/gate.ts';
import type { Log } from '../../../src/log.ts';
import type { Mailbox, Mailboxes, Subscribers } from '../../../src/subscribers.ts';
import type { Links } from '../subscribing/links.ts';
import { readJson } from './read-json.ts';
import { readMail } from './read-mail.ts';
import type { Report, Reports } from './report.ts';

export interface HearingNeeds {
  links: Pick<Links, 'read'>;
  mailboxes: Pick<Mailboxes, 'get' | 'set'>;
  subscribers: Pick<Subscribers, 'remove'>;
  clock: Clock;
  log: Log;
}

const PATH = '/email/reports/';

/**
 * What an app needs that is told of bounces: a mail server is no page of ours, and returns a mail of some 300 kB whole. `hookSecret`:
 * the last part of its address, which nobody else knows; else anybody could have us keep such bodies by the hundred.
 */
export function hearingNeeds(hookSecret: string): AppNeeds {
  const isForMachine = (path: string) => path.startsWith(PATH) && isSame(path.slice(PATH.length), hookSecret);
  return { isForAnybody: true, isForMachine, body: 524_288 };
}

const STORE_REST_S = 60;

/**
 * Adds to an app of `hearingNeeds` the way in by which mail servers, or programs between us, tell of bounces and complaints: the address is blocked, and
 * nothing comes to it any more. What tells nothing is taken as well, so that all that comes to a mailbox may be handed on.
 */
export function addHearing(app: Hono, needs: HearingNeeds): void {
  const { links, log } = needs;

  app.post(`${PATH}*`, async (context) => {
    const read = await readBody(context, links);
    if ('sentence' in read) return context.text(`${read.sentence}\n`, 400);
    for (const report of read.reports) await heed(report, needs);
    return context.json({ heeded: read.reports.length });
  });

  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (isGone(context)) return context.text('You have gone.\n', 400);
    // Not its path, which is a secret.
    log.error('A report of a mail server could not be heeded', { error });
    context.header('Retry-After', `${STORE_REST_S}`);
    return context.text('That cannot be noted just now; tell it again in a minute.\n', 503);
  });
}

async function readBody(context: Context, links: Pick<Links, 'read'>): Promise<Reports> {
  const [type = ''] = (context.req.header('content-type') ?? '').toLowerCase().split(';');
  switch (type.trim()) {
    case 'application/json':
      return readJson(await context.req.text());
    case 'message/rfc822':
    case 'message/global':
      return await readMail(new Uint8Array(await context.req.arrayBuffer()), links);
    default:
      return { sentence: 'Send a mail as message/rfc822, or reports as application/json.' };
  }
}

/** The same for what is told twice; a complaint weighs more than a bounce. */
async function heed(
  { kind, address }: Report,
  { mailboxes, subscribers, clock, log }: HearingNeeds,
): Promise<void> {
  const { refusals, blocked: before }: Partial<Mailbox> = (await mailboxes.get(address)) ?? {};
  const isComplaint = kind === 'complaint' || before === 'complained';
  const blocked = isComplaint ? 'complained' : 'bounced';
  // First: whatever happens then, nothing more is sent there.
  await mailboxes.set(address, { refusals: refusals ?? 0, blocked, changedAt: clock.now() });
  const isEnded = await subscribers.remove(address);
  log.info('Nothing more is sent to an address', { blocked, isEnded });
}

/** Takes the same time however much of it is right. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
