import { type Clock, othersFirst } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { SlotRecord } from '../domain/edition.ts';
import type { FeedId } from '../domain/feed.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Upkeep } from '../pipeline/upkeep.ts';
import type { Store } from '../store.ts';
import { type ApartDependencies, createApart } from './apart.ts';
import { isDigestId, isMailId } from './digests.ts';
import { sideBySide } from './side-by-side.ts';
import { createTelling, type Telling } from './telling.ts';
import { dueOrAsleep, sleepUntilNext } from './wakes.ts';

/** After so many looks whoever waits for an answer comes first. */
const LOOKS_AT_A_TIME = 25;
/** Digests of one tick: one goes out every two seconds where they are paced, and channels must not wait for them. */
const MOST_DIGESTS = 25;
/**
 * Digests of one tick that come by e-mail: as many as a mail server of some speed takes in a minute, after which the line
 * leaves the rest. Each is looked at before the first edition goes out, in a fraction of a millisecond.
 */
const MOST_MAILS = 5000;

export interface TicksDependencies extends ApartDependencies {
  line: Pick<Line, 'run'>;
  upkeep: Upkeep;
  store: Store;
  clock: Clock;
  /** Feeds that are looked at side by side. */
  looksAtOnce: number;
}

/** Finds what is due and sends it down the line. */
export interface Ticks {
  /**
   * `isAlone`: no editions come due beside it, so that people are waited for. Out: the slots that were looked at. Errors:
   * `StoreError`, or the signal's reason.
   */
  tick(how: { isAlone: boolean }): Promise<SlotRecord[]>;
  /** See `Telling.over`. */
  toldAll: Telling['over'];
}

export function createTicks(dependencies: TicksDependencies): Ticks {
  const { line, upkeep, store, clock, looksAtOnce, signal } = dependencies;
  const apart = createApart(dependencies);
  const { tell, over } = createTelling(upkeep, signal);
  let lastTickAt: Instant | undefined;

  async function runAll(due: readonly DueSlot[], at: Instant, failures: unknown[]): Promise<SlotRecord[]> {
    const results = await line.run(due, signal);
    const records = await lookAtEach(results, looksAtOnce, (result, index) => {
      const { id } = (due[index] as DueSlot).feed;
      return apart(id, at, failures, async () => {
        if (result.status === 'rejected') throw result.reason;
        await sleepUntilNext(id, at, store, result.value);
        return result.value;
      });
    });
    return records.flatMap((record) => record ?? []);
  }

  return {
    async tick({ isAlone }) {
      const at = clock.now();
      // A clock that went back leaves wake times in a future that may never come.
      if (lastTickAt !== undefined && at < lastTickAt) await store.ledger.wakeAll(at);
      lastTickAt = at;
      const ids = withoutMany(await store.ledger.feedsToWake(at));
      const failures: unknown[] = [];
      const look = (id: FeedId) => apart(id, at, failures, () => dueOrAsleep(id, at, store));
      const due = (await lookAtEach(ids, looksAtOnce, look)).flatMap((slots) => slots ?? []);
      const records = await runAll(due, at, failures);
      // When not one feed could be looked at it is the store that is gone, and the tick says so.
      if (failures[0] !== undefined && failures.length >= ids.length) throw failures[0];
      const told = tell();
      if (isAlone) await told;
      // Ends with the signal's reason, or not at all.
      else told.catch(() => undefined);
      await upkeep.run(signal);
      return records;
    },
    toldAll: over,
  };
}

function lookAtEach<T, R>(
  items: readonly T[],
  atOnce: number,
  look: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  return sideBySide(items, atOnce, async (item, index) => {
    if (index % LOOKS_AT_A_TIME === LOOKS_AT_A_TIME - 1) await othersFirst();
    return await look(item, index);
  });
}

/** Channels first, and no more digests than go out before the next minutes' editions: the others keep their turn. */
function withoutMany(ids: readonly FeedId[]): FeedId[] {
  const [mails, digests] = [ids.filter(isMailId), ids.filter((id) => isDigestId(id) && !isMailId(id))];
  const channels = ids.filter((id) => !isDigestId(id));
  return [...channels, ...digests.slice(0, MOST_DIGESTS), ...mails.slice(0, MOST_MAILS)];
}
