import { describe, expect, it } from 'vitest';
import { createIdentifyThrottler } from '../../../../adapters/discord/gateway/identify.ts';
import { DAY_MS, msBetween } from '../../../../src/domain/calendar.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const START = '2026-11-25T09:00:00.000Z';

function openThrottler() {
  const clock = createFakeClock(START);
  const ending = new AbortController();
  const given = { clock, random: () => 0, begun: new Map(), atOnce: 1000, signal: ending.signal };
  return { clock, ending, given, throttler: createIdentifyThrottler(given) };
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
      // Another one each time: its own rest of 5 s, by the machine's clock, is not what is tested.
      await createIdentifyThrottler(given).waitForIdentify(0, new AbortController().signal);
      begun += 1;
    }
    expect(begun).toBeGreaterThan(100);
    expect(begun).toBeLessThan(1000 - 300);
  });

  it('do not begin any more once the bot stops', async () => {
    const { ending, throttler } = openThrottler();
    ending.abort(new Error('The bot stops.'));
    await expect(throttler.waitForIdentify(0, new AbortController().signal)).rejects.toThrow(
      'The bot stops.',
    );
  });
});
