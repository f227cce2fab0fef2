import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createInstallations } from '../../src/sealing/installations.ts';
import { createSeal } from '../../src/sealing.ts';
import { describeWith, describeWithOwn } from '../servers/index.ts';
import { startRedis, withRedis } from '../servers/redis.ts';
import { withStore } from './bot-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';
import { placeOnPostgres } from './shared-place.ts';

const PASSWORD = 'not-for-messages';
/** Nobody listens there. */
const DOWN = `user:${PASSWORD}@127.0.0.1:1`;
const DISCORD = { DISCORD_TOKEN: 'a-token', DISCORD_API_URL: NOBODY };
/** What a person waits for at the most before it is said what is wrong. */
const MOST_MS = 30_000;

let program: Program;
beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());

/** Starts the bot in vain. Out: the exit code; what it said must be short, and name no password. */
async function startInVain(env: Record<string, string>, ...args: string[]): Promise<[number | null, string]> {
  const since = performance.now();
  const { code, out, err } = await program.run(['start', ...args], { env, until: /./ });
  expect(performance.now() - since).toBeLessThan(MOST_MS);
  expect([out, err.includes(PASSWORD), err.includes('    at ')], err).toEqual(['', false, false]);
  return [code, err];
}

describe.concurrent('a server that does not answer: a sentence with its variable, and exit 1', () => {
  it.each([
    ['STORE_URL', { STORE_URL: `postgres://${DOWN}/db` }],
    ['STORE_URL', { STORE_URL: `redis://${DOWN}` }],
    ['QUEUE_URL', { QUEUE_URL: `postgres://${DOWN}/db` }],
    ['QUEUE_URL', { QUEUE_URL: `redis://${DOWN}` }],
  ])('%s %j', async (variable, env) => {
    const [code, said] = await startInVain({ ...DISCORD, ...env });
    expect(code, said).toBe(1);
    expect(said.trimEnd().split('\n')).toEqual([expect.stringContaining(variable)]);
  });

  it.each(['postgres', 'redis'])(
    '%s: also one that takes the connection and says nothing',
    async (scheme) => {
      const silent = createServer().listen(0, '127.0.0.1');
      onTestFinished(() => void silent.close());
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const address = `${scheme}://user:${PASSWORD}@127.0.0.1:${port}/0`;
      const [[code, said], [queueCode, queueSaid]] = await Promise.all([
        startInVain({ ...DISCORD, STORE_URL: address }),
        startInVain({ ...DISCORD, STORE_URL: 'sqlite:silent.db', QUEUE_URL: address }),
      ]);
      expect([code, queueCode], said + queueSaid).toEqual([1, 1]);
      expect([said, queueSaid]).toEqual([
        expect.stringMatching(/^The store's opening failed: .* in time/),
        expect.stringContaining('QUEUE_URL'),
      ]);
    },
  );
});

describe.concurrent('a role', () => {
  it('that nobody knows: which there are, and exit 2', async () => {
    const [code, said] = await startInVain(DISCORD, '--role', 'nonsense');
    expect([code, said]).toEqual([2, 'There is no role "nonsense". There are: all, gateway, worker.\n']);
  });

  it.each(['gateway', 'worker'])('%s without a platform: exit 78', async (role) => {
    const [code, said] = await startInVain({}, '--role', role);
    expect(code).toBe(78);
    expect(said).toMatch(/^ {2}DISCORD_TOKEN: with --role a platform must be set up/m);
  });
});

it('a queue beside a store that no other process reaches: exit 78', async () => {
  const env = { ...DISCORD, STORE_URL: 'memory:', QUEUE_URL: 'redis://127.0.0.1:1' };
  const [code, said] = await startInVain(env);
  expect([code, said]).toEqual([78, expect.stringContaining('QUEUE_URL: what is kept in memory')]);
});

describeWithOwn('redis', 'a Redis', () => {
  it('that does not persist is no store: exit 1', async () => {
    const server = await startRedis({ isPersistent: false });
    onTestFinished(() => server.remove());
    const [code, said] = await startInVain({ ...DISCORD, STORE_URL: server.url });
    expect([code, said]).toEqual([1, expect.stringContaining('appendonly yes')]);
  });

  it('with a password lets in nobody without it: exit 78 for a store, a sentence for a queue', async () => {
    const server = await startRedis();
    onTestFinished(() => server.remove());
    await withRedis(server.url, (client) => client.config('SET', 'requirepass', 'the-right-one'));
    const url = server.url.replace('//', `//:${PASSWORD}@`);
    const [code, said] = await startInVain({ ...DISCORD, STORE_URL: url });
    expect([code, said]).toEqual([78, expect.stringMatching(/STORE_URL: .*password/)]);
    const [queueCode, queueSaid] = await startInVain({ ...DISCORD, QUEUE_URL: url });
    expect([queueCode, queueSaid]).toEqual([expect.any(Number), expect.stringMatching(/QUEUE_URL|password/)]);
    expect(queueCode).toBeGreaterThan(0);
  });
});

describeWith('postgres', 'processes with different keys', (url) => {
  it('one that cannot open what the others sealed does not start: exit 78', async () => {
    const place = placeOnPostgres(url);
    onTestFinished(() => place.remove());
    const [ours, other] = [newKey(), newKey()];
    const workspace = { platform: 'slack', workspace: 'T1' } as const;
    await withStore(place.storeUrl, async (store) => {
      await store.presence.joined(workspace, systemClock.now(), systemClock.now());
      const installations = createInstallations({ store, seal: createSeal(ours), clock: systemClock });
      await installations.put(workspace, { token: 'xoxb-1' });
    });
    const slack = {
      STORE_URL: place.storeUrl,
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'a-secret',
      SLACK_SIGNING_SECRET: 'another-secret',
      SLACK_API_URL: NOBODY,
      PUBLIC_URL: 'http://127.0.0.1:1',
    };
    for (const role of ['worker', 'gateway']) {
      const [code, said] = await startInVain({ ...slack, SECRET_KEY: other }, '--role', role);
      expect([code, said]).toEqual([78, expect.stringContaining('SECRET_KEY: it opens none of the tokens')]);
    }
    const [code, said] = await startInVain(slack, '--role', 'worker');
    expect([code, said]).toEqual([78, expect.stringContaining('SECRET_KEY: processes that share a store')]);
    const right = { env: { ...slack, SECRET_KEY: ours }, until: /runs as a worker/ };
    expect(await program.run(['start', '--role', 'worker'], right)).toMatchObject({ code: 0 });
  });
});

function newKey(): string {
  return randomBytes(32).toString('hex');
}
