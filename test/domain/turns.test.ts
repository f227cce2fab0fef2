import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/domain/turns.ts';

describe('turns', () => {
  it('are taken one after the other, also after one that fails, and beside those of another key', async () => {
    const { run: inTurn, idle } = createTurns();
    const told: string[] = [];
    const work = (name: string, turns: number) => async () => {
      told.push(`${name} begins`);
      for (let index = 0; index < turns; index += 1) await setImmediate();
      told.push(`${name} ends`);
      if (name === 'a1') throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([
      inTurn('a', work('a1', 5)),
      inTurn('a', work('a2', 1)),
      inTurn('b', work('b', 2)),
      inTurn('a', work('a3', 0)),
    ]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      'failed',
      'a2',
      'b',
      'a3',
    ]);
    expect(told.filter((line) => line.startsWith('a'))).toEqual([
      ...['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends', 'a3 begins', 'a3 ends'],
    ]);
    expect(told.indexOf('b ends')).toBeLessThan(told.indexOf('a1 ends'));
    expect(await inTurn('a', work('a4', 0))).toBe('a4');
    void inTurn('a', work('a5', 3));
    void inTurn('b', work('b2', 9));
    await idle();
    expect(told.slice(-2)).toEqual(['a5 ends', 'b2 ends']);
  });
});
