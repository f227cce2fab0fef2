import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Adapter } from '../src/adapter.ts';
import { createBot, openWholeStore } from '../src/bot.ts';
import { systemClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import { memberAt } from '../src/domain/member.ts';
import { silentLog } from '../src/log.ts';
import { openStore } from '../src/stores/index.ts';
import { createMemoryAdapter } from './fakes/memory-adapter.ts';
import { type SourceServer, startSourceServer } from './fakes/source-server.ts';
import { aFeed } from './fixtures/feeds.ts';
import { openWorld, PLACE } from './world.ts';

let server: SourceServer;
const folder = mkdtempSync(join(tmpdir(), 'paperwire-bot-'));
beforeAll(async () => {
  server = await startSourceServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function open(environment: Record<string, string> = {}, platform: 'terminal' | 'discord' = 'terminal') {
  const config = readConfig({
    HUGGING_FACE_URL: server.url,
    ARXIV_URL: server.url,
    STORE_URL: `sqlite:${folder}/a.db`,
    ...environment,
  });
  const adapter = createMemoryAdapter({ platform });
  const store = await openWholeStore(config.storeUrl, { clock: systemClock, log: silentLog });
  const bot = await createBot(config, { store, adapters: [adapter], clock: systemClock, log: silentLog });
  return { bot, adapter };
}

const OPERATOR = { id: 'operator', isManager: true };

describe('the bot as it is', () => {
  it('reads, answers, posts and remembers over a restart', async () => {
    const first = await open({ HUGGING_FACE_TOKEN: 'hf_for_a_test' });
    const place = { ...PLACE };
    const { feed } = await first.bot.feeds.add(place, OPERATOR.id, { limit: 3 });
    expect(feed.id).toMatch(/^[a-z2-9]{6}$/);
    const slot = await first.bot.feeds.run(place, feed.id);
    expect(['posted', 'posted-so-far', 'nothing-new']).toContain(slot?.state);
    const posted = first.adapter.posted.length;
    await first.bot.close();

    const second = await open();
    expect(await second.bot.feeds.run(place, feed.id)).toEqual(slot);
    expect([posted, second.adapter.posted.length]).toEqual([1, 0]);
    const at = systemClock.now();
    const reply = await second.bot.host.run({ command: 'status', options: {}, place, member: OPERATOR, at });
    expect(JSON.stringify(reply.cards)).toContain(feed.id);
    await second.bot.close();
    await second.bot.close();
  });

  it('posts alarms as JSON where it is told to', async () => {
    const seen: unknown[] = [];
    const hook = createServer(async (request, response) => {
      seen.push([request.method, request.headers['content-type'], JSON.parse(await text(request))]);
      response.end();
    });
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
    const { port } = hook.address() as AddressInfo;
    const { bot } = await open({ STORE_URL: 'memory:', ALARM_URL: `http://127.0.0.1:${port}/in` });
    const raisedAt = '2026-11-23T09:00:00.000Z';
    const alarm = { id: `alarm/source/x/${raisedAt}`, subject: 'source/x', sentence: 'Odd.', raisedAt };
    await bot.store.alarms.raise(alarm);
    await bot.upkeep.run();
    await bot.upkeep.run();
    expect(seen).toEqual([['POST', 'application/json', { event: 'raised', ...alarm }]]);
    await bot.close();
    hook.close();
  });

  it('does not run on a store whose import was not finished', async () => {
    const url = `sqlite:${folder}/half.db`;
    const from = await openStore('memory:', { clock: systemClock, log: silentLog });
    await from.saveFeed(aFeed(), '2026-11-23T09:00:00.000Z');
    const half = await openStore(url, { clock: systemClock, log: silentLog });
    await half.transfer.begin('export');
    for await (const line of from.transfer.read()) await half.transfer.write([line]);
    await half.close();
    await expect(open({ STORE_URL: url })).rejects.toThrow('an import into it was not finished');
    const whole = await openStore(url, { clock: systemClock, log: silentLog });
    await whole.transfer.end();
    await whole.close();
    const { bot } = await open({ STORE_URL: url });
    expect(await bot.feeds.all()).toHaveLength(1);
    await bot.close();
  });

  it('has the sample only where no platform is set up', async () => {
    const gone = {
      HUGGING_FACE_URL: 'http://127.0.0.1:9',
      ARXIV_URL: 'http://127.0.0.1:9',
      STORE_URL: 'memory:',
    };
    const alone = await open(gone);
    expect((await alone.bot.reader.read({ kind: 'trending', key: 'now' })).fetched.way).toBe('sample');
    await alone.bot.close();
    const serving = await open(gone, 'discord');
    await expect(serving.bot.reader.read({ kind: 'trending', key: 'now' })).rejects.toThrow(
      'does not show its trending list',
    );
    await serving.bot.close();
  });
});

describe('e-mail', () => {
  const order = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] } as const;

  it('is offered where it is set up, each asker by a name of their own', async () => {
    const asked: unknown[] = [];
    const adapter: Adapter = {
      ...createMemoryAdapter({ platform: 'email' }),
      async invite(...given) {
        asked.push([this === adapter, ...given]);
        return 'asked';
      },
    };
    const world = await openWorld('2026-11-22T12:00:00.000Z', { adapters: [adapter] });
    const member = memberAt(PLACE, 'ada');
    expect(await world.services.mail?.invite('ada@example.org', order, member)).toBe('asked');
    expect(asked).toEqual([[true, 'ada@example.org', order, '["terminal","ada"]']]);
    await world.close();
  });

  it('is absent where it is not, and where nobody is asked', async () => {
    for (const platform of ['terminal', 'email'] as const) {
      const adapters = [createMemoryAdapter({ platform })];
      const world = await openWorld('2026-11-22T12:00:00.000Z', { adapters });
      expect(world.services).not.toHaveProperty('mail');
      await world.close();
    }
  });

  it('has subscribers, whom an adapter finds by its host', async () => {
    const world = await openWorld('2026-11-22T12:00:00.000Z');
    await world.host.subscribers.put('ada@example.org', order);
    expect(await world.host.subscribers.get('Ada@example.org')).toMatchObject({ state: 'active' });
    await world.close();
  });
});

describe('the clock of the machine', () => {
  it('tells the time, sleeps, and wakes when it is told to', async () => {
    const before = systemClock.now();
    await systemClock.sleep(1);
    expect(systemClock.now() >= before).toBe(true);
    await expect(systemClock.sleep(60_000, AbortSignal.abort(new Error('wake up')))).rejects.toThrow(
      'wake up',
    );
  });

  it('has deadlines that fall due', async () => {
    const signal = systemClock.deadline(1);
    expect(signal.aborted).toBe(false);
    await once(signal, 'abort');
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });
});

describe('what only one process does', () => {
  it('falls to whoever says it first, until the time is over', async () => {
    const [one, other] = [await open(), await open()];
    const first = await one.bot.host.isFirst('unfurl:C1:2412.00001', 60_000);
    const later = [
      await other.bot.host.isFirst('unfurl:C1:2412.00001', 60_000),
      await one.bot.host.isFirst('unfurl:C1:2412.00001', 60_000),
    ];
    const another = await other.bot.host.isFirst('unfurl:C2:2412.00001', 60_000);
    expect([first, later, another]).toEqual([true, [false, false], true]);
    await one.bot.close();
    await other.bot.close();
  });

  it('makes one feed of what both are told, as it was told last', async () => {
    const [one, other] = [await open(), await open()];
    const place = { platform: 'terminal', workspace: 'twice', channel: 'here' } as const;
    const added = await Promise.all([
      one.bot.feeds.add(place, 'ada', { time: '10:00' }, 'form:V1'),
      other.bot.feeds.add(place, 'ada', { time: '10:00' }, 'form:V1'),
    ]);
    const again = await other.bot.feeds.add(place, 'ada', { time: '11:00' }, 'form:V1');
    const ids = new Set([...added, again].map(({ feed }) => feed.id));
    expect(ids.size).toBe(1);
    expect(again.feed).toMatchObject({ time: '11:00', state: 'active' });
    expect((await one.bot.feeds.add(place, 'ada', {}, 'form:V2')).feed.id).not.toBe(again.feed.id);
    expect((await one.bot.feeds.add(place, 'bo', {}, 'form:V1')).feed.id).not.toBe(again.feed.id);
    expect(await one.bot.feeds.list(place)).toHaveLength(3);
    await one.bot.close();
    await other.bot.close();
  });
});
