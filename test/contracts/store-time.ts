import { expect } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { addMs, type Instant } from '../../src/domain/calendar.ts';
import type { StoreCase } from './store-world.ts';

/** Servers of tests run on this machine; clocks that are read one after the other are cut to milliseconds each. */
const CUT_MS = 1;

export const TIME_CASES: readonly StoreCase[] = [
  {
    title: 'the time of the server, where there is one, is the present, whatever the store’s own clock shows',
    async run({ store }) {
      const since = systemClock.now();
      const told = await store.serverTime?.();
      if (told !== undefined) expectBetween(told, addMs(since, -CUT_MS), addMs(systemClock.now(), CUT_MS));
    },
  },
];

function expectBetween(at: Instant, from: Instant, to: Instant): void {
  expect([from, at, to].toSorted()).toEqual([from, at, to]);
}
