import type { Bounds } from './verdict.ts';

/** Of twenty minutes in real time. What the bot remembers fills up, and then makes room. */
export const REAL_BOUNDS: Bounds = { heapMb: 4, rssMb: 16, fds: 3, handles: 8 };
/** Of twenty seconds, in which much is done for the first time. */
export const SHORT_BOUNDS: Bounds = { heapMb: 12, rssMb: 60, fds: 12, handles: 30 };
/** Of simulated hours. */
export const SIMULATED_BOUNDS: Bounds = { heapMb: 4, rssMb: 16, fds: 3, handles: 8 };
