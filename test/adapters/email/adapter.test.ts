import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../adapters/email/index.ts';
import type { Adapter } from '../../../src/adapter.ts';
import { createGate } from '../../../src/gate.ts';
import { silentLog } from '../../../src/log.ts';
import { createSeal } from '../../../src/sealing.ts';
import { aMessage } from '../../contracts/adapter-post.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { DEAF_HOST } from '../../fakes/deaf-host.ts';
import { type FakeMail, startMail } from '../../fakes/mail/index.ts';
import { FROM } from './bench.ts';
import { createMemoryMailboxes } from './memory-mailboxes.ts';

const destination = { platform: 'email', workspace: 'mail', channel: '@reader@example.org' } as const;

let fake: FakeMail;
let adapter: Adapter;
let reports: unknown[];
/** Is told each of them. */
let hear: (trouble: unknown) => void = () => {};
let routes: string[];

beforeEach(async () => {
  fake = await startMail();
  reports = [];
  routes = [];
});
afterEach(async () => {
  await adapter.stop();
  await fake.stop();
});

function create(smtpUrl = fake.url): Adapter {
  adapter = createEmailAdapter({
    ...{ smtpUrl, from: FROM, publicUrl: 'https://papers.example.org', hookSecret: 'not-known' },
    ...{ seal: createSeal('a key for tests that is long enough'), mailboxes: createMemoryMailboxes() },
    async report(trouble) {
      reports.push(trouble);
      hear(trouble);
    },
    route: (prefix) => void routes.push(prefix),
    gate: createGate({ host: '127.0.0.1', log: silentLog }),
    clock: createFakeClock('2026-11-23T09:00:00.000Z'),
    log: silentLog,
  });
  return adapter;
}

/** The next thing that the operator is told. */
async function start(): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  hear = resolve;
  await adapter.start(DEAF_HOST);
  return await promise;
}

describe('the e-mail adapter', () => {
  it('asks at its start whether the mail server lets it in, and opens its pages', async () => {
    create();
    expect(await start()).toBeUndefined();
    expect(reports).toEqual([undefined]);
    expect(routes).toContain('/email');
    expect(fake.attempts).toEqual([]);
  });

  it('starts all the same where it does not, and tells the operator why', async () => {
    create(fake.urlWith({ login: 'paperwire:wrong' }));
    expect(await start()).toMatch(/the user and the password of SMTP_URL/);
  });

  it('starts all the same where nobody is there', async () => {
    await fake.stop();
    create();
    await adapter.start(DEAF_HOST);
  });

  it('sends also where it is not started, as a process does that only posts', async () => {
    create();
    expect(await adapter.send(aMessage({ adapter, destination }))).toMatch(/^<[\da-f]{40}@example\.org>$/);
    expect(fake.mails).toHaveLength(1);
    await new Promise(setImmediate);
    expect(reports).toEqual([undefined]);
  });

  it('sets no pace of its own, and can change nothing that was sent', () => {
    create();
    expect([adapter.rates, adapter.edit, adapter.privateThread, adapter.obstacles]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
