import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { connect, connectedAgain, withSocket } from './connected.ts';
import { messageText } from './index.ts';

/** A client that waits so long is back soon. */
const SOON_MS = 300;
const START = '2026-11-23T09:00:00.000Z';

describe('Socket Mode', () => {
  it('gives each envelope to one connection, in turn', async () => {
    const { fake, app, channel, ada } = await withSocket();
    const second = await connect(fake);
    expect(fake.sockets).toMatchObject({ count: 2, opened: 2 });
    const heard: string[] = [];
    app.command('/paper', async ({ ack }) => {
      heard.push('first');
      await ack();
    });
    second.app.command('/paper', async ({ ack }) => {
      heard.push('second');
      await ack();
    });
    for (let round = 0; round < 2; round += 1) await ada.slash(channel, '/paper today');
    expect(heard.toSorted()).toEqual(['first', 'second']);
  });

  it('shows a person what the acknowledgement says', async () => {
    const { app, channel, ada } = await withSocket();
    app.command('/paper', async ({ ack, command }) => await ack(`You said ${command.text}`));
    const answer = await ada.ask(channel, '/paper  today "x" ');
    expect(answer.messages.map(messageText)).toEqual(['You said  today "x" ']);
    expect(answer.messages[0]?.onlyFor).toBe(ada.id);
    expect(answer.ackedAfterMs).toBeLessThan(3000);
  });

  it('tells a person when nobody answers', async () => {
    const clock = createFakeClock(START);
    const { fake, app, channel, ada } = await withSocket({ clock });
    app.command('/paper', async () => clock.advance(3001));
    const late = await ada.slash(channel, '/paper today');
    expect(late.ackedAfterMs).toBeUndefined();
    expect(fake.told.at(-1)).toMatchObject({ kind: 'slash_commands', isLost: true });
  });

  it('sends an event that nobody acknowledged again: at once, after one minute, after five', async () => {
    const clock = createFakeClock(START);
    const { fake } = await withSocket({ clock });
    fake.sockets.silence();
    const told = fake.emit({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    clock.advance(3000);
    for (const [sent, waitMs] of [
      [2, 60_000],
      [3, 300_000],
    ] as const) {
      await fake.until(() => told.tries.length === sent);
      clock.advance(3000);
      await fake.until(() => told.againAtMs !== undefined);
      expect(told.againAtMs).toBe(Date.parse(clock.now()) + waitMs);
      clock.advance(waitMs);
    }
    await fake.until(() => told.tries.length === 4);
    clock.advance(3000);
    await fake.settled();
    expect(told.tries.map(({ retry, reason }) => [retry, reason])).toEqual([
      [0, undefined],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(told.isLost).toBe(true);
  });

  it('tells the same again on demand, with its number', async () => {
    const { fake, app } = await withSocket();
    const heard: unknown[] = [];
    app.event('app_home_opened', async ({ body, context }) => {
      heard.push([body.event_id, context.retryNum]);
    });
    const told = fake.emit({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    await fake.settled();
    await fake.repeat(told);
    await fake.until(() => told.tries.length === 2);
    expect(told.tries.map(({ isAcked }) => isAcked)).toEqual([true, true]);
    expect(heard.map((one) => (one as unknown[])[0])).toEqual([told.payload.event_id, told.payload.event_id]);
    expect((heard[1] as unknown[])[1]).toBe(1);
  });

  it.each(['drop', 'disconnect', 'silence'] as const)('lets a client come back after: %s', async (way) => {
    const { fake, receiver } = await withSocket({}, SOON_MS);
    const isBack = connectedAgain(receiver);
    fake.sockets[way]();
    await isBack;
    expect(fake.sockets.opened).toBe(2);
    expect(fake.count('apps.connections.open')).toBe(2);
  });

  it('tells again what fell with its connection, once the client is back', async () => {
    const { fake, app, receiver } = await withSocket({ redeliverAfterMs: [0] }, SOON_MS);
    const heard: unknown[] = [];
    app.event('app_home_opened', async ({ body }) => void heard.push(body.event_id));
    fake.emit({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    await fake.settled();
    heard.splice(0);
    const isBack = connectedAgain(receiver);
    fake.sockets.silence();
    const told = fake.emit({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    fake.sockets.drop();
    await fake.settled();
    expect(told.tries.map(({ reason, isAcked }) => [reason, isAcked])).toEqual([
      [undefined, false],
      ['connection_failed', false],
    ]);
    await isBack;
    await fake.repeat(told);
    expect(heard).toEqual([told.payload.event_id]);
  });

  it('lets in with an app token only, and once with a ticket', async () => {
    const { client, clientOf, fake } = await withSocket();
    await expect(client.apps.connections.open()).rejects.toThrow('not_allowed_token_type');
    await expect(clientOf('xapp-other').apps.connections.open()).rejects.toThrow('invalid_auth');
    const { url } = await clientOf(fake.appToken).apps.connections.open();
    const open = async () =>
      await new Promise((resolve) => {
        const socket = new WebSocket(String(url));
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      });
    expect([await open(), await open()]).toEqual(['open', 'refused']);
  });

  it.each(['warning', 'link_disabled'] as const)('says that it ends: %s', async (reason) => {
    const { fake, receiver } = await withSocket({}, SOON_MS);
    const said: unknown[] = [];
    const isBack = connectedAgain(receiver);
    receiver.client.on('ws_message', (data: string) => said.push(JSON.parse(data)));
    fake.sockets.disconnect(reason);
    await isBack;
    expect(said).toMatchObject([{ type: 'disconnect', reason }, { type: 'hello' }]);
  });
});

describe('events', () => {
  it('come only with their scope, and messages only where they are subscribed to', async () => {
    const { fake, channel, ada } = await withSocket({ scopes: ['chat:write', 'im:history'] });
    const message = ada.say(channel, 'Hello');
    ada.react(message, 'robot_face');
    ada.say(ada.dm(), 'Hello');
    expect(fake.told).toEqual([]);
    const asked = await withSocket({ events: ['message.im'], scopes: ['im:history'] });
    asked.ada.say(asked.ada.dm(), 'Hello');
    asked.ada.say(asked.channel, 'Hello');
    await asked.fake.settled();
    expect(asked.fake.told.map(({ payload }) => payload.event)).toMatchObject([
      { type: 'message', channel_type: 'im' },
    ]);
    expect(asked.fake.ownProblems).toEqual([]);
  });

  it('tell of channels as they change', async () => {
    const { fake, channel } = await withSocket();
    fake.rename(channel, 'news');
    fake.archive(channel);
    fake.unarchive(channel);
    fake.invite(channel, 'bot');
    fake.kick(channel, 'bot');
    fake.removeChannel(channel);
    const secret = fake.addChannel({ name: 'secret', kind: 'private' });
    fake.archive(secret);
    expect(() => fake.emit({ type: 'app_rate_limited' })).toThrow('by HTTP only');
    await fake.settled();
    const types = fake.told.map(
      ({ payload }) => (payload.event as { type: string } | undefined)?.type ?? payload.type,
    );
    expect(types).toEqual([
      'channel_rename',
      'channel_archive',
      'channel_unarchive',
      'member_joined_channel',
      'member_left_channel',
      'channel_left',
      'channel_deleted',
      'group_archive',
    ]);
    expect(fake.ownProblems).toEqual([]);
  });
});
