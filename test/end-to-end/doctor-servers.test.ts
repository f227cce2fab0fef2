import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/index.ts';
import { describeWith, describeWithOwn } from '../servers/index.ts';
import { startRedis } from '../servers/redis.ts';
import { installProgram, NOBODY, type Program } from './program.ts';
import { placeOnPostgres } from './shared-place.ts';

const PASSWORD = 'not-for-messages';

let program: Program;
let fake: FakeDiscord;
beforeAll(async () => {
  program = installProgram(NOBODY);
  fake = await startDiscord();
});
afterAll(async () => {
  await fake.stop();
  program.remove();
});

/** What the doctor says of store and queue, and the exit code. */
async function examined(env: Record<string, string>): Promise<[number | null, Finding[]]> {
  const discord = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.url };
  const { code, out, err } = await program.run(['doctor', 'discord', '--json'], {
    env: { ...discord, ...env },
  });
  expect([err, out.includes(PASSWORD)]).toEqual(['', false]);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return [code, findings.filter(({ sentence }) => /store|queue/i.test(sentence))];
}

it('the doctor says nothing of an embedded store', async () => {
  expect(await examined({})).toEqual([0, []]);
});

describeWith('postgres', 'the doctor', (url) => {
  it('says how fast store and queue answer', async () => {
    const { storeUrl, queueUrl, remove } = placeOnPostgres(url);
    onTestFinished(remove);
    const [code, findings] = await examined({ STORE_URL: storeUrl, QUEUE_URL: queueUrl });
    expect(code).toBe(0);
    expect(findings.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^The store on Postgres answers within \d+ ms\.$/),
      expect.stringMatching(/^The queue on Postgres answers within \d+ ms\.$/),
    ]);
  });

  it('says so where the queue does not answer, and looks at the rest', async () => {
    const { storeUrl, remove } = placeOnPostgres(url);
    onTestFinished(remove);
    const env = { STORE_URL: storeUrl, QUEUE_URL: `postgres://user:${PASSWORD}@127.0.0.1:1/db` };
    const [code, findings] = await examined(env);
    expect(code).toBe(1);
    expect(findings).toEqual([
      expect.objectContaining({ sentence: expect.stringMatching(/^The store on Postgres/) }),
      {
        state: 'wrong',
        sentence: expect.stringMatching(/^The queue could not be looked at\. .*QUEUE_URL/),
        mend: expect.stringContaining('can this machine reach Postgres?'),
      },
    ]);
  });
});

describeWithOwn('redis', 'the doctor', () => {
  it('warns of a queue that may forget', async () => {
    const server = await startRedis({ isPersistent: false });
    onTestFinished(() => server.remove());
    const [code, [first, second]] = await examined({ QUEUE_URL: server.url });
    expect(code).toBe(0);
    expect(first?.sentence).toMatch(/^The queue on Redis answers within/);
    expect(second).toEqual({
      state: 'warning',
      sentence: expect.stringMatching(/may forget.*appendonly yes/),
    });
  });
});
