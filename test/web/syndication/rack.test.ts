import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRack, type RackConfig } from '../../../src/web/syndication/rack.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { NOW } from './kit.ts';

function open(given: Partial<RackConfig<string>> = {}) {
  const clock = createFakeClock(NOW);
  const rack = createRack<string>({
    clock,
    keptMs: 1000,
    most: 3,
    mostBytes: 100,
    bytesOf: (text) => (text.startsWith('no') ? undefined : text.length),
    ...given,
  });
  const made: string[] = [];
  const get = (key: string, text = key) =>
    rack.get(key, async () => {
      made.push(key);
      return text;
    });
  return { clock, rack, made, get };
}

describe('a rack', () => {
  it('makes a thing once in its time', async () => {
    const { clock, made, get } = open();
    expect([await get('a', 'first'), await get('a', 'second')]).toEqual(['first', 'first']);
    clock.advance(1000);
    expect(await get('a', 'second')).toBe('second');
    expect(made).toEqual(['a', 'a']);
  });

  it('trusts nothing that was made later than now', async () => {
    const { clock, get } = open();
    await get('a', 'first');
    clock.set('2026-11-23T08:59:59.000Z');
    expect(await get('a', 'second')).toBe('second');
  });

  it('lets the oldest go where there are too many', async () => {
    const { made, get } = open();
    for (const key of ['a', 'b', 'c', 'd', 'b', 'c', 'd', 'a']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('takes a thing that was made anew for the newest', async () => {
    const { clock, made, get } = open();
    await get('a');
    clock.advance(600);
    await get('b');
    clock.advance(600);
    for (const key of ['a', 'c', 'd', 'a']) await get(key);
    expect(made).toEqual(['a', 'b', 'a', 'c', 'd']);
  });

  it('lets the oldest go where they are too large, and keeps none that is larger than all', async () => {
    const { made, get } = open();
    for (const key of ['a', 'b']) await get(key, 'x'.repeat(60));
    await get('b', '');
    await get('c', 'x'.repeat(101));
    for (const key of ['a', 'c']) await get(key, '');
    expect(made).toEqual(['a', 'b', 'c', 'a', 'c']);
  });

  it('keeps neither what is not worth it nor what could not be made', async () => {
    const { rack, made, get } = open();
    await get('a', 'no');
    await get('a', 'no');
    const failing = () => rack.get('b', () => Promise.reject(new Error('broken')));
    await expect(Promise.all([failing(), failing()])).rejects.toThrow('broken');
    expect(await get('b', 'whole')).toBe('whole');
    expect(made).toEqual(['a', 'a', 'b']);
  });

  it('never keeps more than it may, whatever is asked', async () => {
    const anOrder = fc.array(
      fc.record({ key: fc.constantFrom(...'abcdefgh'), size: fc.nat(120), waitMs: fc.nat(700) }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(anOrder, async (orders) => {
        const { clock, rack } = open();
        for (const { key, size, waitMs } of orders) {
          await rack.get(key, async () => 'x'.repeat(size));
          clock.advance(waitMs);
        }
        const kept = await Promise.all([...'abcdefgh'].map((key) => rack.get(key, async () => 'no')));
        const sizes = kept.filter((text) => text !== 'no').map(({ length }) => length);
        expect(sizes.length).toBeLessThanOrEqual(3);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
