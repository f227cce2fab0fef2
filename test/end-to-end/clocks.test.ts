import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Check } from '../../src/view.ts';
import { startDiscord } from '../fakes/discord/index.ts';
import { describeWith } from '../servers/index.ts';
import { openProcesses } from './processes-world.ts';
import { installProgram, NOBODY } from './program.ts';
import { eventually, type RunningProgram, running, TODAY } from './running.ts';
import { placeOnPostgres, placeOnRedis, type SharedPlace } from './shared-place.ts';

const SHIFT = new URL('shift-date.ts', import.meta.url);
/** A minute in little more than a second. */
const HURRY = new URL('../faults/hurry.ts', import.meta.url);
const DISCORD = { DISCORD_TOKEN: 'a-token', DISCORD_API_URL: NOBODY };

/** Runs the program by a clock that is so far ahead, and the store on that server. */
async function runAhead(place: SharedPlace, byMs: number, ...args: string[]) {
  const program = installProgram(NOBODY);
  onTestFinished(() => program.remove());
  const shift = byMs === 0 ? {} : { NODE_OPTIONS: `--import=${SHIFT}?byMs=${byMs}` };
  const env = { ...DISCORD, STORE_URL: place.storeUrl, ...shift };
  const { code, err } = await program.run(args, { env, until: /runs as a worker/ });
  return [code, err];
}

describe.each([
  ['postgres', placeOnPostgres],
  ['redis', placeOnRedis],
] as const)('beside the clock of a %s server', (server, placeOn) => {
  describeWith(server, 'a store on it', (url) => {
    const openPlace = () => {
      const place = placeOn(url);
      onTestFinished(() => place.remove());
      return place;
    };

    it.each([
      [
        -60_000,
        /: this machine's clock is (59|60) s behind that of the store's server\. Set this machine's clock/,
      ],
      [
        60_000,
        /: this machine's clock is (59|60) s ahead of that of the store's server\. Set this machine's clock/,
      ],
    ])('a worker by a clock that is %i ms ahead does not start: exit 1', async (byMs, sentence) => {
      for (const args of [['--role', 'worker'], ['--once']]) {
        const [code, said] = await runAhead(openPlace(), byMs, 'start', ...args);
        expect([code, said]).toEqual([1, expect.stringMatching(sentence)]);
      }
    });

    it('a worker by a clock that is right starts', async () => {
      expect(await runAhead(openPlace(), 0, 'start', '--role', 'worker')).toEqual([0, expect.any(String)]);
    });

    it('nobody posts as if it were another time; what would be posted is shown', async () => {
      const place = openPlace();
      const post = ['post', '--feed', 'nope', '--now', '2026-11-23T09:00:00Z'];
      expect(await runAhead(place, 0, ...post)).toEqual([2, expect.stringContaining('add --dry-run')]);
      const shown = await runAhead(place, 0, ...post, '--dry-run');
      expect(shown).toEqual([2, expect.stringContaining('There is no feed "nope"')]);
    });
  });
});

/** What `/readyz` of a process says. */
async function readiness(bot: RunningProgram): Promise<{ status: number; checks: Check[] }> {
  const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(bot.said()) ?? [];
  const answer = await fetch(`${address}/readyz`);
  const { checks } = (await answer.json()) as { checks: Check[] };
  return { status: answer.status, checks };
}

async function editionsOf(bot: RunningProgram): Promise<Check | undefined> {
  return (await readiness(bot)).checks.find(({ name }) => name === 'editions');
}

describeWith('postgres', 'a gateway', (url) => {
  it('is not ready while no worker looks for editions, and is as soon as one does', async () => {
    await using world = await openProcesses(placeOnPostgres(url));
    const gateway = await world.start('gateway');
    expect(await editionsOf(gateway)).toMatchObject({ isFine: true });
    await world.setTime(`${TODAY}T23:00:00.000Z`);
    expect(await editionsOf(gateway)).toMatchObject({
      isFine: false,
      sentence: expect.stringContaining('No worker has looked for editions for 5 minutes'),
    });
    expect(await readiness(gateway)).toMatchObject({ status: 503 });
    await world.start('worker');
    await world.setTime(`${TODAY}T23:01:00.000Z`);
    const isFine = async () => (await editionsOf(gateway))?.isFine === true;
    await eventually(isFine, 'a run is seen');
  }, 60_000);
});

/** Where alarms are posted; `told`: their subjects and events. */
async function startWebhook(): Promise<{ url: string; told: string[] }> {
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    const { subject, event } = (await json(request)) as { subject: string; event: string };
    told.push(`${subject} ${event}`);
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

describeWith('redis', 'a gateway whose minutes are short', (url) => {
  it('tells the operator that no worker runs, and that one does', async () => {
    const place = placeOnRedis(url);
    const fake = await startDiscord();
    const program = installProgram(NOBODY);
    const webhook = await startWebhook();
    const env = {
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.url,
      STORE_URL: place.storeUrl,
      ALARM_URL: webhook.url,
      NODE_OPTIONS: `--import=${HURRY}?speed=50`,
    };
    const bots = [running(program.spawn(['start', '--role', 'gateway'], env))];
    try {
      const isTold = (what: string) => () => webhook.told.includes(what);
      await eventually(isTold('editions raised'), 'the operator hears that no worker runs');
      bots.push(running(program.spawn(['start', '--role', 'worker'], env)));
      await eventually(isTold('editions cleared'), 'the operator hears that one runs');
      expect(webhook.told).toEqual(['editions raised', 'editions cleared']);
    } finally {
      for (const bot of bots) bot.kill('SIGKILL');
      await Promise.all(bots.map(({ ended }) => ended));
      await fake.stop();
      program.remove();
      await place.remove();
    }
  }, 60_000);
});
