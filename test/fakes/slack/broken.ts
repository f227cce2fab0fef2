import type { Fault } from './faults.ts';
import { json, type Outcome, throttled } from './outcome.ts';

/** What a fault answers before anything is done. */
export function insteadOfDoing(fault: Fault | undefined): Outcome | undefined {
  switch (fault?.kind) {
    case 'error':
    case 'status':
      return fault.isHandled ? undefined : instead(fault);
    case 'throttle':
      return throttled(fault.retryAfterMs);
    default:
      return undefined;
  }
}

/** What a fault answers instead. */
export function instead(fault: Fault | undefined): Outcome | undefined {
  switch (fault?.kind) {
    case 'error':
      return json({ ok: false, error: fault.error, ...fault.more });
    case 'status':
      return {
        status: fault.status,
        body: `${fault.status}: by a test`,
        headers: { 'content-type': 'text/plain' },
      };
    case 'garbage':
      return { status: 200, body: '<!doctype html><p>Sorry', headers: { 'content-type': 'text/html' } };
    default:
      return undefined;
  }
}
