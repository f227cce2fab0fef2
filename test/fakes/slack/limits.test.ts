import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { withClient, wordOf } from './connected.ts';

const START = '2026-11-23T09:00:00.000Z';

describe('limits', () => {
  it('let a few messages of a channel through at once, then one a second', async () => {
    const clock = createFakeClock(START);
    const { fake, client, channel } = await withClient({ clock, limits: {} });
    const other = fake.addChannel({ name: 'other' });
    const post = async (id = channel.id) => await client.chat.postMessage({ channel: id, text: 'x' });
    for (let count = 0; count < 3; count += 1) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    await post(other.id);
    clock.advance(999);
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    clock.advance(1);
    await post();
    expect(fake.messages(channel)).toHaveLength(4);
    expect(fake.requests.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  it('give a workspace its own budget', async () => {
    const clock = createFakeClock(START);
    const options = { clock, limits: { team: { limit: 2, perMs: 60_000 }, channel: { burst: 9, perMs: 1 } } };
    const { fake, client, clientOf, channel } = await withClient(options);
    const post = async () => await client.chat.postMessage({ channel: channel.id, text: 'x' });
    await post();
    clock.advance(10_000);
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 50 });
    const team = fake.addTeam({ name: 'Other' });
    const elsewhere = clientOf(fake.grant(team).token);
    const there = fake.addChannel({ name: 'papers', team });
    expect(await wordOf(elsewhere.chat.postMessage({ channel: there.id, text: 'x' }))).toBe('ok');
    clock.advance(50_000);
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 10 });
  });

  it('count by tier, and not at all where there are none', async () => {
    const { client } = await withClient({ limits: { tiers: { 4: 2 } }, clock: createFakeClock(START) });
    const ask = async () => await wordOf(client.users.info({ user: 'U404' }));
    expect([await ask(), await ask(), await ask()]).toEqual([
      'user_not_found',
      'user_not_found',
      'slack_webapi_rate_limited_error',
    ]);
    expect(await wordOf(client.auth.test())).toBe('ok');
  });
});

describe('faults', () => {
  it.each([
    ['error', { kind: 'error', error: 'internal_error' }, 0],
    ['error after', { kind: 'error', error: 'internal_error', isHandled: true }, 1],
    ['status', { kind: 'status', status: 503 }, 0],
    ['status after', { kind: 'status', status: 500, isHandled: true }, 1],
    ['throttle', { kind: 'throttle', retryAfterMs: 1500 }, 0],
    ['cut before', { kind: 'cut-before' }, 0],
    ['reset before', { kind: 'reset-before' }, 0],
    ['cut after', { kind: 'cut-after' }, 1],
    ['reset after', { kind: 'reset-after' }, 1],
    ['garbage', { kind: 'garbage' }, 1],
  ] as const)('strike once: %s', async (_, fault, posted) => {
    const { fake, client, channel } = await withClient();
    fake.fail('chat.postMessage', fault, { times: 1 });
    const post = async () => await client.chat.postMessage({ channel: channel.id, text: 'x' });
    await expect(post()).rejects.toThrow();
    expect(fake.messages(channel)).toHaveLength(posted);
    await post();
    expect(fake.messages(channel)).toHaveLength(posted + 1);
    expect(fake.count('chat.postMessage')).toBe(2);
    expect(fake.ownProblems).toEqual([]);
  });

  it('say the whole second to wait', async () => {
    const { fake, client } = await withClient();
    fake.fail('auth.test', { kind: 'throttle', retryAfterMs: 1500 });
    await expect(client.auth.test()).rejects.toMatchObject({ retryAfter: 2 });
  });

  it('strike one workspace, until they are mended', async () => {
    const { fake, client, clientOf } = await withClient();
    const team = fake.addTeam({ name: 'Other' });
    const other = clientOf(fake.grant(team).token);
    const mend = fake.fail('*', { kind: 'error', error: 'fatal_error' }, { workspace: team });
    expect([await wordOf(client.auth.test()), await wordOf(other.auth.test())]).toEqual([
      'ok',
      'fatal_error',
    ]);
    mend();
    expect(await wordOf(other.auth.test())).toBe('ok');
    expect(fake.count('auth.test', team)).toBe(2);
    fake.fail('auth.test', { kind: 'status', status: 500 });
    fake.mend();
    fake.forget();
    expect([await wordOf(client.auth.test()), fake.count()]).toEqual(['ok', 1]);
  });

  it.each(['hang-before', 'hang-after'] as const)('never answer: %s', async (kind) => {
    const { fake, client, channel } = await withClient();
    fake.fail('chat.postMessage', { kind }, { times: 1 });
    const controller = new AbortController();
    const asked = fetch(`${fake.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fake.botToken}` },
      body: new URLSearchParams({ channel: channel.id, text: 'x' }),
      signal: controller.signal,
    });
    await fake.until(() => fake.count('chat.postMessage') === 1);
    await client.auth.test();
    controller.abort();
    await expect(asked).rejects.toThrow();
    expect(fake.messages(channel)).toHaveLength(kind === 'hang-after' ? 1 : 0);
  });

  it('are slow by the clock of the fake', async () => {
    const clock = createFakeClock(START);
    const { fake, client } = await withClient({ clock });
    fake.fail('auth.test', { kind: 'slow', byMs: 30_000 });
    await client.auth.test();
    expect(clock.slept).toEqual([30_000]);
  });

  it('are all around while it is unplugged', async () => {
    const { fake, client } = await withClient();
    fake.unplug();
    await expect(client.auth.test()).rejects.toThrow();
    await fake.plugIn();
    expect(await wordOf(client.auth.test())).toBe('ok');
  });

  it('may be a clock that is not ours', async () => {
    const { fake } = await withClient({ clock: createFakeClock(START) });
    fake.skew(600_000);
    const { headers } = await fetch(`${fake.apiUrl}api.test`, { method: 'POST' });
    expect(headers.get('date')).toBe('Mon, 23 Nov 2026 09:10:00 GMT');
  });
});
