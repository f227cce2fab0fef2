import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/adapter.ts';
import { addMs, DAY_MS, HOUR_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { directTo } from '../../src/domain/feed.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../src/errors.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type PlatformKind, REPEATABLE_MS } from '../fakes/memory-adapter.ts';
import { DESTINATION, PLACE } from './adapter-memory.ts';

const NOW = '2026-11-23T09:00:00.000Z';
const LOST = new DeliveryUnavailableError('Lost.', { ...PLACE, mayHaveArrived: true });

function aMessage(id = 'slot#0'): Message {
  return { id, destination: DESTINATION, payload: { kind: 'text', title: id, paragraphs: [] } };
}

function open(kind: PlatformKind = 'history') {
  const clock = createFakeClock(NOW);
  const memory = createMemoryAdapter({ kind, clock });
  const look = (id?: string) => memory.find(aMessage(id), addMs(clock.now(), -HOUR_MS));
  const arrived = () => memory.posted.map(({ id, arrivedAt }) => [id, arrivedAt]);
  return { clock, memory, look, arrived };
}

// What the fake does by itself must be as real platforms do it; the contract suite sees only its obedience.
describe('the platform in memory', () => {
  it('takes a message again for the same for a minute, then for another', async () => {
    const { clock, memory } = open('nonce-and-history');
    const first = await memory.send(aMessage());
    clock.advance(REPEATABLE_MS - 1);
    expect(await memory.send(aMessage())).toBe(first);
    clock.advance(1);
    expect(await memory.send(aMessage())).not.toBe(first);
    expect(memory.posted).toHaveLength(2);
  });

  it('posts a message that comes late when its time has come, also when the clock leaps over it', async () => {
    const { clock, memory, look, arrived } = open();
    memory.failNext(LOST, { arrivesAfterMs: 20 * SECOND_MS });
    memory.failNext(LOST, { arrivesAfterMs: 5 * SECOND_MS });
    for (const id of ['slow#0', 'quick#0']) await expect(memory.send(aMessage(id))).rejects.toBe(LOST);
    clock.advance(5 * SECOND_MS - 1);
    expect(await look('quick#0')).toEqual({ kind: 'absent' });
    clock.advance(HOUR_MS / 2);
    expect(arrived()).toEqual([
      ['quick#0', '2026-11-23T09:00:05.000Z'],
      ['slow#0', '2026-11-23T09:00:20.000Z'],
    ]);
    expect(await look('slow#0')).toMatchObject({ kind: 'found' });
  });

  it('posts once what comes late and was sent again meanwhile, where it knows it', async () => {
    for (const [kind, count] of [
      ['nonce-and-history', 1],
      ['history', 2],
    ] as const) {
      const { clock, memory } = open(kind);
      memory.failNext(LOST, { arrivesAfterMs: 30 * SECOND_MS });
      await expect(memory.send(aMessage())).rejects.toBe(LOST);
      clock.advance(2 * SECOND_MS);
      await memory.send(aMessage());
      clock.advance(HOUR_MS);
      expect(memory.posted).toHaveLength(count);
    }
  });

  it('keeps no request under way for longer than 30 seconds', () => {
    const { memory } = open();
    expect(() => memory.failNext(LOST, { arrivesAfterMs: 30 * SECOND_MS + 1 })).toThrow(RangeError);
  });

  it('loses a message that comes late to a channel that was closed meanwhile', async () => {
    const { clock, memory } = open();
    memory.hangNext({ arrivesAfterMs: SECOND_MS });
    const stop = new AbortController();
    const sending = memory.send(aMessage(), stop.signal);
    memory.closeChannel(DESTINATION.channel, 'gone');
    clock.advance(SECOND_MS);
    stop.abort();
    await expect(sending).rejects.toMatchObject({ mayHaveArrived: true });
    expect(memory.posted).toEqual([]);
  });

  it('is not found among messages since an instant when it came long before', async () => {
    const { clock, memory, look } = open();
    await memory.send(aMessage());
    clock.advance(DAY_MS);
    expect(await look()).toEqual({ kind: 'absent' });
    const timeless = createMemoryAdapter();
    await timeless.send(aMessage());
    expect(await timeless.find(aMessage(), '2030-01-01T00:00:00.000Z')).toMatchObject({ kind: 'found' });
  });

  it('fails each kind of call on its own', async () => {
    const { memory, look } = open();
    const slow = new DeliveryThrottledError('Slow.', { ...PLACE, retryAfterMs: 1 });
    memory.failNext(slow, { of: 'find' });
    memory.failNext(LOST, { of: 'edit', hasArrived: true });
    memory.failNext(LOST, { of: 'installer' });
    const messageId = await memory.send(aMessage());
    await expect(look()).rejects.toBe(slow);
    await expect(memory.edit({ ...aMessage('new'), messageId })).rejects.toBe(LOST);
    expect(memory.posted).toMatchObject([{ id: 'slot#0', edits: 1, card: { title: 'new' } }]);
    await expect(memory.installer('workspace')).rejects.toBe(LOST);
    expect(['send', 'find', 'edit', 'installer'].map((of) => memory.callsOf(of as 'send'))).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('closes members and channels until they are opened', async () => {
    const { memory, look } = open();
    const direct = { ...aMessage(), destination: directTo(DESTINATION, 'ada') };
    memory.closeMember('ada', 'forbidden');
    await expect(memory.send(direct)).rejects.toMatchObject({ reason: 'forbidden', channel: '@ada' });
    await memory.send(aMessage());
    memory.closeMember('ada', undefined);
    memory.closeChannel(DESTINATION.channel, 'gone');
    await memory.send(direct);
    await expect(look()).rejects.toMatchObject({ reason: 'gone' });
    expect(memory.posted.map(({ destination }) => destination.channel)).toEqual(['channel', '@ada']);
  });

  it('knows who installed us once it is told', async () => {
    const { memory } = open();
    expect(await memory.installer('workspace')).toBeUndefined();
    memory.setInstaller('workspace', 'ada');
    expect(await memory.installer('workspace')).toBe('ada');
    expect(await memory.installer('elsewhere')).toBeUndefined();
  });

  it('changes no message that is not there', async () => {
    const { memory } = open();
    await expect(memory.edit({ ...aMessage(), messageId: 'never' })).rejects.toMatchObject({
      code: 'card-rejected',
    });
  });
});

it('a clock that is set back takes no time from its deadlines', () => {
  const clock = createFakeClock(NOW);
  const deadline = clock.deadline(30 * SECOND_MS);
  clock.advance(20 * SECOND_MS);
  clock.set(addMs(NOW, -DAY_MS));
  clock.advance(10 * SECOND_MS - 1);
  expect(deadline.aborted).toBe(false);
  clock.advance(1);
  expect(deadline.aborted).toBe(true);
});
