import { createHash } from 'node:crypto';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { createRecent } from '../../../src/domain/recent.ts';

/** Events of one reaction that come later than this after the first are looked at anyway; see `isLate`. */
const OURS_MS = MINUTE_MS;
/** Reactions that are remembered as ours: some 200 bytes each. */
const MOST_KNOWN = 10_000;

export interface SharedDependencies {
  host: Pick<Host, 'isFirst'>;
  clock: Clock;
}

/**
 * Whether all that is told of a reaction within a minute is this process's to take, in the order in which it happened: Slack
 * tells each event to any process that hears it, so that taking away may overtake adding, and what was told in vain comes to
 * another one. `what`: the message, the member and the emoji. Errors: `StoreError`.
 */
export type IsOurs = (what: string) => Promise<boolean>;

export function createShared({ host, clock }: SharedDependencies): IsOurs {
  const ours = createRecent<Instant>(MOST_KNOWN);
  return async (what) => {
    const at = clock.now();
    const since = ours.get(what);
    if (since !== undefined && Math.abs(msBetween(since, at)) < OURS_MS) return true;
    // Who set an emoji is nobody's business where the claim lies.
    const name = createHash('sha256').update(what).digest('base64url');
    const isFirst = await host.isFirst(`slack reaction ${name}`, OURS_MS);
    if (isFirst) ours.put(what, at);
    else ours.forget(what);
    return isFirst;
  };
}
