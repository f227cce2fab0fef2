import { randomUUID } from 'node:crypto';
import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import type { Preview } from '../command.ts';
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Edition, type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed, Platform } from '../domain/feed.ts';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import { compose } from './compose.ts';
import { deliver } from './deliver.ts';
import { draftEdition } from './draft.ts';
import { type Find, findOnce } from './fetch.ts';
import { plan } from './plan.ts';
import { outcomeOf, type SlotReport } from './record.ts';
import type { Passes } from './select.ts';

export interface LineDependencies {
  source: Source;
  store: Store;
  adapters: ReadonlyMap<Platform, Adapter>;
  passes: Passes;
  clock: Clock;
  log: Log;
}

/** A slot to be done, with its feed as it is now. */
export interface DueSlot {
  feed: Feed;
  slot: Slot;
  /** The slot as it was left, when it waits. */
  before?: SlotRecord;
  /** The instant that the lists are chosen for: that of the slot, or now when somebody asked for it. */
  asOf: Instant;
  /** Somebody asked for it and sees for themselves: a short list is taken at once. */
  isRequested?: true;
}

/** From the source to what was posted. */
export interface Line {
  /** Does the slots; out: how each stands now, in their order. Errors: `StoreError`, or the signal's reason. */
  run(due: readonly DueSlot[], signal?: AbortSignal): Promise<SlotRecord[]>;
  /** The cards that a slot would have now and what is to be said of them; posts nothing. */
  preview(due: DueSlot, signal?: AbortSignal): Promise<Preview>;
}

/** After an error of our own a slot is tried again this late. */
const AFTER_FAULT_MS = 10 * MINUTE_MS;
/** How long a run may hold a slot before another process may take it: longer than any run. */
const SLOT_CLAIM_MS = 30 * MINUTE_MS;

/** Fetch, merge and settle once a run for each listing; then, slot by slot, select, plan, deliver and record. */
export function createLine(dependencies: LineDependencies): Line {
  const { store, adapters, clock, log } = dependencies;

  async function runSlot(due: DueSlot, find: Find, signal?: AbortSignal): Promise<SlotReport> {
    const adapter = adapters.get(due.feed.destination.platform);
    if (!adapter)
      return { state: 'failed', sentence: `${due.feed.destination.platform} is not set up here.` };
    const [planned, deliveries] = await readPlan(due);
    if (planned || deliveries.length > 0) return await post(planned, deliveries, adapter, signal);
    const draft = await draftEdition(due, find, dependencies);
    if ('report' in draft) return draft.report;
    const cards = compose(draft.edition, due.feed);
    return await post(
      draft.edition,
      await plan(draft.edition, cards, due.feed, adapter, store),
      adapter,
      signal,
    );
  }

  /** What an earlier run planned. Deliveries outlive an edition whose record was damaged. */
  async function readPlan({ slot }: DueSlot): Promise<[Edition | undefined, Delivery[]]> {
    return await Promise.all([store.editions.get(slotId(slot)), store.ledger.deliveries(slotId(slot))]);
  }

  async function post(
    edition: Edition | undefined,
    deliveries: readonly Delivery[],
    adapter: Adapter,
    signal?: AbortSignal,
  ): Promise<SlotReport> {
    return outcomeOf(edition, await deliver(deliveries, { adapter, ledger: store.ledger, clock }, signal));
  }

  /** A slot belongs to one run at a time, of whatever process. */
  async function claimSlot(due: DueSlot, find: Find, signal?: AbortSignal): Promise<SlotRecord> {
    const key = `slot:${slotId(due.slot)}`;
    const owner = randomUUID();
    if (!(await store.ledger.claim(key, owner, SLOT_CLAIM_MS))) {
      const sentence = 'Another run is at it.';
      return due.before ?? { ...due.slot, state: 'due', sentence, changedAt: clock.now() };
    }
    try {
      return await recordSlot(due, find, signal);
    } finally {
      await store.ledger.release(key, owner);
    }
  }

  async function recordSlot(due: DueSlot, find: Find, signal?: AbortSignal): Promise<SlotRecord> {
    const report = await runSlot(due, find, signal).catch((error: unknown) => {
      if (error instanceof StoreError || signal?.aborted) throw error;
      log.error('A slot met a fault', { slot: slotId(due.slot), error });
      return faultReport(due, clock.now(), error);
    });
    const record = { ...due.slot, ...report, changedAt: clock.now() };
    // Between two periods nothing has happened that would be worth a record.
    if (record.state === 'due') return record;
    await store.ledger.putSlot(record);
    log.info('A slot was looked at', {
      slot: slotId(due.slot),
      state: record.state,
      sentence: record.sentence,
    });
    return record;
  }

  return {
    async run(due, signal) {
      const find = findOnce(dependencies, signal);
      return await inOrderByChannel(due, (one) => claimSlot(one, find, signal));
    },
    async preview(due, signal) {
      const draft = await draftEdition(due, findOnce(dependencies, signal), dependencies);
      if ('report' in draft) return { cards: [], sentence: draft.report.sentence };
      const cards = compose(draft.edition, due.feed);
      return {
        cards,
        sentence: cards.length > 0 ? 'The next edition, as it would be now.' : 'There is nothing new.',
      };
    },
  };
}

/** A fault of ours is retried as long as the feed's patience lasts, then it stands as the outcome. */
function faultReport({ feed, before }: DueSlot, at: Instant, error: unknown): SlotReport {
  const waitingSinceAt = before?.waitingSinceAt ?? at;
  const sentence = `An unexpected fault: ${error instanceof Error ? error.message : String(error)}`;
  const isOver = at >= addMs(waitingSinceAt, feed.patienceHours * HOUR_MS);
  if (isOver) return { state: 'failed', sentence, waitingSinceAt };
  return { state: 'waiting', sentence, waitingSinceAt, lookAgainAt: addMs(at, AFTER_FAULT_MS) };
}

/** Slots of one channel one after the other, channels side by side; out: the results in the order of the slots. */
async function inOrderByChannel<T>(
  due: readonly DueSlot[],
  work: (due: DueSlot) => Promise<T>,
): Promise<T[]> {
  const tails = new Map<string, Promise<unknown>>();
  const results = due.map((one) => {
    const { platform, workspace, channel } = one.feed.destination;
    const key = JSON.stringify([platform, workspace, channel]);
    const result = (tails.get(key) ?? Promise.resolve()).then(() => work(one));
    tails.set(key, result);
    return result;
  });
  await Promise.allSettled(results);
  return await Promise.all(results);
}
