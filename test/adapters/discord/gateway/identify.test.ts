import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIdentifyThrottler } from '../../../../adapters/discord/gateway/identify.ts';
import { DAY_MS, type Instant, msBetween } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { openStore } from '../../../../src/stores/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const START = '2026-11-25T09:00:00.000Z';

function openThrottler(isFirst = async (_what: string, _withinMs: number) => true) {
  const clock = createFakeClock(START);
  const ending = new AbortController();
  const errors: string[] = [];
  const log = { ...silentLog, error: (message: string) => void errors.push(message) };
  const own = { clock, log, isFirst, random: () => 0, begun: new Map() };
  const given = { ...own, atOnce: 1000, signal: ending.signal };
  return { clock, ending, errors, given, throttler: createIdentifyThrottler(given) };
}

describe('new sessions', () => {
  it('begin at once, and a shard waits for no other', async () => {
    const { clock, throttler } = openThrottler();
    const { signal } = new AbortController();
    for (const shard of [0, 1, 2]) await throttler.waitForIdentify(shard, signal);
    expect(clock.slept).toEqual([]);
  });

  it('stay far below 1,000 a day, however often Discord ends them, also for a client made anew', async () => {
    const { clock, given } = openThrottler();
    let begun = 0;
    while (msBetween(START, clock.now()) < DAY_MS) {
      await createIdentifyThrottler(given).waitForIdentify(0, new AbortController().signal);
      begun += 1;
    }
    expect(begun).toBeGreaterThan(100);
    expect(begun).toBeLessThan(1000 - 300);
  });

  it('do not begin any more once the bot stops, also while they wait for others', async () => {
    const { ending, throttler } = openThrottler(async () => {
      ending.abort(new Error('The bot stops.'));
      return false;
    });
    const { signal } = new AbortController();
    await expect(throttler.waitForIdentify(0, signal)).rejects.toThrow('The bot stops.');
    await expect(throttler.waitForIdentify(0, signal)).rejects.toThrow('The bot stops.');
  });

  it('that wait for another one are let go where their own connection closes', async () => {
    const closing = new AbortController();
    const { throttler } = openThrottler(async () => {
      closing.abort(new Error('It closed.'));
      return false;
    });
    await expect(throttler.waitForIdentify(0, closing.signal)).rejects.toThrow('It closed.');
  });

  it('begin once the store tells that they may, and it is said once that it does not', async () => {
    let failures = 3;
    const { throttler, errors } = openThrottler(async () => {
      if (failures-- > 0) throw new Error('The disk is full.');
      return true;
    });
    await throttler.waitForIdentify(0, new AbortController().signal);
    expect(errors).toEqual(['Whether a session may begin is not known and is asked again']);
  });
});

describe('new sessions of several processes', () => {
  it('of one bucket follow each other by more than five seconds, those of different ones wait for nobody', async () => {
    const clock = createFakeClock(START);
    const store = await openStore('memory:', { clock, log: silentLog });
    onTestFinished(() => store.close());
    const begun: [what: string, at: Instant][] = [];
    const isFirst = async (what: string, withinMs: number) => {
      const at = clock.now();
      const may = await store.ledger.claim(what, randomUUID(), withinMs);
      if (may) begun.push([what, at]);
      return may;
    };
    const { signal } = new AbortController();
    const own = () => ({ clock, log: silentLog, isFirst, random: () => 0, begun: new Map(), signal });
    const [one, other] = [own(), own()].map((given) => createIdentifyThrottler({ ...given, atOnce: 2 }));
    await Promise.all([
      ...[0, 1, 2, 3].map((shard) => one?.waitForIdentify(shard, signal)),
      ...[4, 5, 6, 7].map((shard) => other?.waitForIdentify(shard, signal)),
    ]);
    const buckets = Map.groupBy(begun, ([what]) => what);
    expect([...buckets.values()].map(({ length }) => length)).toEqual([4, 4]);
    for (const times of buckets.values())
      for (const [index, [, at]] of times.entries())
        if (index > 0) expect(msBetween(times[index - 1]?.[1] ?? at, at)).toBeGreaterThan(5000);
    expect([...buckets.values()].map(([first]) => first?.[1])).toEqual([START, START]);
  });
});
