import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import { createMemory } from '../../src/views/memory.ts';
import { createFakeClock } from '../fakes/clock.ts';

function open(most: number) {
  const clock = createFakeClock('2026-11-23T12:00:00.000Z');
  return { clock, memory: createMemory<number>({ most, keptMs: HOUR_MS, clock }) };
}

describe('a memory', () => {
  it('holds no more than it may: what was asked for longest ago gives way', () => {
    const { memory } = open(2);
    memory.set('a', 1);
    memory.set('b', 2);
    memory.get('a');
    memory.set('c', 3);
    expect(['a', 'b', 'c'].map(memory.get)).toEqual([1, undefined, 3]);
    memory.set('a', 4);
    memory.set('d', 5);
    expect(['a', 'b', 'c', 'd'].map(memory.get)).toEqual([4, undefined, undefined, 5]);
  });

  it('forgets after a while, however often it was asked, and whichever way the clock goes', () => {
    const { memory, clock } = open(2);
    memory.set('a', 1);
    clock.advance(HOUR_MS - 1);
    expect(memory.get('a')).toBe(1);
    clock.advance(1);
    expect(memory.get('a')).toBeUndefined();
    memory.set('a', 2);
    clock.advance(-HOUR_MS);
    expect(memory.get('a')).toBeUndefined();
  });

  it('forgets what it is told to', () => {
    const { memory } = open(2);
    memory.set('a', 1);
    memory.delete('a');
    memory.delete('b');
    expect(memory.get('a')).toBeUndefined();
  });
});
