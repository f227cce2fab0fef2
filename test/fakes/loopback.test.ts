import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/adapter.ts';
import { systemClock } from '../../src/clock.ts';
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { testAdapter } from '../contracts/adapter.ts';
import { createLoopbackAdapter } from './loopback-adapter.ts';
import { type LoopbackSite, loopbackSubject, openSite } from './loopback-bench.ts';
import { type LoopbackOptions, type LoopbackPlatform, startLoopbackPlatform } from './loopback-platform.ts';
import { PLATFORM_KINDS, type PlatformKind } from './memory-adapter.ts';

describe.each(PLATFORM_KINDS)('%s', (kind) => {
  let site: LoopbackSite;
  beforeAll(async () => {
    site = await openSite(kind);
  });
  afterAll(() => site.platform.stop());

  testAdapter(loopbackSubject(kind, () => site));
});

const CHILD = fileURLToPath(new URL('loopback-child.ts', import.meta.url));
const DESTINATION = { platform: 'web', workspace: 'workspace', channel: 'channel' } as const;
const platforms: LoopbackPlatform[] = [];
afterEach(async () => {
  for (const platform of platforms.splice(0)) await platform.stop();
});

async function start(options: LoopbackOptions = {}): Promise<LoopbackPlatform> {
  const platform = await startLoopbackPlatform(options);
  platforms.push(platform);
  return platform;
}

function adapterOf({ url }: LoopbackPlatform, kind: PlatformKind = 'history') {
  return createLoopbackAdapter({ url, clock: systemClock, kind });
}

function aMessage(id: string): Message {
  return { id, destination: DESTINATION, payload: { kind: 'text', title: id, paragraphs: [] } };
}

const anHourAgo = () => addMs(systemClock.now(), -HOUR_MS);

describe('a loopback platform', () => {
  it('forgets a nonce after a minute', async () => {
    let now: Instant = systemClock.now();
    const platform = await start({ kind: 'nonce-and-history', now: () => now });
    const adapter = adapterOf(platform, 'nonce-and-history');
    const send = () => adapter.send(aMessage('one#0'));
    const first = await send();
    now = addMs(now, MINUTE_MS - 1);
    expect(await send()).toBe(first);
    now = addMs(now, 1);
    expect(await send()).not.toBe(first);
    expect(platform.messages).toHaveLength(2);
  });

  it('takes a message sent twice at the same time once', async () => {
    const platform = await start({ kind: 'nonce-and-history', delayMs: [0, 8] });
    const sends = Array.from({ length: 8 }, () =>
      adapterOf(platform, 'nonce-and-history').send(aMessage('one#0')),
    );
    expect(new Set(await Promise.all(sends)).size).toBe(1);
    expect(platform.messages).toHaveLength(1);
  });

  it('tells twenty messages at once, and the rest on the pages after', async () => {
    const platform = await start();
    const adapter = adapterOf(platform);
    for (let index = 0; index < 41; index += 1) await adapter.send(aMessage(`one#${index}`));
    expect(await adapter.find(aMessage('never#0'), anHourAgo())).toEqual({ kind: 'absent' });
    expect(platform.count({ operation: 'find' })).toBe(3);
  });

  it.each(['error-before', 'error-after'] as const)(
    'leaves it open what a 5xx (%s) has done',
    async (fault) => {
      const platform = await start();
      const adapter = adapterOf(platform);
      platform.failNext(fault);
      await expect(adapter.send(aMessage('one#0'))).rejects.toMatchObject({ mayHaveArrived: true });
      const sighting = await adapter.find(aMessage('one#0'), anHourAgo());
      expect(sighting.kind).toBe(fault === 'error-after' ? 'found' : 'absent');
    },
  );

  it('closes and opens channels, and the direct ways to members', async () => {
    const platform = await start();
    const adapter = adapterOf(platform);
    platform.closeChannel('channel', 'gone');
    const refusal = { code: 'delivery-refused', reason: 'gone' };
    await expect(adapter.send(aMessage('one#0'))).rejects.toMatchObject(refusal);
    await expect(adapter.find(aMessage('one#0'), anHourAgo())).rejects.toMatchObject(refusal);
    platform.closeChannel('@ada', 'forbidden');
    const direct = { ...aMessage('two#0'), destination: { ...DESTINATION, channel: '@ada' } };
    await expect(adapter.send(direct)).rejects.toMatchObject({ reason: 'forbidden', channel: '@ada' });
    platform.closeChannel('channel', undefined);
    await adapter.send(aMessage('one#0'));
    expect(platform.messages.map(({ id }) => id)).toEqual(['one#0']);
  });

  it('fails as often as it is told to, the same for the same seed', async () => {
    const outcomes = async () => {
      const platform = await start({ seed: 7, chances: { throttled: 0.2, 'answer-lost': 0.2 } });
      const adapter = adapterOf(platform);
      const codes: string[] = [];
      for (let index = 0; index < 60; index += 1) {
        const sent = adapter.send(aMessage(`one#${index}`)).then(() => 'sent');
        codes.push(await sent.catch(({ code }: { code: string }) => code));
      }
      platform.setChances({});
      await adapter.send(aMessage('last#0'));
      return codes;
    };
    const codes = await outcomes();
    expect(new Set(codes)).toEqual(new Set(['sent', 'delivery-throttled', 'delivery-unavailable']));
    expect(await outcomes()).toEqual(codes);
  });

  it('does what it was asked for before, during and after it answers', async () => {
    const platform = await start({ delayMs: [20, 20] });
    const adapter = adapterOf(platform);
    const arrivedFirst: number[] = [];
    for (let index = 0; index < 30; index += 1) {
      const sending = adapter.send(aMessage(`one#${index}`));
      await delay(10);
      arrivedFirst.push(platform.messages.length - index);
      await sending;
    }
    expect(new Set(arrivedFirst)).toEqual(new Set([0, 1]));
  });

  it('knows nobody who installed us until it is told', async () => {
    const platform = await start();
    expect(await adapterOf(platform).installer('workspace')).toBeUndefined();
    platform.failNext('error-before', { operation: 'installer' });
    await expect(adapterOf(platform).installer('workspace')).rejects.toMatchObject({
      code: 'delivery-unavailable',
    });
    await platform.stop();
    platforms.pop();
    await expect(adapterOf(platform).installer('workspace')).rejects.toMatchObject({
      code: 'delivery-unavailable',
    });
  });
});

describe('a process that is killed while it sends', () => {
  it('leaves a message that arrives all the same, and that another finds', async () => {
    const platform = await start({ delayMs: [150, 150] });
    const flags = ['--disable-warning=ExperimentalWarning', CHILD, platform.url, 'history', 'one#0'];
    const child = spawn(process.execPath, flags, { timeout: 20_000 });
    let said = '';
    child.stdout.on('data', (data) => {
      said += String(data);
    });
    await expect.poll(() => platform.count(), { interval: 2, timeout: 20_000 }).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => platform.messages.length, { interval: 2, timeout: 5000 }).toBe(1);
    expect(said).toBe('');
    const messageId = platform.messages[0]?.messageId;
    expect(await adapterOf(platform).find(aMessage('one#0'), anHourAgo())).toEqual({
      kind: 'found',
      messageId,
    });
  });
});
