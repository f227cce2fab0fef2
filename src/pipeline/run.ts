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
  /**
   * Does the slots, each listing read once for all; out: how each stands now, in their order. A slot that another run
   * has in hand, or that is not this process's, comes back as `due`, untouched. One that fails by `StoreError` leaves
   * the others standing. Rejects with the signal's reason only.
   */
  run(due: readonly DueSlot[], signal?: AbortSignal): Promise<PromiseSettledResult<SlotRecord>[]>;
  /** The cards that a slot would have now and what is to be said of them; posts nothing. */
  preview(due: DueSlot, signal?: AbortSignal): Promise<Preview>;
}

/** After an error of our own a slot is tried again this late. */
const AFTER_FAULT_MS = 10 * MINUTE_MS;
/** How long a feed stays with a run that has died; renewed before each delivery. */
const CLAIM_MS = 3 * MINUTE_MS;
/** A feed that another run has is looked at again this late. */
const AFTER_CLAIM_MS = MINUTE_MS;
/** Channels worked on side by side: enough to hide a slow platform, few enough to hold in memory. */
const MOST_CHANNELS = 20;

/** Fetch, merge and settle once a run for each listing; then, slot by slot, select, plan, deliver and record. */
export function createLine(dependencies: LineDependencies): Line {
  const { store, adapters, clock, log } = dependencies;

  /** A feed belongs to one run at a time, of whatever process: only so is a paper posted once in it. */
  async function claimFeed(due: DueSlot, find: Find, signal?: AbortSignal): Promise<SlotRecord> {
    const { id, destination } = due.feed;
    const adapter = adapters.get(destination.platform);
    if (!adapter) return untouched(due, `${destination.platform} is not set up here.`);
    const owner = randomUUID();
    const renew = async () => {
      if (await store.ledger.claim(`feed:${id}`, owner, CLAIM_MS)) return;
      throw new StoreError('claim', { key: id, message: 'another run has taken the feed.' });
    };
    if (!(await store.ledger.claim(`feed:${id}`, owner, CLAIM_MS)))
      return untouched(due, 'Another run is at it.');
    try {
      return await recordSlot(due, { find, adapter, renew }, signal);
    } finally {
      await store.ledger.release(`feed:${id}`, owner);
    }
  }

  function untouched(due: DueSlot, sentence: string): SlotRecord {
    const at = clock.now();
    return { ...due.slot, state: 'due', sentence, changedAt: at, lookAgainAt: addMs(at, AFTER_CLAIM_MS) };
  }

  async function recordSlot(due: DueSlot, work: Work, signal?: AbortSignal): Promise<SlotRecord> {
    const report = await runSlot(due, work, signal).catch((error: unknown) => {
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

  async function runSlot(due: DueSlot, work: Work, signal?: AbortSignal): Promise<SlotReport> {
    const id = slotId(due.slot);
    const [edition, deliveries] = await Promise.all([store.editions.get(id), store.ledger.deliveries(id)]);
    // An earlier run planned it. Deliveries outlive an edition whose record was damaged.
    if (edition || deliveries.length > 0) return await post(due, edition, deliveries, work, signal);
    const draft = await draftEdition(due, work.find, dependencies);
    if ('report' in draft) return draft.report;
    // Written before the plan: a crash right after it leaves a slot that is seen to be unfinished, on whatever day.
    await store.ledger.putSlot({ ...due.slot, ...beingPosted(clock.now()), changedAt: clock.now() });
    const cards = compose(draft.edition, due.feed);
    const planned = await plan(draft.edition, cards, due.feed, work.adapter, store);
    return await post(due, draft.edition, planned, work, signal);
  }

  async function post(
    due: DueSlot,
    edition: Edition | undefined,
    planned: readonly Delivery[],
    { adapter, renew }: Work,
    signal?: AbortSignal,
  ): Promise<SlotReport> {
    const { ledger } = store;
    const { deliveries, resume } = await deliver(planned, { adapter, ledger, clock, log, renew }, signal);
    if (!resume) return outcomeOf(edition, deliveries);
    const at = clock.now();
    const waitingSinceAt = due.before?.waitingSinceAt ?? at;
    return {
      state: 'waiting',
      sentence: resume.reason,
      waitingSinceAt,
      lookAgainAt: addMs(at, resume.afterMs),
    };
  }

  return {
    async run(due, signal) {
      const find = findOnce(dependencies, signal);
      const results = await inOrderByChannel(due, (one) => claimFeed(one, find, signal));
      signal?.throwIfAborted();
      return results;
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

/** What a slot is done with. */
interface Work {
  find: Find;
  adapter: Adapter;
  renew: () => Promise<void>;
}

function beingPosted(at: Instant): SlotReport {
  return { state: 'waiting', sentence: 'It is being posted.', waitingSinceAt: at, lookAgainAt: at };
}

/** A fault of ours is retried as long as the feed's patience lasts, then it stands as the outcome. */
function faultReport({ feed, before }: DueSlot, at: Instant, error: unknown): SlotReport {
  const waitingSinceAt = before?.waitingSinceAt ?? at;
  const sentence = `An unexpected fault: ${error instanceof Error ? error.message : String(error)}`;
  const isOver = at >= addMs(waitingSinceAt, feed.patienceHours * HOUR_MS);
  if (isOver) return { state: 'failed', sentence, waitingSinceAt };
  return { state: 'waiting', sentence, waitingSinceAt, lookAgainAt: addMs(at, AFTER_FAULT_MS) };
}

/** Slots of one channel one after the other, some channels side by side; out: the results in the order of the slots. */
async function inOrderByChannel<T>(
  due: readonly DueSlot[],
  work: (due: DueSlot) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  const results = new Map<DueSlot, PromiseSettledResult<T>>();
  const channels = Map.groupBy(due, ({ feed: { destination: at } }) =>
    JSON.stringify([at.platform, at.workspace, at.channel]),
  ).values();
  const worker = async () => {
    for (const slots of channels) {
      for (const one of slots) {
        const [result] = await Promise.allSettled([work(one)]);
        results.set(one, result);
      }
    }
  };
  await Promise.all(Array.from({ length: MOST_CHANNELS }, worker));
  return due.map((one) => results.get(one) as PromiseSettledResult<T>);
}
