import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { MINUTE_MS, msBetween } from '../../src/domain/calendar.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import type { MailOrder } from '../../src/subscribers.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { type FakeMail, type Mail, startMail } from '../fakes/mail/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { withStore } from './bot-store.ts';
import { emailEnv } from './email-setup.ts';
import { installProgram, type Program } from './program.ts';
import {
  AGENTS,
  eventually,
  lists,
  MORNING,
  type RunningProgram,
  running,
  shifted,
  stop,
  TODAY,
} from './running.ts';

const ADA = 'ada@example.net';
const BO = 'bo@example.net';
const DUE_AT = `${TODAY}T09:00:10.000Z`;
const ORDER: MailOrder = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] };
const AGENTS_ONLY: MailOrder = { ...ORDER, interests: [{ kind: 'topic', key: 'agents', label: 'Agents' }] };

let fake: FakeMail;
let source: SourceServer;
let program: Program;
let bot: RunningProgram | undefined;
/** How far the program’s date is ahead of the machine’s. */
let byMs = 0;

beforeEach(async () => {
  byMs = msBetween(systemClock.now(), DUE_AT);
  const now = () => new Date(Date.parse(systemClock.now()) + byMs).toISOString();
  fake = await startMail();
  source = await startSourceServer({ now, lists: lists() });
  program = installProgram(source.url);
});
afterEach(async () => {
  bot?.kill('SIGKILL');
  await bot?.ended;
  await fake.stop();
  await source.stop();
  program.remove();
});

const env = () => ({ ...emailEnv(fake.url), ...shifted(byMs) });

/** Readers who confirmed in the morning. */
async function subscribe(orders: Readonly<Record<string, MailOrder>>): Promise<void> {
  await withStore(`sqlite:${program.folder}/data/test.db`, async (store) => {
    const subscribers = createSubscribers({ store, clock: createFakeClock(MORNING) });
    for (const [address, order] of Object.entries(orders)) await subscribers.put(address, order);
  });
}

function start(): RunningProgram {
  bot = running(program.spawn(['start'], env()));
  return bot;
}

async function arrived(count: number, { said, log }: RunningProgram): Promise<readonly Mail[]> {
  await eventually(() => fake.mails.length >= count, `${count} mails arrive: ${said()}${log()}`);
  return fake.mails;
}

async function open(): Promise<DeliveryStatus[]> {
  const { out } = await program.run(['delivery', 'list', '--json'], { env: env() });
  return JSON.parse(out).deliveries;
}

/** What a reader may send to with one press, as the mail says. */
const oneClick = ({ raw }: Mail) => /^List-Unsubscribe: <(\S+)>/im.exec(raw.toString())?.[1] ?? '';

describe('paperwire start with a mail server', () => {
  it('brings each reader the edition that they want, with the way to end it, over TLS', async () => {
    await subscribe({ [ADA]: ORDER, [BO]: AGENTS_ONLY });
    const running = start();
    const mails = await arrived(2, running);
    const [ada, bo] = [ADA, BO].map((to) => mails.find((mail) => mail.to === to)) as [Mail, Mail];
    for (const { isSafe, parsed, raw } of mails) {
      expect(isSafe).toBe(true);
      expect(parsed.from?.text).toContain('papers@papers.example.org');
      expect(parsed.text).toContain(AGENTS);
      expect(parsed.html).toContain(AGENTS);
      expect(raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    }
    expect(new Set(mails.map(oneClick)).size).toBe(2);
    const links = (mail: Mail) => new Set(String(mail.parsed.html).match(/arxiv\.org\/abs\/[\d.]+/g)).size;
    expect(links(ada)).toBe(10);
    expect(links(bo)).toBeLessThan(10);
    await stop(running);
    expect(await open()).toEqual([]);
    const { out } = await program.run(['status'], { env: env() });
    expect(out).not.toContain(ADA);
  });

  it('does not send again what may have arrived; whoever runs it does, and it is the same mail', async () => {
    await subscribe({ [ADA]: ORDER });
    fake.fail('end', { kind: 'drop', isKept: true }, { times: 1 });
    const first = start();
    await arrived(1, first);
    await stop(first);
    // Whether it arrived is looked up in a minute.
    byMs += 2 * MINUTE_MS;
    const second = start();
    const isInDoubt = async () => (await open()).some(({ state }) => state === 'uncertain');
    await eventually(isInDoubt, `it is in doubt: ${second.log()}`);
    const [doubt] = await open();
    expect(doubt?.destination).toMatchObject({ platform: 'email', channel: `@${ADA}` });
    await stop(second);
    expect(fake.mails).toHaveLength(1);
    await program.run(['delivery', 'resend', doubt?.id ?? ''], { env: env() });
    const [before, after] = await arrived(2, start());
    expect(after?.parsed.messageId).toBe(before?.parsed.messageId);
    await eventually(async () => (await open()).length === 0, 'nothing is open');
    expect(fake.mails).toHaveLength(2);
  });

  it('tells the operator of a password that is wrong, not with the first edition but at the start', async () => {
    const smtp = { SMTP_URL: fake.urlWith({ login: 'paperwire:another' }) };
    bot = running(program.spawn(['start'], { ...env(), ...smtp }));
    const { log, said } = bot;
    await eventually(() => log().includes('SMTP_URL'), `it is told: ${said()}${log()}`);
    expect(`${log()}${said()}`).not.toContain('another');
    await stop(bot);
  });
});
