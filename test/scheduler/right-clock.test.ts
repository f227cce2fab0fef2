import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { createRightClock } from '../../src/scheduler/right-clock.ts';
import { createFakeClock } from '../fakes/clock.ts';

const NOW = '2026-11-23T09:00:00.000Z';

/** `aheadMs`: this machine's clock, as seen by the server's. `tookMs`: a question and its answer, the server's time halfway. */
function machine(aheadMs: number, tookMs = 0) {
  const clock = createFakeClock(addMs(NOW, aheadMs));
  const server = { aheadMs, asked: 0, failure: undefined as Error | undefined };
  const serverTime = async (): Promise<Instant> => {
    server.asked += 1;
    if (server.failure) throw server.failure;
    clock.advance(tookMs / 2);
    const at = addMs(clock.now(), -server.aheadMs);
    clock.advance(tookMs / 2);
    return at;
  };
  return { clock, server, rightClock: createRightClock({ store: { serverTime }, clock }) };
}

describe('a clock', () => {
  it.each([
    [0, 0],
    [10_000, 0],
    [-10_000, 0],
    // How long the answer took says how little is known.
    [10_000, 14_000],
    [14_000, 10_000],
    [-14_000, 10_000],
  ])('that is %i ms ahead, seen by an answer that took %i ms, may be right', async (aheadMs, tookMs) => {
    const { rightClock } = machine(aheadMs, tookMs);
    expect(await rightClock.trouble()).toBeUndefined();
    await rightClock.demand();
  });

  it.each([
    [10_001, 0, '10 s ahead of'],
    [-10_001, 0, '10 s behind'],
    [200_000, 0, '200 s ahead of'],
    [-DAY_MS, 0, '86400 s behind'],
    [15_001, 10_000, '15 s ahead of'],
    [-15_001, 10_000, '15 s behind'],
  ])('that is %i ms ahead, seen by an answer that took %i ms, is wrong', async (aheadMs, tookMs, how) => {
    const { rightClock } = machine(aheadMs, tookMs);
    const sentence = `this machine's clock is ${how} that of the store's server. Set this machine's clock (NTP); until then it posts nothing.`;
    expect(await rightClock.trouble()).toBe(sentence);
    const error = await rightClock.demand().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as Error).message).toBe(`The store's comparison of clocks failed: ${sentence}`);
  });

  it('is compared once a minute, and is right again when it was set right', async () => {
    const { clock, server, rightClock } = machine(60_000);
    expect(await rightClock.trouble()).toMatch(/60 s ahead/);
    server.aheadMs = 0;
    clock.advance(MINUTE_MS - 1);
    expect(await rightClock.trouble()).toMatch(/60 s ahead/);
    expect(server.asked).toBe(1);
    clock.advance(1);
    expect(await rightClock.trouble()).toBeUndefined();
    expect(server.asked).toBe(2);
  });

  it.each([200_000, -200_000])('that is set by %i ms is found wrong at once', async (byMs) => {
    const { clock, server, rightClock } = machine(0);
    await rightClock.demand();
    server.aheadMs = byMs;
    clock.set(addMs(clock.now(), byMs));
    await expect(rightClock.demand()).rejects.toThrow(/200 s/);
  });

  it('that cannot be compared is not taken for right, and is compared when next asked for', async () => {
    const { server, rightClock } = machine(0);
    server.failure = new StoreError('read', { key: 'time', message: 'gone.' });
    await expect(rightClock.trouble()).rejects.toBe(server.failure);
    await expect(rightClock.demand()).rejects.toBe(server.failure);
    server.failure = undefined;
    expect(await rightClock.trouble()).toBeUndefined();
  });

  it('is right where the store has no server', async () => {
    const rightClock = createRightClock({ store: {}, clock: createFakeClock(NOW) });
    expect(await rightClock.trouble()).toBeUndefined();
    await rightClock.demand();
  });
});
