import { createEmailAdapter } from '../../../adapters/email/index.ts';
import type { Adapter } from '../../../src/adapter.ts';
import { DAY_MS } from '../../../src/domain/calendar.ts';
import { type Destination, memberOf } from '../../../src/domain/feed.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import { createGate } from '../../../src/gate.ts';
import { silentLog } from '../../../src/log.ts';
import { createSeal } from '../../../src/sealing.ts';
import type { AdapterBench, AdapterSubject, Fault } from '../../contracts/adapter.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { type Front, openFront } from '../../fakes/front.ts';
import { type FakeMail, type Mail, startMail } from '../../fakes/mail/index.ts';
import { checkInert } from '../../mail-checks/inert.ts';
import { readShown, readText } from '../../mail-checks/read.ts';
import { createMemoryMailboxes } from './memory-mailboxes.ts';

export const FROM = 'Paperwire <papers@example.org>';

/** One mail server for many benches. */
export interface MailSite {
  fake: FakeMail;
  front: Front;
  clock: FakeClock;
  adapters: Adapter[];
}

export async function openMailSite(): Promise<MailSite> {
  const fake = await startMail();
  const front = await openFront(fake.port);
  return { fake, front, clock: createFakeClock('2026-11-23T09:00:00.000Z'), adapters: [] };
}

export async function closeMailSite({ fake, front, adapters }: MailSite): Promise<void> {
  await front.stop();
  for (const adapter of adapters) await adapter.stop();
  await fake.stop();
}

/** The e-mail adapter as the contract suite sees it; `site` is asked for when a case begins. */
export function mailSubject(site: () => MailSite): AdapterSubject {
  return {
    name: 'e-mail',
    create: () => createBench(site()),
    cannot: {
      find: 'a mail server does not tell what it has delivered',
      repeat: 'a mail server compares nothing; some mailboxes do',
      edit: 'what is in a mailbox stays as it is',
      skew: 'a mail server tells no time',
      throttled:
        'a mail server that wants a pause does not say how long; each such answer has a test of its own',
      forbidden:
        'a mailbox takes mail or does not: see "gone"; letters beyond ASCII have a test of their own',
    },
  };
}

const REFUSED = { kind: 'answer', code: 550, text: '5.1.1 There is nobody of that name here' } as const;

function createBench({ fake, front, clock, adapters }: MailSite): AdapterBench {
  fake.mend();
  fake.forget();
  const member = 'other@example.org';
  const destination: Destination = { platform: 'email', workspace: 'mail', channel: '@reader@example.org' };
  const mailboxes = createMemoryMailboxes();
  const gate = createGate({ host: '127.0.0.1', log: silentLog });
  let downs = 0;
  let isDownNext = false;

  function create(): Adapter {
    const adapter = createEmailAdapter({
      ...{ smtpUrl: fake.urlWith({ port: front.port }), from: FROM, publicUrl: 'https://papers.example.org' },
      ...{ seal: createSeal('a key for tests that is long enough'), hookSecret: 'not-known', mailboxes },
      ...{ async report() {}, route() {}, gate, clock, log: silentLog },
    });
    adapters.push(adapter);
    return {
      ...adapter,
      send: (message, signal) => throughFront(() => weekly(adapter.send(message, signal))),
    };
  }

  /** A closed address is tried once a week: that passes before the next mail. */
  async function weekly(sent: Promise<string>): Promise<string> {
    return await sent.catch((error: unknown) => {
      if (error instanceof DeliveryRefusedError) clock.advance(7 * DAY_MS);
      throw error;
    });
  }

  /** Takes the network away for one call. */
  async function throughFront<T>(send: () => Promise<T>): Promise<T> {
    if (!isDownNext) return await send();
    isDownNext = false;
    downs += 1;
    await front.down();
    return await send().finally(front.up);
  }

  function failNext(fault: Fault): void {
    const once = { times: 1 };
    if (fault === 'not-arrived') isDownNext = true;
    else if (fault === 'request-lost') fake.fail('end', { kind: 'drop' }, once);
    else if (fault === 'answer-lost') fake.fail('end', { kind: 'drop', isKept: true }, once);
    else if (fault === 'hang') fake.fail('end', { kind: 'hang' }, once);
    else fake.fail('recipient', REFUSED, once);
    // The third in a row.
    if (fault === 'gone') mailboxes.put('reader@example.org', { refusals: 2, changedAt: clock.now() });
  }

  const mailsAt = (at?: Destination) => fake.mails.filter(({ to }) => !at || to === memberOf(at));
  return {
    adapter: create(),
    restarted: create,
    ...{ destination, member, installer: undefined, pageSize: 1, now: clock.now, skew() {} },
    calls: (operation = 'send') =>
      operation === 'send'
        ? downs + fake.attempts.filter((one) => one.hasFailed || one.stage === 'end').length
        : 0,
    failNext,
    shown: () => mailsAt().flatMap((mail) => readShown(htmlOf(mail))),
    text: (at) =>
      mailsAt(at)
        .map((mail) => readText(htmlOf(mail)))
        .join(' '),
    assertInert() {
      const acting = mailsAt().flatMap((mail) => checkInert(drawnIn(mail)));
      if (acting.length > 0) throw new Error(acting.join('\n'));
    },
  };
}

function htmlOf({ parsed: { html } }: Mail): string {
  return html || '';
}

/** What was drawn, as it arrived. */
export function drawnIn(mail: Mail) {
  const { subject = '', text = '' } = mail.parsed;
  return { subject, text, html: htmlOf(mail) };
}
