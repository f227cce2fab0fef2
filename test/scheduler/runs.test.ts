import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { createRunWatch, markRun } from '../../src/scheduler/runs.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';

const NOW = '2026-11-23T09:00:00.000Z';
const MISSED = 'No worker has looked for editions for 5 minutes; is one running, and does the queue answer?';

async function watched() {
  const clock = createFakeClock(NOW);
  const { ledger } = await openStore('memory:', { clock, log: silentLog });
  const watch = createRunWatch({ ledger, clock });
  return { clock, ledger, watch };
}

describe('runs', () => {
  it('are missed five minutes after the last one, and no more once there is one', async () => {
    const { clock, ledger, watch } = await watched();
    clock.advance(MINUTE_MS);
    await markRun(ledger);
    clock.advance(5 * MINUTE_MS - 1);
    expect(await watch.trouble()).toBeUndefined();
    clock.advance(5 * SECOND_MS);
    expect(await watch.trouble()).toBe(MISSED);
    clock.advance(MINUTE_MS);
    expect(await watch.trouble()).toBe(MISSED);
    await markRun(ledger);
    clock.advance(5 * SECOND_MS);
    expect(await watch.trouble()).toBeUndefined();
  });

  it('are not missed while one comes each minute', async () => {
    const { clock, ledger, watch } = await watched();
    for (let minute = 0; minute < 20; minute += 1) {
      await markRun(ledger);
      clock.advance(MINUTE_MS);
      expect(await watch.trouble()).toBeUndefined();
    }
  });

  it('are missed by a process that has just started only when it has been there for as long', async () => {
    const { clock, ledger, watch } = await watched();
    expect(await watch.trouble()).toBeUndefined();
    clock.advance(5 * MINUTE_MS - 1);
    expect(await watch.trouble()).toBeUndefined();
    // It knows as little that they come.
    expect(await watch.hasSeen()).toBe(false);
    clock.advance(5 * SECOND_MS);
    expect(await watch.trouble()).toBe(MISSED);
    await markRun(ledger);
    clock.advance(5 * SECOND_MS);
    expect(await watch.hasSeen()).toBe(true);
  });

  it('are missed by all who look, at once and one after the other', async () => {
    const { clock, ledger, watch } = await watched();
    const other = createRunWatch({ ledger, clock });
    clock.advance(6 * MINUTE_MS);
    expect(await Promise.all([watch.trouble(), other.trouble()])).toEqual([MISSED, MISSED]);
    clock.advance(MINUTE_MS);
    expect([await watch.trouble(), await other.trouble()]).toEqual([MISSED, MISSED]);
  });

  it('are marked though somebody died as they looked', async () => {
    const { clock, ledger, watch } = await watched();
    clock.advance(6 * MINUTE_MS);
    const dying = createRunWatch({ ledger: { ...ledger, release: () => new Promise(() => {}) }, clock });
    void dying.trouble();
    await markRun(ledger);
    expect(await watch.trouble()).toBeUndefined();
    clock.advance(4 * MINUTE_MS);
    expect(await watch.trouble()).toBeUndefined();
  });

  it('are looked for in the store no more than once in five seconds, however many ask', async () => {
    const { clock, ledger } = await watched();
    let looks = 0;
    const claim: typeof ledger.claim = async (...given) => {
      looks += 1;
      return await ledger.claim(...given);
    };
    const counted = createRunWatch({ ledger: { ...ledger, claim }, clock });
    await Promise.all([counted.trouble(), counted.trouble()]);
    clock.advance(5 * SECOND_MS - 1);
    await counted.trouble();
    expect(looks).toBe(1);
  });

  it('of which nothing can be known are no runs that came', async () => {
    const { clock, ledger } = await watched();
    const gone = new StoreError('claim', { message: 'gone.' });
    const claim = () => Promise.reject(gone);
    await expect(markRun({ ...ledger, claim })).rejects.toBe(gone);
    const watch = createRunWatch({ ledger: { ...ledger, claim }, clock });
    await expect(watch.trouble()).rejects.toBe(gone);
  });
});
