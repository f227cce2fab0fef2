import type { ServerResponse } from 'node:http';
import type { Clock } from '../../../src/clock.ts';
import { breakOff } from '../faults.ts';
import type { Fault } from './faults.ts';
import { json, type Outcome, throttled } from './outcome.ts';

/** How an answer goes out. */
interface Way {
  response: ServerResponse;
  write(outcome: Outcome): void;
}

/** Lets a fault strike before anything is done; true when that was all. */
export async function preempt(
  clock: Clock,
  fault: Fault | undefined,
  { response, write }: Way,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'cut-before':
    case 'reset-before':
      breakOff(response.socket, fault.kind === 'reset-before');
      return true;
    case 'hang-before':
      return true;
    case 'slow':
      if (!fault.isHandled) await clock.sleep(fault.byMs);
      return false;
    case 'error':
    case 'status':
      if (fault.isHandled) return false;
      write(instead(fault) as Outcome);
      return true;
    case 'throttle':
      write(throttled(fault.retryAfterMs));
      return true;
    default:
      return false;
  }
}

/** Lets a fault strike after it was done; true when no answer goes out. */
export async function postpone(clock: Clock, fault: Fault | undefined, { response }: Way): Promise<boolean> {
  switch (fault?.kind) {
    case 'cut-after':
    case 'reset-after':
      breakOff(response.socket, fault.kind === 'reset-after');
      return true;
    case 'hang-after':
      return true;
    case 'slow':
      if (fault.isHandled) await clock.sleep(fault.byMs);
      return false;
    default:
      return false;
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
