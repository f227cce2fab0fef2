import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Answer, openDesk } from './desk.ts';
import { describeWithOwn } from './index.ts';
import { type RedisOptions, startRedis, withRedis } from './redis.ts';

const PASSWORD = 'not-for-messages';

describeWithOwn('redis', 'the desk', () => {
  it('starts one server for all who ask, and takes it away', async () => {
    const { ask, close } = await open({});
    const [first, second] = await Promise.all([ask(), ask()]);
    const url = urlOf(first);
    expect(second).toEqual(first);
    expect(await withRedis(url, (client) => client.ping())).toBe('PONG');
    await close();
    await expect(withRedis(url, (client) => client.ping())).rejects.toThrow();
  });

  it('hands out the server that the environment names', async () => {
    const { url } = await started({});
    const { ask, warn } = await open({ PAPERWIRE_TEST_REDIS: url });
    expect(await ask()).toEqual({ url });
    expect(warn).not.toHaveBeenCalled();
  });

  it('starts one of its own where the one named does not persist, and says so', async () => {
    const { url } = await started({ isPersistent: false });
    const { ask, warn } = await open({ PAPERWIRE_TEST_REDIS: url });
    expect(urlOf(await ask())).not.toBe(url);
    expect(warn.mock.calls).toEqual([
      [
        'The Redis server of PAPERWIRE_TEST_REDIS does not persist (appendonly no): the tests start one of their own.',
      ],
    ]);
  });

  it('does not start another where the one named is dead, and keeps its password to itself', async () => {
    const dead = await started({});
    await dead.remove();
    const { ask } = await open({ PAPERWIRE_TEST_REDIS: dead.url.replace('//', `//:${PASSWORD}@`) });
    expect(await ask()).toEqual({
      broken:
        'The Redis server of PAPERWIRE_TEST_REDIS does not answer: start it, or unset PAPERWIRE_TEST_REDIS.',
    });
  });
});

async function open(env: NodeJS.ProcessEnv) {
  const warn = vi.fn<(sentence: string) => void>();
  const { url, close } = await openDesk({ env, warn });
  onTestFinished(close);
  const ask = async (): Promise<Answer> => (await fetch(`${url}/redis`)).json() as Promise<Answer>;
  return { ask, warn, close };
}

function urlOf(answer: Answer): string {
  if ('url' in answer) return answer.url;
  throw new Error(JSON.stringify(answer));
}

async function started(options: RedisOptions) {
  const server = await startRedis(options);
  onTestFinished(() => server.remove());
  return server;
}

describe('tests that ask for a server', { timeout: 30_000 }, () => {
  const POSTGRES = 'the Postgres server that tests share';
  const REDIS = 'the Redis server that tests share';
  /** Redis is not to be found, and nobody listens where Postgres is said to be. */
  const BARE = { PATH: '', PAPERWIRE_TEST_POSTGRES: `postgres://postgres:${PASSWORD}@127.0.0.1:1/postgres` };
  const DEAD =
    'The Postgres server of PAPERWIRE_TEST_POSTGRES does not answer: start it, or unset PAPERWIRE_TEST_POSTGRES.';
  const ABSENT = 'no Redis server: install redis-server or set PAPERWIRE_TEST_REDIS';

  it('are skipped without one, with the reason in their name, and fail where it should have answered', async () => {
    expect(await outcomes(BARE)).toEqual([
      { name: `${POSTGRES}: has its server`, status: 'failed', reason: DEAD },
      { name: `${REDIS} (skipped: ${ABSENT}) answers, and persists`, status: 'skipped', reason: '' },
    ]);
  });

  it('fail without one where servers are required', async () => {
    expect(await outcomes({ ...BARE, PAPERWIRE_TEST_SERVERS: 'required' })).toEqual([
      { name: `${POSTGRES}: has its server`, status: 'failed', reason: DEAD },
      { name: `${REDIS}: has its server`, status: 'failed', reason: ABSENT },
    ]);
  });
});

interface Report {
  testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
}

/** What a run of `shared.test.ts` with nothing else in its environment comes to. */
async function outcomes(env: NodeJS.ProcessEnv) {
  const folder = await mkdtemp(join(tmpdir(), 'paperwire-report-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const report = join(folder, 'report.json');
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const config = fileURLToPath(new URL('../vitest.config.ts', import.meta.url));
  const flags = ['run', `--config=${config}`, '--reporter=json', `--outputFile=${report}`];
  await once(spawn(process.execPath, [vitest, ...flags, 'test/servers/shared.test.ts'], { env }), 'exit');
  const { testResults }: Report = JSON.parse(await readFile(report, 'utf8'));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ fullName, status, failureMessages: [message = ''] }) => ({
      name: fullName,
      status,
      reason: message.split('\n')[0]?.replace('Error: ', '') ?? '',
    }));
}
