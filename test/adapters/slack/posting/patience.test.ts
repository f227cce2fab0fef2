import { describe, expect, it } from 'vitest';
import { patiently } from '../../../../adapters/slack/posting/patience.ts';
import { DeliveryThrottledError } from '../../../../src/errors.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const START = '2026-11-26T09:00:00.000Z';
const pauseOf = (retryAfterMs: number) =>
  new DeliveryThrottledError('Later.', { platform: 'slack', channel: 'C1', retryAfterMs });

/** Work that fails with each of these in turn, and is done then. */
function workAfter(...errors: Error[]) {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
}

describe('what Slack asks to be put off', () => {
  it('is done after its pauses', async () => {
    const clock = createFakeClock(START);
    const work = workAfter(pauseOf(1000), pauseOf(60_000), pauseOf(2000));
    expect([await patiently(work, { clock }), clock.slept]).toEqual(['done', [1000, 60_000, 2000]]);
  });

  it('is given up after so many pauses, and at once before one that is too long', async () => {
    const clock = createFakeClock(START);
    const often = workAfter(pauseOf(1), pauseOf(2), pauseOf(3));
    await expect(patiently(often, { clock, mostPauses: 2 })).rejects.toThrow('Later.');
    await expect(patiently(workAfter(pauseOf(11)), { clock, longestPauseMs: 10 })).rejects.toThrow('Later.');
    expect(clock.slept).toEqual([1, 2]);
  });

  it('fails at once as it does for another reason, however long one would wait', async () => {
    const clock = createFakeClock(START);
    const patience = { clock, longestPauseMs: Number.POSITIVE_INFINITY };
    await expect(patiently(workAfter(new Error('Closed.')), patience)).rejects.toThrow('Closed.');
  });
});
