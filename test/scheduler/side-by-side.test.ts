import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../src/scheduler/side-by-side.ts';

describe('work side by side', () => {
  it('keeps the order of the results and never does more at once than it may', async () => {
    const ends: (() => void)[] = [];
    let most = 0;
    let now = 0;
    const done = sideBySide(['a', 'b', 'c', 'd'], 2, async (item, index) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now -= 1;
      return `${item}${index}`;
    });
    // The second ends before the first.
    for (const place of [1, 0, 2, 3]) {
      while (!ends[place]) await undefined;
      ends[place]?.();
    }
    expect(await done).toEqual(['a0', 'b1', 'c2', 'd3']);
    expect(most).toBe(2);
  });

  it('has nothing to do with nothing, and rejects as the first does', async () => {
    expect(await sideBySide([], 20, async () => 1)).toEqual([]);
    const work = async (item: number) => {
      if (item === 2) throw new Error('two');
      return item;
    };
    await expect(sideBySide([1, 2, 3], 1, work)).rejects.toThrow('two');
  });
});
