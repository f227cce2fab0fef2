import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Hearing } from '../../../../adapters/slack/gateway/bolt.ts';
import { createHearing } from '../../../../adapters/slack/gateway/hearing.ts';
import { guardSocket } from '../../../../adapters/slack/gateway/limited.ts';
import type { Hooks, Told } from '../../../../adapters/slack/gateway/told.ts';
import type { Tokens } from '../../../../adapters/slack/installing/tokens.ts';
import { systemClock } from '../../../../src/clock.ts';
import { ConfigError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import type { Listener } from '../../../../src/server.ts';
import { SILENT } from '../../../fakes/slack/connected.ts';
import { type Endpoint, type FakeSlack, type SlackOptions, startSlack } from '../../../fakes/slack/index.ts';

/** Pauses between tries take no time here; everything else does. */
const clock = { ...systemClock, sleep: async () => {} };

interface Heard {
  commands: string[];
  events: string[];
  limited: string[];
  /** Ends each slow command. */
  slow: (() => void)[];
  troubles: (string | undefined)[];
  back: number;
}

/** What is heard from a fake, by either way. */
async function setUp(kind: Hearing['kind'], options: SlackOptions = {}, appToken?: string) {
  const fake = await startSlack({ limits: false, specs: false, ...options });
  onTestFinished(() => fake.stop());
  const heard: Heard = { commands: [], events: [], limited: [], slow: [], troubles: [], back: 0 };
  const hearing =
    kind === 'socket'
      ? { kind, appToken: appToken ?? fake.appToken }
      : { kind, signingSecret: fake.signingSecret };
  let route: Listener | undefined;
  const slack = createHearing({
    hearing,
    apiUrl: fake.apiUrl,
    tokens: tokensOf(fake),
    hooks: hooksInto(heard),
    route: (_prefix, listener) => {
      route = listener;
    },
    onTrouble: (trouble) => void heard.troubles.push(trouble),
    onBack: () => {
      heard.back += 1;
    },
    clock,
    log: silentLog,
  });
  onTestFinished(() => slack.stop(1000));
  const people = { ada: fake.addPerson({ name: 'Ada' }), channel: fake.addChannel({ name: 'papers' }) };
  return {
    fake,
    heard,
    slack,
    ...people,
    /** Where Slack posts, by HTTP. */
    async start(): Promise<Endpoint & { url: string }> {
      await slack.start();
      if (!route) return NOWHERE;
      const url = await listen(route);
      return Object.assign(fake.http(url), { url });
    },
  };
}

/** Over the socket. */
const NOWHERE = {} as Endpoint & { url: string };

function tokensOf(fake: FakeSlack): Tokens {
  return {
    of: async () => ({ token: fake.botToken, me: fake.team.bot.id }),
    me: async () => fake.team.bot.id,
    async failed() {},
  };
}

function hooksInto(heard: Heard): Hooks {
  const letBe = async (told: Told) => await told.ack();
  return {
    async onCommand(told) {
      await told.ack();
      const { text } = told.body as { text: string };
      if (text === 'fault') throw new Error('A fault of ours.');
      if (text === 'slow') await new Promise<void>((resolve) => void heard.slow.push(resolve));
      heard.commands.push(text);
    },
    onPress: letBe,
    onShortcut: letBe,
    onSubmit: letBe,
    onSuggest: letBe,
    async onEvent(envelope) {
      const { event } = envelope as { event: { type: string; text?: string } };
      heard.events.push(event.type);
    },
    onLimited: (team) => void heard.limited.push(team),
  };
}

async function listen(listener: Listener): Promise<string> {
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
}

describe.each(['socket', 'http'] as const)('what Slack tells over %s', (kind) => {
  it('is heard, once each, and a fault of ours ends nothing', async () => {
    const { fake, heard, start, ada, channel } = await setUp(kind);
    await start();
    await ada.slash(channel, '/paper fault');
    await ada.slash(channel, '/paper today');
    const told = fake.emit({
      type: 'app_home_opened',
      user: ada.id,
      tab: 'home',
      channel: 'D1',
      event_ts: '1.1',
    });
    await fake.settled();
    await fake.repeat(told);
    await fake.settled();
    expect(heard.commands).toEqual(['today']);
    expect(heard.events).toEqual(['app_home_opened']);
    expect(fake.ownProblems).toEqual([]);
  });

  it('takes nothing any more once it is told to stop', async () => {
    const { heard, slack, start, ada, channel } = await setUp(kind, { ackWithinMs: 200 });
    await start();
    await slack.stop(1000);
    const answer = await ada.slash(channel, '/paper today').catch(() => undefined);
    expect(answer?.ackedAfterMs).toBeUndefined();
    expect(heard.commands).toEqual([]);
  });
});

describe('an event that comes while the bot stops', () => {
  it.each(['socket', 'http'] as const)('is neither taken nor acknowledged over %s', async (kind) => {
    const { fake, heard, slack, start, ada, channel } = await setUp(kind, {
      ackWithinMs: 500,
      redeliverAfterMs: [],
    });
    await start();
    // As long as that is in hand the connection stands.
    const inHand = ada.slash(channel, '/paper slow');
    await vi.waitFor(() => expect(heard.slow).toHaveLength(1));
    const stopping = slack.stop(5000);
    const told = fake.emit({ type: 'app_uninstalled' });
    await fake.settled();
    heard.slow[0]?.();
    await Promise.all([inHand, stopping]);
    expect(told.isAcked).toBe(false);
    expect(heard.events).toEqual([]);
  });
});

describe('the socket', () => {
  it.each(['drop', 'refresh_requested', 'link_disabled'] as const)('comes back after %s', async (how) => {
    const { fake, heard, slack, ada, channel } = await setUp('socket');
    await slack.start();
    for (let times = 1; times <= 3; times += 1) {
      if (how === 'drop') fake.sockets.drop();
      else fake.sockets.disconnect(how);
      await vi.waitFor(() => expect(heard.back).toBe(times));
    }
    expect(fake.sockets).toMatchObject({ count: 1, opened: 4 });
    await ada.slash(channel, '/paper today');
    expect(heard.commands).toEqual(['today']);
  });

  it('goes on trying where Slack cannot be reached, at first and later', async () => {
    const { fake, heard, slack, ada, channel } = await setUp('socket');
    fake.unplug();
    await slack.start();
    expect(heard.troubles).toEqual([]);
    await fake.plugIn();
    await fake.until(() => fake.sockets.count === 1);
    await vi.waitFor(() => expect(heard.troubles).toHaveLength(1));
    fake.unplug();
    await fake.plugIn();
    await vi.waitFor(() => expect(heard.back).toBe(2));
    await ada.slash(channel, '/paper today');
    expect(heard.commands).toEqual(['today']);
  });

  it('a token that only a person can mend stops the start, and later is told', async () => {
    const wrong = await setUp('socket', {}, 'xapp-1-wrong');
    await expect(wrong.slack.start()).rejects.toThrow(ConfigError);
    const { fake, heard, slack } = await setUp('socket');
    await slack.start();
    fake.fail('apps.connections.open', { kind: 'error', error: 'token_revoked' }, { times: 1 });
    fake.sockets.drop();
    await vi.waitFor(() =>
      expect(heard.troubles).toEqual([undefined, expect.stringContaining('SLACK_APP_TOKEN'), undefined]),
    );
  });

  it('stops while it connects, and leaves nothing behind', async () => {
    const { fake, slack } = await setUp('socket');
    fake.fail('apps.connections.open', { kind: 'hang-before' }, { times: 1 });
    const starting = slack.start();
    await fake.until(() => fake.count('apps.connections.open') === 1);
    await slack.stop(1000);
    await starting;
    expect(fake.sockets.count).toBe(0);
  });
});

describe('requests', () => {
  it.each(['bad', 'old', 'none'] as const)('with a signature that is %s are refused', async (signature) => {
    const { heard, start } = await setUp('http');
    const endpoint = await start();
    expect((await endpoint.forge(signature, 'command')).status).toBe(401);
    expect((await endpoint.forge(signature, 'event')).status).toBe(401);
    expect(heard).toMatchObject({ commands: [], events: [] });
  });

  it.each([
    ['application/json', 'null'],
    ['application/json', '[]'],
    ['application/json', '{'],
    ['application/json', ''],
    ['application/x-www-form-urlencoded', 'payload=null'],
    ['application/x-www-form-urlencoded', 'payload=%5B%5D'],
    ['text/plain', 'hello'],
  ])('whose body is no object (%s: %s) are refused, and end nothing', async (type, body) => {
    const { fake, heard, start, ada, channel } = await setUp('http');
    const { url } = await start();
    const timestamp = String(Math.floor(Date.parse(systemClock.now()) / 1000));
    const hash = createHmac('sha256', fake.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    };
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
    await ada.slash(channel, '/paper today');
    expect(heard.commands).toEqual(['today']);
  });

  it('that are too large are refused before they are read whole', async () => {
    const { url } = await (await setUp('http')).start();
    const sending = fetch(url, { method: 'POST', body: 'x'.repeat(3_000_000) }).then(({ status }) => status);
    expect([413, 'cut']).toContain(await sending.catch(() => 'cut'));
  });

  it('that Slack makes to see the address are answered', async () => {
    const endpoint = await (await setUp('http')).start();
    expect((await endpoint.verify()).isVerified).toBe(true);
    expect((await endpoint.sslCheck()).status).toBe(200);
  });

  it('that tell of a team whose events are held back are acknowledged', async () => {
    const { fake, heard, start } = await setUp('http');
    await start();
    const told = fake.emit({ type: 'app_rate_limited' });
    await fake.settled();
    expect(told.isAcked).toBe(true);
    expect(heard.limited).toEqual([fake.team.id]);
  });
});

describe('what the socket’s client stumbles over', () => {
  const limited = { type: 'app_rate_limited', team_id: 'T1' };

  /** A client that is not connected, with what comes out of it. */
  function aClient() {
    const { client } = new SocketModeReceiver({ appToken: 'xapp-1-loopback', logger: SILENT });
    const out: { body: unknown; ack: () => Promise<void> }[] = [];
    guardSocket(client, silentLog);
    client.on('slack_event', (event: (typeof out)[number]) => void out.push(event));
    return { out, hear: (data: string) => client.emit('ws_message', data, false) };
  }

  it('an envelope without an event is handed on', () => {
    const { out, hear } = aClient();
    hear(JSON.stringify({ type: 'events_api', envelope_id: 'e1', payload: limited }));
    expect(out.map(({ body }) => body)).toEqual([limited]);
  });

  it('anything else ends nothing', async () => {
    const { out, hear } = aClient();
    for (const data of ['', 'null', '{"type":"events_api","payload":{}}', '{"type":"events_api"}'])
      hear(data);
    hear(JSON.stringify({ type: 'slash_commands', envelope_id: 'e2', payload: { text: 'today' } }));
    await setImmediate();
    expect(out.map(({ body }) => body)).toEqual([{ text: 'today' }]);
  });
});
