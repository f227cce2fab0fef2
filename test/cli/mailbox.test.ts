import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownText, openedText } from '../../src/cli/mailbox.ts';
import { systemClock } from '../../src/clock.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import { createMailboxes } from '../../src/sealing/mailboxes.ts';
import type { Store } from '../../src/store.ts';
import type { Mailbox } from '../../src/subscribers.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { emailEnv, PUBLIC_URL, SECRET_KEY } from '../end-to-end/email-setup.ts';
import { type Ended, installProgram, NOBODY, type Program } from '../end-to-end/program.ts';

const ADA = 'ada@example.org';
const COMPLAINED: Mailbox = { refusals: 0, blocked: 'complained', changedAt: '2026-11-23T09:00:00.000Z' };
const ORDER = { listing: 'daily', time: '08:00', zone: 'UTC', interests: [] } as const;

let program: Program;
let stores = 0;
let storeUrl: string;
beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());
beforeEach(() => {
  stores += 1;
  storeUrl = `sqlite:${join(program.folder, `${stores}.db`)}`;
});

function paperwire(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const own = { ...emailEnv('smtp://127.0.0.1:9'), STORE_URL: storeUrl, LOG_LEVEL: 'debug' };
  return program.run(args, { env: { ...own, ...env } });
}

const inStore = <T>(work: (store: Store) => Promise<T>) => withStore(storeUrl, work);
const mailboxesIn = (store: Store, secretKey = SECRET_KEY) => createMailboxes({ store, secretKey });
const heldAgainst = (address: string) => inStore((store) => mailboxesIn(store).get(address));

describe('paperwire mailbox', () => {
  it('tells of a complaint, opens the address, and begins no subscription', async () => {
    await inStore((store) => mailboxesIn(store).set(ADA, COMPLAINED));
    const told = await paperwire(['mailbox', 'Ada@Example.org']);
    expect([told.code, told.out]).toEqual([0, `${knownText({ address: ADA, mailbox: COMPLAINED })}\n`]);
    expect(await heldAgainst(ADA)).toEqual(COMPLAINED);
    const opened = await paperwire(['mailbox', ADA, '--open']);
    const sentence = openedText({ address: ADA, mailbox: COMPLAINED }, PUBLIC_URL);
    expect([opened.code, opened.out]).toEqual([0, `${sentence}\n`]);
    expect(await heldAgainst(ADA)).toBeUndefined();
    const isSubscribed = (store: Store) => createSubscribers({ store, clock: systemClock }).get(ADA);
    expect(await inStore(isSubscribed)).toBeUndefined();
    for (const { err } of [told, opened]) expect(err).not.toMatch(/ada|example\.org/i);
  });

  it('tells programs how it stands, of this address alone', async () => {
    const other = '-bob@example.org';
    await inStore(async (store) => {
      await createSubscribers({ store, clock: systemClock }).put(ADA, ORDER);
      for (const address of [ADA, other]) await mailboxesIn(store).set(address, COMPLAINED);
    });
    const known = async (...args: string[]) =>
      JSON.parse((await paperwire(['mailbox', ...args, '--json'])).out);
    expect(await known(ADA)).toEqual({ address: ADA, subscription: 'active', mailbox: COMPLAINED });
    expect(await known('--open', ADA)).toEqual({ address: ADA, subscription: 'active' });
    expect(await known(other)).toEqual({ address: other, mailbox: COMPLAINED });
  });

  it('knows by the key that stands beside the store, as the bot does', async () => {
    const own = { SECRET_KEY: '' };
    await paperwire(['mailbox', ADA], own);
    const [file = ''] = readdirSync(program.folder).filter((name) => name.endsWith(`${stores}.key`));
    const key = readFileSync(join(program.folder, file), 'utf8').trim();
    await inStore((store) => mailboxesIn(store, key).set(ADA, COMPLAINED));
    expect((await paperwire(['mailbox', ADA], own)).out).toContain('is unwanted');
  });

  it.each([[[]], [['ada']], [['Ada <ada@example.org>']], [[ADA, 'bob@example.org']], [[ADA, '--shut']]])(
    'wrong usage %j: a sentence and exit 2',
    async (args) => {
      const { code, out, err } = await paperwire(['mailbox', ...args]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('paperwire mailbox');
      expect(err.trim().split('\n')).toHaveLength(1);
    },
  );

  it('says where to begin where no mail is set up, and exits 78', async () => {
    const { code, out, err } = await program.run(['mailbox', ADA], { env: { STORE_URL: storeUrl } });
    expect([code, out]).toEqual([78, '']);
    expect(err).toContain('SMTP_URL');
  });
});

describe('what is said of an address', () => {
  const changedAt = '2026-11-23T09:00:00.000Z';

  it.each([
    [{}, 'gets no editions by e-mail. Nothing is held against it.'],
    [{ subscription: 'active' }, 'gets editions by e-mail. Nothing is held against it.'],
    [
      { subscription: 'active', mailbox: { refusals: 1, changedAt } },
      'gets editions by e-mail. 1 mail was refused, at 2026-11-23 09:00 UTC.',
    ],
    [
      { subscription: 'suspended', mailbox: { refusals: 3, changedAt } },
      'gets editions by e-mail, but its subscription is suspended. 3 mails in a row were refused, the last at 2026-11-23 09:00 UTC.',
    ],
    [
      { mailbox: COMPLAINED },
      'gets no editions by e-mail. Since 2026-11-23 09:00 UTC nothing is sent there, as whoever has it said that mail from here is unwanted.',
    ],
    [
      { mailbox: { refusals: 2, blocked: 'bounced', changedAt } },
      'gets no editions by e-mail. Since 2026-11-23 09:00 UTC nothing is sent there, as its mail server said that it does not exist. Before that 2 mails in a row were refused.',
    ],
  ] as const)('%j', (known, sentences) => {
    const hint = 'mailbox' in known ? ` To open it again: paperwire mailbox ${ADA} --open` : '';
    expect(knownText({ address: ADA, ...known })).toBe(`${ADA} ${sentences}${hint}`);
  });

  it.each([
    [
      { mailbox: COMPLAINED },
      `Nothing is held against ${ADA} any more. It gets no editions yet: only whoever has it can begin a subscription, at ${PUBLIC_URL}/email.`,
    ],
    [
      { subscription: 'suspended', mailbox: { refusals: 3, changedAt } },
      `Nothing is held against ${ADA} any more. Its suspended subscription goes on with the next daily look.`,
    ],
    [{ subscription: 'active' }, `Nothing was held against ${ADA}. ${ADA} gets editions by e-mail.`],
  ] as const)('once it is opened: %j', (known, sentences) => {
    expect(openedText({ address: ADA, ...known }, PUBLIC_URL)).toBe(sentences);
  });
});
