import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import type { Fault } from './index.ts';
import { atRest, codeOf } from './logged-in.ts';

const MESSAGES = 'POST /channels/{channel}/messages';
const hello = { body: { content: 'Hello' } };

describe('faults', () => {
  it.each<[string, Fault, number]>([
    ['an answer of another status', { kind: 'status', status: 502 }, 0],
    ['another status after it was done', { kind: 'status', status: 503, isHandled: true }, 1],
    ['FIN before it was done', { kind: 'cut-before' }, 0],
    ['RST before it was done', { kind: 'reset-before' }, 0],
    ['FIN after it was done', { kind: 'cut-after' }, 1],
    ['RST after it was done', { kind: 'reset-after' }, 1],
    ['half an answer', { kind: 'cut-within' }, 1],
  ])('once: %s', async (_, fault, stored) => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    fake.fail(MESSAGES, fault, { times: 1 });
    const path = Routes.channelMessages(channel.id);
    await expect(rest.post(path, hello)).rejects.toThrow();
    expect(fake.messages(channel)).toHaveLength(stored);
    await rest.post(path, hello);
    expect(fake.messages(channel)).toHaveLength(stored + 1);
    expect(fake.ownProblems).toEqual([]);
  });

  it.each<[Fault['kind'] & ('hang-before' | 'hang-after'), number]>([
    ['hang-before', 0],
    ['hang-after', 1],
  ])('%s: no answer comes', async (kind, stored) => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    fake.fail(MESSAGES, { kind });
    const stop = new AbortController();
    const sent = rest.post(Routes.channelMessages(channel.id), { ...hello, signal: stop.signal });
    const outcome = expect(sent).rejects.toThrow();
    await fake.until(() => fake.count(MESSAGES) === 1 && fake.messages(channel).length === stored);
    stop.abort();
    await outcome;
    expect(fake.messages(channel)).toHaveLength(stored);
  });

  it('slow down by the fake’s clock', async () => {
    const clock = createFakeClock('2026-11-24T09:00:00.000Z');
    await using world = await atRest({ clock, limits: false });
    const { fake, rest, channel } = world;
    fake.fail(MESSAGES, { kind: 'slow', byMs: 20_000 });
    await rest.post(Routes.channelMessages(channel.id), hello);
    expect(clock.slept).toEqual([20_000]);
  });

  it('throttle and are waited out by discord.js', async () => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    fake.fail(MESSAGES, { kind: 'throttle', retryAfterMs: 30, scope: 'shared' }, { times: 1 });
    fake.fail(MESSAGES, { kind: 'throttle', retryAfterMs: 30 }, { times: 1 });
    await rest.post(Routes.channelMessages(channel.id), hello);
    expect(fake.requests.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(fake.invalidRequests).toBe(1);
  });

  it('strike by chance, the same for the same seed', async () => {
    const struck = async (seed: number) => {
      await using world = await atRest({ limits: false });
      const { fake, rest } = world;
      fake.fail('GET /users/@me', { kind: 'status', status: 403 }, { chance: 0.5, seed });
      const codes: unknown[] = [];
      for (let turn = 0; turn < 20; turn += 1) codes.push(await codeOf(rest.get(Routes.user())));
      return codes;
    };
    const first = await struck(7);
    expect(await struck(7)).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('make it out of reach', async () => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    const path = Routes.channelMessages(channel.id);
    fake.unplug();
    await expect(rest.post(path, hello)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await fake.plugIn();
    await rest.post(path, hello);
    expect(fake.messages(channel)).toHaveLength(1);
  });

  it('are mended', async () => {
    await using world = await atRest();
    const { fake, rest } = world;
    const mend = fake.fail('* /users/**', { kind: 'status', status: 403, code: 50001 });
    expect(await codeOf(rest.get(Routes.user()))).toBe(50001);
    mend();
    fake.fail('GET /users/@me', { kind: 'status', status: 403 });
    fake.mend();
    expect(await codeOf(rest.get(Routes.user()))).toBe('taken');
  });
});

describe('limits', () => {
  const url = (base: string, path: string) => `${base}/v10${path}`;
  const post = (fake: { url: string; token: string }, path: string) =>
    fetch(url(fake.url, path), {
      method: 'POST',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(hello.body),
    });

  it('are buckets of a channel, told in every answer', async () => {
    const clock = createFakeClock('2026-11-24T09:00:00.000Z');
    await using world = await atRest({ clock });
    const { fake, channel, guild } = world;
    const path = Routes.channelMessages(channel.id);
    const first = await post(fake, path);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset': `${Date.parse(clock.now()) / 1000 + 5}.000`,
      'x-ratelimit-reset-after': '5.000',
      'x-ratelimit-bucket': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    for (let count = 0; count < 4; count += 1) await post(fake, path);
    clock.advance(1000);
    const sixth = await post(fake, path);
    expect(sixth.status).toBe(429);
    expect(sixth.headers.get('retry-after')).toBe('4');
    expect(sixth.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await sixth.json()).toMatchObject({ retry_after: 4, global: false });
    const other = fake.addChannel(guild, { name: 'other' });
    expect((await post(fake, Routes.channelMessages(other.id))).status).toBe(200);
    clock.advance(4000);
    expect((await post(fake, path)).status).toBe(200);
    expect(fake.invalidRequests).toBe(1);
    expect(fake.ownProblems).toEqual([]);
  });

  it('are one of all together', async () => {
    const clock = createFakeClock('2026-11-24T09:00:00.000Z');
    await using world = await atRest({ clock, limits: { global: { limit: 3, perMs: 1000 } } });
    const { fake } = world;
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1)
      statuses.push((await post(fake, '/channels/1/messages')).status);
    expect(statuses).toEqual([404, 404, 404, 429]);
    const last = await post(fake, '/channels/1/messages');
    expect(last.headers.get('x-ratelimit-global')).toBe('true');
    expect(last.headers.get('x-ratelimit-scope')).toBe('global');
    expect(await last.json()).toMatchObject({ global: true, retry_after: 1 });
    const interaction = await post(fake, '/webhooks/1/token');
    expect(interaction.status).toBe(404);
  });

  it('are waited for by discord.js, which is never refused', async () => {
    const quota = { limit: 2, perMs: 150 };
    await using world = await atRest({
      limits: { routes: { 'POST /channels/{channel_id}/messages': quota } },
    });
    const { fake, rest, channel } = world;
    const path = Routes.channelMessages(channel.id);
    await Promise.all(Array.from({ length: 6 }, () => rest.post(path, hello)));
    expect(fake.messages(channel)).toHaveLength(6);
    expect(fake.requests.map(({ status }) => status)).not.toContain(429);
  });
});
