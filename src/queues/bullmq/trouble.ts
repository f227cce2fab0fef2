import type { Clock } from '../../clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../domain/calendar.ts';
import type { Log } from '../../log.ts';

/**
 * Tells of trouble with the server, which every connection notices again and again: once a minute as a warning, else for
 * those who look closely.
 */
export function createTroubleLog({ clock, log }: { clock: Clock; log: Log }): (error: unknown) => void {
  let toldAt: Instant | undefined;
  return (error) => {
    const now = clock.now();
    const isTold = toldAt !== undefined && Math.abs(msBetween(toldAt, now)) < MINUTE_MS;
    if (!isTold) toldAt = now;
    log[isTold ? 'debug' : 'warn']('The queue has trouble with its server, and goes on trying.', { error });
  };
}
