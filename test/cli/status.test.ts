import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { emailEnv } from '../end-to-end/email-setup.ts';
import { installProgram, NOBODY, type Program } from '../end-to-end/program.ts';
import { aFeed } from '../fixtures/feeds.ts';

const ORDER = { listing: 'daily', time: '08:00', zone: 'UTC', interests: [] } as const;

let program: Program;
beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());

const urlOf = (name: string) => `sqlite:${program.folder}/${name}.db`;

async function status(
  name: string,
  env: Record<string, string> = {},
): Promise<{ out: string; json: unknown }> {
  const options = { env: { STORE_URL: urlOf(name), ...env } };
  const { out } = await program.run(['status'], options);
  const json = await program.run(['status', '--json'], options);
  return { out, json: JSON.parse(json.out) };
}

it('status tells how many get editions by e-mail, where it is set up or somebody does', async () => {
  const without = await status('none');
  expect(without.out).not.toContain('subscriber');
  expect(without.json).toMatchObject({ feeds: [], subscribers: 0 });
  const setUp = await status('none', emailEnv('smtp://127.0.0.1:9'));
  expect(setUp.out).toContain('0 subscribers get editions by e-mail.');
  await withStore(urlOf('some'), async (store) => {
    const subscribers = createSubscribers({ store, clock: systemClock });
    for (const name of ['ada', 'bob']) await subscribers.put(`${name}@example.org`, ORDER);
  });
  const left = await status('some');
  expect(left.out).toContain('2 subscribers get editions by e-mail.');
  expect(left.json).toMatchObject({ feeds: [], subscribers: 2 });
});

it('status tells on which platform and in which channel each feed posts', async () => {
  const destination = { platform: 'discord', workspace: 'lab', channel: '4711' } as const;
  await withStore(urlOf('where'), async (store) => {
    await store.addFeed(aFeed({ destination }), systemClock.now());
  });
  const { out, json } = await status('where');
  expect(out).toMatch(/^Where +discord, 4711$/m);
  expect(json).toMatchObject({ feeds: [{ feed: { id: 'feed01', destination } }] });
});
