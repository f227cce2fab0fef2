import type { Preview } from '../abilities.ts';
import { addMs, type Instant, MINUTE_MS } from '../domain/calendar.ts';
import { type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { DeliveryJob, Queue } from '../queue.ts';
import type { Source } from '../source.ts';
import { compose } from './compose.ts';
import { draftEdition } from './draft.ts';
import { findOnce } from './fetch.ts';
import { lookSoon } from './hand-on.ts';
import { inOrderByChannel, isMail } from './lanes.ts';
import { watchSource } from './operator.ts';
import { type PostDependencies, type Posted, post } from './post.ts';
import { gone, prepareSlot, type Run } from './prepare.ts';
import { leftOver, untouched } from './record.ts';
import { logOfRun, newRunId } from './run-log.ts';
import type { Wants } from './select.ts';

export interface LineDependencies extends PostDependencies {
  source: Source;
  /** What a feed wants now. */
  wantsOf: (feed: Feed) => Promise<Wants>;
  /** Gives planned slots to whoever posts them. */
  queue: Pick<Queue, 'add' | 'isShared' | 'turn'>;
}

/** A slot to be done, with its feed as it is now. */
export interface DueSlot {
  feed: Feed;
  slot: Slot;
  /** The slot as it was left, when it waits. */
  before?: SlotRecord;
  /** Earlier slots without plan and outcome: this one takes their lists. */
  overtakes?: readonly SlotRecord[];
  /** The instant that the lists are chosen for: that of the slot, or now when somebody asked for it. */
  asOf: Instant;
  /** When the feed's time came for the first time: a feed without editions takes the lists from then on. */
  beganAt: Instant;
  /** Somebody asked for it and sees for themselves: a short list is taken at once. */
  isRequested?: true;
}

/** From the source to what was posted. */
export interface Line {
  /**
   * Plans the slots, each listing read once for all, and has each posted through the queue; those of one feed in the given
   * order, and none before the one ahead of it is done. Out: how each stands now, in their order; one that another
   * process posts is `waiting`. A slot that another run has in hand, that is not this process's or whose turn has not come
   * is `due`, untouched. One that fails by `StoreError` or `QueueError` leaves the others standing. Rejects with the
   * signal's reason only.
   */
  run(due: readonly DueSlot[], signal?: AbortSignal): Promise<PromiseSettledResult<SlotRecord>[]>;
  /** Delivers and records: the part of the line that a job of the queue stands for. Errors: as `post.ts` says. */
  post(job: DeliveryJob, signal?: AbortSignal): Promise<Posted>;
  /** The cards that a slot would have now and what is to be said of them; posts nothing. */
  preview(due: DueSlot, signal?: AbortSignal): Promise<Preview>;
}

/** A run begins no mails after so long: the editions of the next minutes must not wait for a mail server that is slow. */
const MAILS_MS = MINUTE_MS;

/**
 * Fetch, merge and settle once a run for each listing; then, slot by slot, select and plan; and, by whoever takes the job,
 * deliver and record.
 */
export function createLine(dependencies: LineDependencies): Line {
  return {
    run: (due, signal) => runAll(due, dependencies, signal),
    post: (job, signal) => post(job, dependencies, signal),
    async preview(due, signal) {
      const draft = await draftEdition(due, findOnce(dependencies, signal), dependencies);
      if ('report' in draft) {
        const { state, sentence } = draft.report;
        return { cards: [], ...(state === 'due' ? { isEarly: true as const } : { reason: sentence }) };
      }
      return { cards: compose(draft.edition, draft.papers, due.feed, draft.reasons) };
    },
  };
}

async function runAll(
  due: readonly DueSlot[],
  dependencies: LineDependencies,
  signal?: AbortSignal,
): Promise<PromiseSettledResult<SlotRecord>[]> {
  const { clock } = dependencies;
  const id = newRunId();
  const log = logOfRun(dependencies.log, id);
  const find = findOnce({ ...dependencies, log }, signal);
  const mailsUntil = addMs(clock.now(), MAILS_MS);
  const results = await inOrderByChannel(
    due,
    async (one, blocked) => {
      if (isMail(one.feed) && clock.now() >= mailsUntil) return leftOver(one, clock.now());
      if (blocked) return untouched(one, 'An earlier edition of this feed has not gone out.', clock.now());
      return await doSlot(one, { id, find, log, signal }, dependencies);
    },
    signal,
  );
  signal?.throwIfAborted();
  await watchSource(await find.found(), dependencies).catch((error: unknown) => {
    // What was posted stands, whatever becomes of the alarm.
    log.error('The source could not be watched', { error });
  });
  return results;
}

async function doSlot(due: DueSlot, run: Run, dependencies: LineDependencies): Promise<SlotRecord> {
  const { store, queue, clock } = dependencies;
  const prepared = await prepareSlot(due, run, dependencies);
  if ('record' in prepared) return prepared.record;
  const requested = due.isRequested ? { isRequested: true as const } : {};
  const job = { kind: 'delivery', id: prepared.next, run: run.id, ...requested } as const;
  await queue.add(job, run.signal).catch(async (error: unknown) => {
    // What the store says of it meanwhile tells less than why it was not taken.
    if (queue.isShared) await lookSoon(due, dependencies).catch(() => undefined);
    throw error;
  });
  return (await store.ledger.slot(slotId(due.slot))) ?? gone(due, clock.now());
}
