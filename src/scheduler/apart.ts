import { alarmId, feedSubject } from '../domain/alarm.ts';
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../domain/calendar.ts';
import { FEED_DEFAULTS, type FeedId } from '../domain/feed.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store.ts';
import { isDigestId } from './digests.ts';

/** A feed whose records cannot be read is tried again this late; the others go on. */
const AFTER_FAILURE_MS = 5 * MINUTE_MS;

export interface ApartDependencies {
  store: Store;
  log: Log;
  /** Once it is aborted an error is no feed's own: it ends the work on all. */
  signal: AbortSignal;
}

/**
 * Does work on one feed at an instant. Out: undefined where it failed, and then its error is among the failures. Errors:
 * `StoreError` where not even that can be kept, or the signal's reason.
 */
export type Apart = <T>(
  id: FeedId,
  at: Instant,
  failures: unknown[],
  work: () => Promise<T>,
) => Promise<T | undefined>;

/** One feed's damaged or newer record, or a fault of ours, must not silence the others. */
export function createApart({ store, log, signal }: ApartDependencies): Apart {
  /** Since when each of the feeds that cannot be looked at could not. */
  const failingSince = new Map<FeedId, Instant>();

  /** A feed that cannot even be read has no patience of its own; its manager is not known, so the operator is told. */
  async function tellIfLasting(id: FeedId, at: Instant, error: unknown): Promise<void> {
    const since = failingSince.get(id) ?? at;
    failingSince.set(id, since);
    if (isDigestId(id)) return;
    if (at < addMs(since, FEED_DEFAULTS.patienceHours * HOUR_MS)) return;
    const subject = feedSubject(id);
    const sentence = `Feed ${id} cannot be looked at. ${error instanceof Error ? error.message : error}`;
    await store.alarms.raise({
      id: alarmId({ subject, raisedAt: at }),
      subject,
      feedId: id,
      sentence,
      raisedAt: at,
    });
  }

  return async (id, at, failures, work) => {
    try {
      const result = await work();
      failingSince.delete(id);
      return result;
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(error);
      log.error('A feed could not be looked at', { feed: id, error });
      await store.ledger.setWake(id, addMs(at, AFTER_FAILURE_MS));
      await tellIfLasting(id, at, error);
      return undefined;
    }
  };
}
