import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { isDone, type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { QueueError, StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../observer.ts';
import type { Store } from '../store.ts';
import { watch } from './alarms.ts';
import type { Claim } from './claim.ts';
import { faultReport, type SlotReport, untouched } from './record.ts';
import type { Stop } from './step.ts';
import { resume, suspend } from './suspend.ts';

export interface OutcomeDependencies {
  store: Store;
  clock: Clock;
  observer: Observer;
}

/** A slot in hand, as it was found. */
export interface SlotInHand {
  feed: Feed;
  slot: Slot;
  /** Absent where nothing was recorded of it yet. */
  before?: SlotRecord;
  /** Since when an edition was waited for that this one takes over. */
  waitingSinceAt?: Instant;
}

/** What a slot is done with. */
export interface Work {
  adapter: Adapter;
  claim: Claim;
  /** Names the run, the feed and the slot. */
  log: Log;
}

/** How a slot stands after work on it, and what its messages have come to. */
export interface Standing {
  report: SlotReport;
  deliveries: readonly Delivery[];
  /** Something went out. */
  hasSent?: boolean;
  stop?: Stop;
}

/** Does work on a slot; a fault of ours is how it stands then. Errors: `StoreError`, `QueueError`, or the signal's reason. */
export async function orFault<T>(
  { feed, slot }: SlotInHand,
  { log }: Pick<Work, 'log'>,
  work: () => Promise<T>,
  { store, clock }: OutcomeDependencies,
  signal?: AbortSignal,
): Promise<T | Standing> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError || error instanceof QueueError || signal?.aborted) throw error;
    log.error('A slot met a fault', { error });
    const now = await store.ledger.slot(slotId(slot));
    const report = faultReport({ feed, ...(now ? { before: now } : {}) }, clock.now(), error);
    return { report, deliveries: [] };
  }
}

/**
 * Records how a slot stands: the slot itself, whether its feed is suspended, and what its manager is to be told. Out: the
 * slot as it is recorded. Errors: `StoreError`.
 */
export async function keepOutcome(
  { feed, slot, before, waitingSinceAt }: SlotInHand,
  { report, deliveries, hasSent = false, stop }: Standing,
  { adapter, claim, log }: Work,
  dependencies: OutcomeDependencies,
): Promise<SlotRecord> {
  const { store, clock, observer } = dependencies;
  const record = { ...slot, ...report, changedAt: clock.now() };
  // Between two periods nothing has happened that would be worth a record.
  if (record.state === 'due') return record;
  if (await wouldBury(record, claim, store))
    return untouched({ slot }, 'Another run has planned it.', clock.now());
  const isClosed = stop?.kind === 'closed';
  const late = waitingSinceAt === undefined ? {} : { waitingSinceAt };
  if (isClosed) await suspend(feed.id, store, clock);
  else if (hasSent && feed.state === 'suspended') await resume(feed.id, store, clock);
  // Before the record: a slot that is done is not looked at again, and a crash between the two must lose nothing.
  await watch({ record, feed, deliveries, hasSent, isClosed, ...late }, { ...dependencies, adapter });
  await store.ledger.putSlot(record);
  const { state, sentence } = record;
  log.info('A slot was looked at', { state, sentence });
  if (isDone(state) && state !== before?.state) observer.slotDone(record, adapter.platform);
  return record;
}

/** A process that was frozen may find that another has planned the slot since. */
async function wouldBury(record: SlotRecord, claim: Claim, { ledger }: Store): Promise<boolean> {
  if (record.isPlanned) return false;
  await claim.renew();
  return (await ledger.slot(slotId(record)))?.isPlanned === true;
}
