import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../../src/errors.ts';
import { startDiscord } from '../../../fakes/discord/index.ts';
import { openGateway, prepareGateway, sleepless } from './gateway-scene.ts';

const PUT = 'PUT /applications/{id}/commands';
/** Discord's numbers of what may be heard only with its leave: members, presences, content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const INFO = 30;
const WARN = 40;
const ERROR = 50;

describe('the first login', () => {
  it('asks for nothing privileged, and tells which servers there are', async () => {
    await using scene = await openGateway();
    const { fake, gateway, guild, recorded, logged } = scene;
    const identify = fake.gateway.received.find(({ op }) => op === 2)?.d as { intents: number };
    expect(identify.intents & PRIVILEGED).toBe(0);
    await expect.poll(() => recorded).toEqual([`present ${guild.id}`]);
    expect(gateway.condition()).toEqual({ kind: 'connected' });
    expect(logged(INFO)).toContain('Connected to Discord');
    expect([...logged(WARN), ...logged(ERROR), ...fake.problems, ...fake.ownProblems]).toEqual([]);
  });

  it('takes as many shards as Discord recommends, or as many as it is told to', async () => {
    await using recommended = await openGateway({ discord: { gateway: { shards: 3, maxConcurrency: 3 } } });
    expect(recommended.fake.gateway.identifies).toBe(3);
    await expect.poll(() => recommended.recorded).toEqual([`present ${recommended.guild.id}`]);
    const discord = { gateway: { maxConcurrency: 2 } };
    await using told = await openGateway({ discord, config: { shards: { ids: [0, 1], count: 2 } } });
    expect(told.fake.gateway.identifies).toBe(2);
  });

  it.each([
    ['DISCORD_TOKEN', { config: { token: 'wrong-token' } }],
    [
      'DISCORD_SHARDS',
      { config: { shards: { ids: [0], count: 1 } }, discord: { gateway: { leastShards: 2 } } },
    ],
  ])('that only a person can mend names %s', async (variable, given) => {
    await using scene = await prepareGateway(given);
    const error = await scene.gateway.start(scene.host).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ problems: [{ variable }] });
  });

  it.each([
    ['is down', { kind: 'status', status: 503 }],
    ['does not answer', { kind: 'cut-before' }],
    ['says too much was asked', { kind: 'status', status: 403 }],
  ] as const)('goes on while Discord %s, and says so once', async (_what, fault) => {
    await using scene = await prepareGateway();
    const { fake, gateway, host, logged, channel, bo } = scene;
    fake.fail('GET /gateway/bot', fault, { times: 5 });
    await gateway.start(host);
    await fake.until(() => fake.commands.length > 0);
    expect(logged(WARN)).toEqual(['Discord cannot be reached and is tried again']);
    expect(logged(INFO)).toContain('Connected to Discord');
    expect((await bo.slash(channel, 'paper status')).messages).toHaveLength(1);
  });

  it('goes on while the gateway is down', async () => {
    await using scene = await prepareGateway();
    const { fake, gateway, host, logged } = scene;
    fake.gateway.isUp = false;
    await gateway.start(host);
    expect(gateway.condition()).toEqual({ kind: 'connecting' });
    fake.gateway.isUp = true;
    await fake.until(() => fake.commands.length > 0);
    await expect.poll(gateway.condition).toEqual({ kind: 'connected' });
    expect(logged(WARN)).toEqual(['Discord cannot be reached and is tried again']);
  });

  it('waits longer each time', async () => {
    const pauses: number[] = [];
    const clock = {
      ...sleepless,
      async sleep(durationMs: number, signal?: AbortSignal) {
        pauses.push(durationMs);
        await sleepless.sleep(durationMs, signal);
      },
    };
    await using scene = await prepareGateway({ config: { clock } });
    const { fake, gateway, host } = scene;
    fake.fail('GET /gateway/bot', { kind: 'status', status: 503 }, { times: 10 });
    await gateway.start(host);
    await fake.until(() => fake.commands.length > 0);
    expect(pauses.filter((pauseMs) => pauseMs >= 1000).slice(0, 10)).toEqual([
      1500, 3000, 6000, 12_000, 24_000, 48_000, 96_000, 192_000, 225_000, 225_000,
    ]);
  });
});

describe('the commands', () => {
  it('are registered once, and again only when they change', async () => {
    await using first = await openGateway();
    await first.gateway.stop();
    const { fake } = first;
    expect(fake.count(PUT)).toBe(1);
    await using second = await openGateway({ fake });
    await expect.poll(() => second.logged(INFO)).toContain('The commands are registered');
    expect(fake.count(PUT)).toBe(1);
    await second.gateway.stop();
    const [command, ...rest] = second.host.commands;
    if (!command) throw new Error('no command');
    await using third = await openGateway({
      fake,
      host: { commands: [{ ...command, summary: 'Something new' }, ...rest] },
    });
    await expect.poll(() => JSON.stringify(fake.commands)).toContain('Something new');
    expect(fake.count(PUT)).toBe(2);
    await expect.poll(() => third.logged(INFO)).toContain('The commands are registered');
    expect(fake.problems).toEqual([]);
  });

  it('that Discord does not take now are registered later, and the bot runs on', async () => {
    await using scene = await prepareGateway();
    const { fake, gateway, host, logged } = scene;
    fake.fail(PUT, { kind: 'status', status: 500 }, { times: 3 });
    await gateway.start(host);
    await fake.until(() => fake.commands.length > 0);
    expect(gateway.condition()).toEqual({ kind: 'connected' });
    expect(logged(ERROR)).toEqual(['The commands could not be registered and are tried again']);
  });
});

describe('a broken connection', () => {
  it('is resumed, and what happened meanwhile is answered once', async () => {
    await using scene = await openGateway();
    const { fake, bo, channel, invocations, gateway } = scene;
    for (const breakIt of [fake.gateway.cut, () => fake.gateway.close(4000), fake.gateway.askReconnect]) {
      const { resumes } = fake.gateway;
      breakIt();
      const answer = await bo.slash(channel, 'paper status');
      expect(answer.messages).toHaveLength(1);
      await expect.poll(() => fake.gateway.resumes).toBe(resumes + 1);
    }
    expect(invocations).toHaveLength(3);
    expect(fake.gateway.identifies).toBe(1);
    await expect.poll(gateway.condition).toEqual({ kind: 'connected' });
    expect(fake.count(PUT)).toBe(1);
  });

  it('whose session is lost begins anew, and tells again which servers there are', async () => {
    let ready = 0;
    await using scene = await openGateway({ hooks: { onReady: () => void ready++ } });
    const { fake, bo, channel, recorded, guild } = scene;
    const other = fake.addGuild({ name: 'Other' });
    await expect.poll(() => recorded.length).toBe(2);
    fake.gateway.invalidate(false);
    await fake.gateway.whenConnected();
    fake.gateway.cut();
    await fake.until(() => ready === 2 || fake.gateway.identifies === 2);
    await expect.poll(() => recorded.length, { timeout: 15_000 }).toBe(3);
    expect(recorded[2]).toBe(`present ${[guild.id, other.id].sort().join(' ')}`);
    expect((await bo.slash(channel, 'paper status')).messages).toHaveLength(1);
    expect(ready).toBe(2);
  });

  it('that only looks alive is noticed and resumed', async () => {
    await using scene = await openGateway({ discord: { gateway: { heartbeatIntervalMs: 50 } } });
    const { fake, bo, channel } = scene;
    fake.gateway.acksHeartbeats = false;
    await expect.poll(() => fake.gateway.resumes, { timeout: 10_000 }).toBeGreaterThan(0);
    fake.gateway.acksHeartbeats = true;
    expect((await bo.slash(channel, 'paper status')).messages).toHaveLength(1);
  });

  it.each([4004, 4010, 4011, 4012, 4013, 4014])(
    'that Discord closes with %i is told to the operator',
    async (code) => {
      await using scene = await openGateway();
      const { fake, gateway, logged, reported } = scene;
      expect(reported).toEqual([undefined]);
      fake.gateway.close(code);
      await expect.poll(() => gateway.condition().kind).toBe('refused');
      expect(gateway.condition()).toMatchObject({ problem: { problem: expect.stringMatching(/\.$/) } });
      expect(logged(ERROR)).toEqual(['Discord does not let the bot in any more']);
      const told = expect.stringMatching(/^Discord does not let the bot in.* restart/);
      expect(reported.slice(0, 2)).toEqual([undefined, told]);
    },
  );
});

describe('servers', () => {
  it('that let us in and show us out are told, with who added us; an outage is neither', async () => {
    const joins: unknown[] = [];
    await using scene = await openGateway({ hooks: { onJoin: async (join) => void joins.push(join) } });
    const { fake, ada, recorded, guild } = scene;
    const other = fake.addGuild({ name: 'Other', hasBot: false });
    fake.join(other, ada, { permissions: ['ManageGuild'] });
    fake.addBot(other, ada);
    await expect.poll(() => joins).toEqual([{ server: other.id, outcome: 'new', adder: ada.id }]);
    fake.setDown(other, true);
    fake.setDown(other, false);
    fake.kickBot(other);
    await expect
      .poll(() => recorded)
      .toEqual([`present ${guild.id}`, `joined ${other.id}`, `left ${other.id}`]);
    expect(joins).toHaveLength(1);
  });

  it('that are down at the beginning do not keep others waiting', async () => {
    await using scene = await prepareGateway();
    const { fake, gateway, host, bo, channel, recorded, guild } = scene;
    const down = fake.addGuild({ name: 'Down' });
    fake.setDown(down, true);
    await gateway.start(host);
    await fake.until(() => fake.commands.length > 0);
    const answer = await bo.slash(channel, 'paper status');
    // discord.js itself would hold it back for a second here.
    expect(answer.afterMs).toBeLessThan(900);
    await expect.poll(() => recorded).toEqual([`present ${[guild.id, down.id].sort().join(' ')}`]);
  });
});

describe('reactions', () => {
  it('arrive as the gateway tells of them, also those on messages that nobody remembers', async () => {
    const seen: unknown[] = [];
    await using scene = await openGateway({
      hooks: {
        onReaction: (event, isAdded) => void seen.push([event, isAdded]),
        onReactionsCleared: (event) => void seen.push([event]),
      },
    });
    const { fake, channel, bo } = scene;
    const message = await scene.post(channel, { kind: 'text', title: 'Topics', paragraphs: [] });
    bo.react(message, '🤖');
    bo.unreact(message, '🤖');
    bo.react(message, '🤖');
    fake.clearReactions(message);
    await expect.poll(() => seen.length).toBe(4);
    const event = { message_id: message.id, user_id: bo.id, emoji: { name: '🤖' } };
    expect(seen).toMatchObject([[event, true], [event, false], [event, true], [{ message_id: message.id }]]);
  });
});

describe('the end', () => {
  it('comes also while nothing is connected, twice, and to one that never began', async () => {
    await using scene = await prepareGateway();
    await scene.gateway.stop();
    const { fake } = scene;
    await using other = await prepareGateway({ fake });
    fake.gateway.isUp = false;
    await other.gateway.start(other.host);
    await other.gateway.stop();
    await other.gateway.stop();
    expect(other.gateway.condition()).toEqual({ kind: 'closed' });
  });

  it.each(['never was there', 'has gone away'])('ends the process also where Discord %s', async (when) => {
    const fake = await startDiscord({ limits: false });
    fake.gateway.isUp = when === 'has gone away';
    const script = fileURLToPath(new URL('gateway-away.ts', import.meta.url));
    const child = spawn(process.execPath, [script, fake.url, fake.token], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    fake.gateway.isUp = false;
    fake.gateway.cut();
    // It is told to stop while it tries again.
    await fake.until(() => fake.gateway.connected === 0);
    child.stdin.write('stop');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await fake.stop();
  });

  it('closes the connection, and is no trouble to the log', async () => {
    await using scene = await openGateway();
    await scene.gateway.stop();
    await expect.poll(() => scene.fake.gateway.connected).toBe(0);
    expect(scene.gateway.condition()).toEqual({ kind: 'closed' });
    expect(scene.logged(INFO)).not.toContain('A connection to Discord broke and is restored');
    expect([...scene.logged(WARN), ...scene.logged(ERROR)]).toEqual([]);
  });
});
