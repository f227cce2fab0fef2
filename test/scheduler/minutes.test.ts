import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import { createMinutes } from '../../src/scheduler/minutes.ts';

// node-cron reads the time by itself.
beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T09:00:30.000Z') }));
afterEach(() => void vi.useRealTimers());

/** Runs the minutes; `begun` are those that began, in order. */
async function start(): Promise<{ begun: Instant[]; stop: () => Promise<void> }> {
  const begun: Instant[] = [];
  const ending = new AbortController();
  const minutes = createMinutes({
    mayBegin: async () => true,
    async begin(minute) {
      begun.push(minute);
      return true;
    },
    ledger: { claim: async () => true },
    clock: systemClock,
    log: silentLog,
    signal: ending.signal,
  });
  await minutes.start();
  return {
    begun,
    async stop() {
      ending.abort(new Error('It is over.'));
      await minutes.stop();
    },
  };
}

describe('the minutes', () => {
  it('begin each once', async () => {
    const { begun, stop } = await start();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    await stop();
    expect(begun).toEqual([
      '2026-11-23T09:01:00.000Z',
      '2026-11-23T09:02:00.000Z',
      '2026-11-23T09:03:00.000Z',
    ]);
  });

  it.each([2, 20, 58])(
    'begin late by %i s where the clock leapt over one, and not a minute later',
    async (lateS) => {
      const { begun, stop } = await start();
      await vi.advanceTimersByTimeAsync(29.5 * SECOND_MS);
      vi.setSystemTime(Date.parse('2026-11-23T09:01:00.000Z') + lateS * SECOND_MS);
      await vi.advanceTimersByTimeAsync(SECOND_MS);
      expect(begun).toEqual(['2026-11-23T09:01:00.000Z']);
      await stop();
    },
  );

  it('leave out those over which the machine slept, but for the last', async () => {
    const { begun, stop } = await start();
    await vi.advanceTimersByTimeAsync(29.5 * SECOND_MS);
    vi.setSystemTime(Date.parse('2026-11-23T17:30:20.000Z'));
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(begun).toEqual(['2026-11-23T17:30:00.000Z']);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(begun).toEqual(['2026-11-23T17:30:00.000Z', '2026-11-23T17:31:00.000Z']);
    await stop();
  });
});
