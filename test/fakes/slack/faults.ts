import type { Frequency as Often, WayFault } from '../faults.ts';
import type { Team } from './state.ts';

/**
 * What may go wrong with a call:
 * - `error`: `{ ok: false, error }` instead; with `isHandled` after it was done;
 * - `status`: 500, 503 and the like, `isHandled` as above;
 * - `throttle`: 429 with `Retry-After` in whole seconds;
 * - `cut-before`, `reset-before`: the connection is closed (FIN) or torn down (RST) before anything was done;
 * - `cut-after`, `reset-after`: the same after it was done, instead of the answer;
 * - `hang-before`, `hang-after`: no answer ever comes;
 * - `slow`: it is done and answered `byMs` later by the fake's clock; with `isHandled` done at once;
 * - `garbage`: 200 with a page of HTML, after it was done.
 */
export type Fault =
  | { kind: 'error'; error: string; isHandled?: true; more?: Readonly<Record<string, unknown>> }
  | { kind: 'status'; status: number; isHandled?: true }
  | { kind: 'throttle'; retryAfterMs: number }
  | { kind: 'garbage' }
  | WayFault;

/** How often a fault strikes, and in whose workspace only. */
export interface Frequency extends Often {
  workspace?: Team | string;
}
