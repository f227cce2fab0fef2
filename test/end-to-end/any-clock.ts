import type { createRightClock as Real } from '../../src/scheduler/right-clock.ts';

/** For processes whose date a test sets, while the store's server keeps that of the machine: see `moving-date.ts`. */
export const createRightClock: typeof Real = () => ({ trouble: async () => undefined, async demand() {} });
