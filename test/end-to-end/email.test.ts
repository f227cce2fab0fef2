import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import type { MailOrder } from '../../src/subscribers.ts';
import { createFakeClock } from '../fakes/clock.ts';
import type { Mail } from '../fakes/mail/index.ts';
import { withStore } from './bot-store.ts';
import { type MailWorld, oneClickOf, openMailWorld } from './email-world.ts';
import { AGENTS, eventually, MORNING, type RunningProgram, stop, TODAY } from './running.ts';

const ADA = 'ada@example.net';
const BO = 'bo@example.net';
const DUE_AT = `${TODAY}T09:00:10.000Z`;
const ORDER: MailOrder = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] };
const AGENTS_ONLY: MailOrder = { ...ORDER, interests: [{ kind: 'topic', key: 'agents', label: 'Agents' }] };

let world: MailWorld;

beforeEach(async () => {
  world = await openMailWorld();
  world.setTime(DUE_AT);
});
afterEach(() => world.close());

/** Readers who confirmed in the morning. */
async function subscribe(orders: Readonly<Record<string, MailOrder>>): Promise<void> {
  await withStore(world.storeUrl, async (store) => {
    const subscribers = createSubscribers({ store, clock: createFakeClock(MORNING) });
    for (const [address, order] of Object.entries(orders)) await subscribers.put(address, order);
  });
}

async function arrived(count: number, { said, log }: RunningProgram): Promise<readonly Mail[]> {
  const { fake } = world;
  await eventually(() => fake.mails.length >= count, `${count} mails arrive: ${said()}${log()}`);
  return fake.mails;
}

const paperwire = (...args: string[]) => world.program.run(args, { env: world.env() });

async function open(): Promise<DeliveryStatus[]> {
  const { out } = await paperwire('delivery', 'list', '--json');
  return JSON.parse(out).deliveries;
}

describe('paperwire start with a mail server', () => {
  it('brings each reader the edition that they want, with the way to end it, over TLS', async () => {
    await subscribe({ [ADA]: ORDER, [BO]: AGENTS_ONLY });
    const bot = world.start();
    const mails = await arrived(2, bot);
    const [ada, bo] = [ADA, BO].map((to) => mails.find((mail) => mail.to === to)) as [Mail, Mail];
    for (const { isSafe, parsed, raw } of mails) {
      expect(isSafe).toBe(true);
      expect(parsed.from?.text).toContain('papers@papers.example.org');
      expect(parsed.text).toContain(AGENTS);
      expect(parsed.html).toContain(AGENTS);
      expect(raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    }
    expect(new Set(mails.map(({ raw }) => oneClickOf(raw))).size).toBe(2);
    const links = (mail: Mail) => new Set(String(mail.parsed.html).match(/arxiv\.org\/abs\/[\d.]+/g)).size;
    expect(links(ada)).toBe(10);
    expect(links(bo)).toBeLessThan(10);
    await stop(bot);
    expect(await open()).toEqual([]);
    const { out } = await paperwire('status');
    expect(out).not.toContain(ADA);
  });

  it('does not send again what may have arrived; whoever runs it does, and it is the same mail', async () => {
    await subscribe({ [ADA]: ORDER });
    world.fake.fail('end', { kind: 'drop', isKept: true }, { times: 1 });
    const first = world.start();
    await arrived(1, first);
    await stop(first);
    // Whether it arrived is looked up in a minute.
    world.setTime(addMs(world.now(), 2 * MINUTE_MS));
    const second = world.start();
    const isInDoubt = async () => (await open()).some(({ state }) => state === 'uncertain');
    await eventually(isInDoubt, `it is in doubt: ${second.log()}`);
    const [doubt] = await open();
    expect(doubt?.destination).toMatchObject({ platform: 'email', channel: `@${ADA}` });
    await stop(second);
    expect(world.fake.mails).toHaveLength(1);
    await paperwire('delivery', 'resend', doubt?.id ?? '');
    const [before, after] = await arrived(2, world.start());
    expect(after?.parsed.messageId).toBe(before?.parsed.messageId);
    await eventually(async () => (await open()).length === 0, 'nothing is open');
    expect(world.fake.mails).toHaveLength(2);
  });

  it('tells the operator of a password that is wrong, not with the first edition but at the start', async () => {
    const smtp = { SMTP_URL: world.fake.urlWith({ login: 'paperwire:another' }) };
    const bot = world.start(smtp);
    const { log, said } = bot;
    await eventually(() => log().includes('SMTP_URL'), `it is told: ${said()}${log()}`);
    expect(`${log()}${said()}`).not.toContain('another');
    await stop(bot);
  });
});
