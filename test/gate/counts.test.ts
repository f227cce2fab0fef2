import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCount } from '../../src/gate/counts.ts';

// The library reads the time by itself.
beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const addAll = async (count: ReturnType<typeof createCount>, addresses: readonly string[]) => {
  const rests: (number | undefined)[] = [];
  for (const address of addresses) rests.push(await count.add(address));
  return rests;
};

describe('what is counted', () => {
  it('begins with the first, and is forgotten with the time', async () => {
    const count = createCount(2, 60_000);
    expect(await addAll(count, ['10.0.0.1', '10.0.0.1'])).toEqual([undefined, undefined]);
    vi.advanceTimersByTime(20_500);
    expect(await count.add('10.0.0.1')).toBe(40);
    expect(await count.add('10.0.0.2')).toBeUndefined();
    vi.advanceTimersByTime(39_500);
    expect(await count.add('10.0.0.1')).toBeUndefined();
  });

  it('can be asked for without counting', async () => {
    const count = createCount(1, 60_000);
    expect(await count.rest('10.0.0.1')).toBeUndefined();
    expect(await count.rest('10.0.0.1')).toBeUndefined();
    await count.add('10.0.0.1');
    expect(await count.rest('10.0.0.1')).toBe(60);
    expect(await count.rest('10.0.0.2')).toBeUndefined();
  });

  it('is one /64 of IPv6', async () => {
    const count = createCount(1, 60_000);
    expect(await addAll(count, ['2001:db8::1', '2001:db8:0:1::1', '2001:db8::ffff:0:0:1'])).toEqual([
      undefined,
      undefined,
      60,
    ]);
  });
});

describe('a site of IPv6', () => {
  const networkAt = (at: number) => `2001:db8:7:${at.toString(16)}::1`;

  it('does as much as sixteen networks of it, however many it has', async () => {
    const count = createCount(2, 60_000);
    const networks = Array.from({ length: 40 }, (_, at) => networkAt(at));
    const rests = await addAll(count, networks);
    expect(rests.map((one) => one === undefined)).toEqual(networks.map((_, at) => at < 32));
    expect(await count.rest(networkAt(99))).toBe(60);
    expect(await addAll(count, ['2001:db8:8::1', '203.0.113.1'])).toEqual([undefined, undefined]);
    vi.advanceTimersByTime(60_000);
    expect(await count.add(networkAt(0))).toBeUndefined();
  });
});

describe('a site that has done all that it may', () => {
  it('takes from nobody the count of their own', async () => {
    const count = createCount(1, 60_000, 20);
    for (let at = 0; at < 40; at += 1) await count.add(`2001:db8:7:${at.toString(16)}::1`);
    expect(await addAll(count, ['203.0.113.1', '203.0.113.2', '203.0.113.1'])).toEqual([
      undefined,
      undefined,
      60,
    ]);
  });
});

describe('more addresses than can be told apart', () => {
  it('share the count of their region', async () => {
    const count = createCount(1, 60_000, 2);
    const crowd = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.9.9', '198.51.100.1', '2001:db8::1'];
    expect(await addAll(count, crowd)).toEqual([undefined, undefined, undefined, 60, undefined, undefined]);
    expect(await count.rest('203.77.7.7')).toBe(60);
    expect(await count.add('2001:ffff::1')).toBe(60);
    vi.advanceTimersByTime(60_000);
    expect(await count.add('203.0.9.9')).toBeUndefined();
  });

  it('cost a bounded number of counts, however many they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.ipV4(), { maxLength: 60 }), async (addresses) => {
        vi.clearAllTimers();
        const count = createCount(1000, 60_000, 5);
        await addAll(count, addresses);
        const regions = new Set(addresses.map((address) => address.split('.')[0]));
        // Each count has a timer, by which it is forgotten, and so have the newcomers together.
        expect(vi.getTimerCount()).toBeLessThanOrEqual(5 + regions.size + 1);
      }),
      { numRuns: 30 },
    );
  });
});
