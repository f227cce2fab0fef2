import { atMostEvery, type Clock } from '../clock.ts';
import { MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { Ledger } from '../store.ts';

/** So long after a run one is missed: there is one each minute. */
const MISSED_AFTER_MS = 5 * MINUTE_MS;
/** Anybody may ask by way of `/readyz`; the store is asked no more often than this. */
const ASK_EVERY_MS = 5 * SECOND_MS;

/** The claim that a run leaves behind, whose end is the time at which one is missed. */
const RAN = 'ran';
const RUN = 'run';
/** All that look are one holder, so that none of them takes another's look for a run. */
const LOOK = 'look';

type Marks = Pick<Ledger, 'claim' | 'release'>;

/** Marks that a run looks at what is due. Errors: `StoreError`. */
export async function markRun(ledger: Marks): Promise<void> {
  if (await ledger.claim(RAN, RUN, MISSED_AFTER_MS)) return;
  // Somebody looks, or died as they did.
  await ledger.release(RAN, LOOK);
  await ledger.claim(RAN, RUN, MISSED_AFTER_MS);
}

/** Whether any process looks at what is due. Errors: `StoreError`. */
export interface RunWatch {
  /** That no run has come for some minutes, and what to look at; undefined while they come. */
  trouble(): Promise<string | undefined>;
  /** Whether one has come within these minutes. */
  hasSeen(): Promise<boolean>;
}

/** Begins to miss runs some minutes after it was made, as processes are started one after the other. */
export function createRunWatch({ ledger, clock }: { ledger: Marks; clock: Clock }): RunWatch {
  const sinceAt = clock.now();

  async function look(): Promise<boolean> {
    const hasRun = !(await ledger.claim(RAN, LOOK, MISSED_AFTER_MS));
    if (!hasRun) await ledger.release(RAN, LOOK);
    return hasRun;
  }

  const hasSeen = atMostEvery(ASK_EVERY_MS, look, clock);
  return {
    hasSeen,
    async trouble() {
      const hasRun = await hasSeen();
      if (hasRun || msBetween(sinceAt, clock.now()) < MISSED_AFTER_MS) return undefined;
      const minutes = MISSED_AFTER_MS / MINUTE_MS;
      return `No worker has looked for editions for ${minutes} minutes; is one running, and does the queue answer?`;
    },
  };
}
