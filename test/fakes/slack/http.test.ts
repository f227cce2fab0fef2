import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { SILENT, withClient } from './connected.ts';
import { messageText, type SlackOptions } from './index.ts';

/** The real Bolt behind HTTP, to which the fake sends. */
async function withHttp(options: SlackOptions = {}) {
  const world = await withClient(options);
  const { fake } = world;
  const receiver = new HTTPReceiver({ signingSecret: fake.signingSecret, logger: SILENT });
  const app = new App({
    token: fake.botToken,
    receiver,
    clientOptions: { slackApiUrl: fake.apiUrl },
    logger: SILENT,
  });
  const server = (await receiver.start({ port: 0, host: '127.0.0.1' } as never)) as Server;
  if (!server.listening) await once(server, 'listening');
  onTestFinished(async () => void (await receiver.stop()));
  const endpoint = fake.http(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return { ...world, app, endpoint };
}

describe('signed HTTP', () => {
  it('is verified, and checked for TLS', async () => {
    const { endpoint } = await withHttp();
    expect(await endpoint.verify()).toMatchObject({ status: 200, isVerified: true });
    expect(await endpoint.sslCheck()).toMatchObject({ status: 200 });
  });

  it.each(['bad', 'old', 'none'] as const)('may be forged: %s', async (signature) => {
    const { app, endpoint } = await withHttp();
    const heard: unknown[] = [];
    app.use(async ({ next }) => {
      heard.push(signature);
      await next();
    });
    expect(await endpoint.forge(signature)).toMatchObject({ status: 401 });
    expect(await endpoint.forge(signature, 'command')).toMatchObject({ status: 401 });
    expect(heard).toEqual([]);
  });

  it('carries commands, presses and events, and what they are acknowledged with', async () => {
    const { fake, app, channel, ada } = await withHttp();
    const go = {
      type: 'button' as const,
      action_id: 'go',
      text: { type: 'plain_text' as const, text: 'Go' },
    };
    app.command(
      '/paper',
      async ({ ack, command }) =>
        await ack({ text: `You said ${command.text}`, blocks: [{ type: 'actions', elements: [go] }] }),
    );
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Gone', replace_original: true });
    });
    const heard: string[] = [];
    app.event('reaction_added', async ({ event }) => void heard.push(event.reaction));
    const answer = await ada.ask(channel, '/paper “x” & y');
    const [message] = answer.messages;
    expect(message?.text).toBe('You said “x” & y');
    if (!message) throw new Error('No message.');
    await (await ada.press(message, 'Go')).whenShown();
    expect(messageText(message)).toBe('Gone');
    ada.react(ada.say(channel, 'Hello'), 'brain');
    await fake.settled();
    expect(heard).toEqual(['brain']);
    expect(fake.told.map(({ tries }) => tries[0]?.status)).toEqual([200, 200, 200]);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('goes again after an error, with its number, and is lost where nobody listens', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { fake, app } = await withHttp({ clock, redeliverAfterMs: [0, 60_000] });
    const heard: unknown[] = [];
    app.event('app_home_opened', async ({ body, context }) => {
      heard.push([body.event_id, context.retryNum, context.retryReason]);
    });
    const told = fake.emit({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    await fake.settled();
    await fake.repeat(told);
    const id = told.payload.event_id;
    expect(heard).toEqual([
      [id, undefined, undefined],
      [id, 1, 'http_timeout'],
    ]);
    fake.http('http://127.0.0.1:1/slack/events');
    const lost = fake.emit({ type: 'app_rate_limited' });
    await fake.until(() => lost.againAtMs !== undefined);
    clock.advance(60_000);
    await fake.settled();
    expect(lost.tries.map(({ reason }) => reason)).toEqual([
      undefined,
      'connection_failed',
      'connection_failed',
    ]);
    expect(lost.isLost).toBe(true);
    fake.socketMode();
    expect(() => fake.emit({ type: 'app_rate_limited' })).toThrow('by HTTP only');
  });
});
