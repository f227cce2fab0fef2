import { describe, expect, it } from 'vitest';
import { atMostEvery } from '../src/clock.ts';
import { createFakeClock } from './fakes/clock.ts';

const START = '2026-11-23T09:00:00.000Z';

function asking() {
  const clock = createFakeClock(START);
  let asked = 0;
  const failures: Error[] = [];
  const ask = atMostEvery(
    1000,
    async () => {
      asked += 1;
      const failure = failures.shift();
      if (failure) throw failure;
      return asked;
    },
    clock,
  );
  return { clock, ask, failures };
}

describe('what is asked at most once a second', () => {
  it('gives the last answer until the second is over', async () => {
    const { clock, ask } = asking();
    expect(await ask()).toBe(1);
    clock.advance(999);
    expect(await ask()).toBe(1);
    clock.advance(1);
    expect(await ask()).toBe(2);
  });

  it('is one question for all who ask at once', async () => {
    const { ask } = asking();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  });

  it('is asked anew once the clock was set back', async () => {
    const { clock, ask } = asking();
    await ask();
    clock.set('2026-11-23T08:59:59.000Z');
    expect(await ask()).toBe(2);
  });

  it('is asked anew after a failure, which all who waited for it have', async () => {
    const { ask, failures } = asking();
    failures.push(new Error('gone'));
    const ends = await Promise.allSettled([ask(), ask()]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask()).toBe(2);
    expect(await ask()).toBe(2);
  });
});
