import type { Preview } from '../abilities.ts';
import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Edition, isDone, type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed, Platform } from '../domain/feed.ts';
import { StoreError } from '../errors.ts';
import { type Log, withFields } from '../log.ts';
import type { Observer } from '../observer.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import { watch, watchUnattended } from './alarms.ts';
import type { Circuit } from './circuit.ts';
import { type Claim, withFeed } from './claim.ts';
import { compose } from './compose.ts';
import { deliver } from './deliver.ts';
import { draftEdition } from './draft.ts';
import { type Find, findOnce } from './fetch.ts';
import { inOrderByChannel } from './lanes.ts';
import { watchSource } from './operator.ts';
import { plan } from './plan.ts';
import {
  beingPosted,
  closedBy,
  faultReport,
  lateness,
  outcomeOf,
  type SlotReport,
  stoppedReport,
  untouched,
} from './record.ts';
import { logOfRun } from './run-log.ts';
import type { Wants } from './select.ts';
import type { DeliverDependencies, Stop } from './step.ts';
import { resume, suspend } from './suspend.ts';

export interface LineDependencies {
  source: Source;
  store: Store;
  adapters: ReadonlyMap<Platform, Adapter>;
  circuits: (platform: Platform) => Circuit;
  /** What a feed wants now. */
  wantsOf: (feed: Feed) => Promise<Wants>;
  quietUntil: DeliverDependencies['quietUntil'];
  clock: Clock;
  log: Log;
  observer: Observer;
  /** From 0 to below 1: spreads what many would do at once. */
  random: () => number;
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
   * Does the slots, each listing read once for all; those of one feed in the given order, and none before the one
   * ahead of it is done. Out: how each stands now, in their order. A slot that another run has in hand, that is not
   * this process's or whose turn has not come is `due`, untouched. One that fails by `StoreError` leaves the others
   * standing. Rejects with the signal's reason only.
   */
  run(due: readonly DueSlot[], signal?: AbortSignal): Promise<PromiseSettledResult<SlotRecord>[]>;
  /** The cards that a slot would have now and what is to be said of them; posts nothing. */
  preview(due: DueSlot, signal?: AbortSignal): Promise<Preview>;
}

/** What a slot is done with. */
interface Work {
  find: Find;
  adapter: Adapter;
  claim: Claim;
  /** Names the run, the feed and the slot. */
  log: Log;
}

/** How a slot stands after a run, and what its messages have come to. */
interface Standing {
  report: SlotReport;
  deliveries: readonly Delivery[];
  /** Something went out in this run. */
  hasSent?: boolean;
  stop?: Stop;
}

/** Fetch, merge and settle once a run for each listing; then, slot by slot, select, plan, deliver and record. */
export function createLine(dependencies: LineDependencies): Line {
  const { store, adapters, clock, observer } = dependencies;

  async function claimFeed(
    due: DueSlot,
    { find, log }: Pick<Work, 'find' | 'log'>,
    signal?: AbortSignal,
  ): Promise<SlotRecord> {
    const { id, destination } = due.feed;
    const adapter = adapters.get(destination.platform);
    if (!adapter) {
      const sentence = `${destination.platform} is not set up here.`;
      await watchUnattended(due, sentence, dependencies);
      return untouched(due, sentence, clock.now());
    }
    const record = await withFeed(id, dependencies, async (claim) => {
      // Read anew under the claim: it may have been edited, paused or removed since the tick began.
      const feed = await store.feeds.get(id);
      if (!feed) return untouched(due, 'Its feed is gone.', clock.now());
      if (feed.state === 'paused' && !due.isRequested) return untouched(due, 'It was paused.', clock.now());
      const named = withFields(log, { feed: id, slot: slotId(due.slot) });
      return await recordSlot({ ...due, feed }, { find, adapter, claim, log: named }, signal);
    });
    return record ?? untouched(due, 'Another run is at it.', clock.now());
  }

  async function recordSlot(due: DueSlot, work: Work, signal?: AbortSignal): Promise<SlotRecord> {
    await closeOvertaken(due);
    const before = await store.ledger.slot(slotId(due.slot));
    const standing = await runSlot(due, before, work, signal).catch(async (error: unknown) => {
      if (error instanceof StoreError || signal?.aborted) throw error;
      return await metFault(due, error, work);
    });
    const record = { ...due.slot, ...standing.report, changedAt: clock.now() };
    // Between two periods nothing has happened that would be worth a record.
    if (record.state === 'due') return record;
    if (await wouldBury(record, work.claim))
      return untouched(due, 'Another run has planned it.', clock.now());
    const { deliveries, stop, hasSent = false } = standing;
    const isClosed = stop?.kind === 'closed';
    const seen = { record, feed: due.feed, deliveries, hasSent, isClosed, ...lateness(due) };
    if (isClosed) await suspend(due.feed.id, store, clock);
    else if (hasSent) await resume(due.feed.id, store, clock);
    // Before the record: a slot that is done is not looked at again, and a crash between the two must lose nothing.
    await watch(seen, { ...dependencies, adapter: work.adapter });
    await store.ledger.putSlot(record);
    const { state, sentence } = record;
    work.log.info('A slot was looked at', { state, sentence });
    if (isDone(state) && state !== before?.state) observer.slotDone(record, work.adapter.platform);
    return record;
  }

  async function metFault(due: DueSlot, error: unknown, { log }: Work): Promise<Standing> {
    log.error('A slot met a fault', { error });
    const now = await store.ledger.slot(slotId(due.slot));
    const report = faultReport({ ...due, ...(now ? { before: now } : {}) }, clock.now(), error);
    return { report, deliveries: [] };
  }

  /** A process that was frozen may find that another has planned the slot since. */
  async function wouldBury(record: SlotRecord, claim: Claim): Promise<boolean> {
    if (record.isPlanned) return false;
    await claim.renew();
    return (await store.ledger.slot(slotId(record)))?.isPlanned === true;
  }

  /** Under the claim, as nobody may plan meanwhile what is closed here. */
  async function closeOvertaken({ feed, slot, overtakes = [] }: DueSlot): Promise<void> {
    for (const { feedId, day } of overtakes) {
      const now = await store.ledger.slot(slotId({ feedId, day }));
      if (!now || isDone(now.state) || now.isPlanned) continue;
      const closed = closedBy(slot, now, clock.now());
      await store.ledger.putSlot(closed);
      observer.slotDone(closed, feed.destination.platform);
    }
  }

  async function runSlot(
    due: DueSlot,
    slot: SlotRecord | undefined,
    work: Work,
    signal?: AbortSignal,
  ): Promise<Standing> {
    const id = slotId(due.slot);
    const [edition, deliveries] = await Promise.all([store.editions.get(id), store.ledger.deliveries(id)]);
    // An earlier run planned it. Slot and deliveries outlive an edition whose record was damaged.
    if (slot?.isPlanned) return await post(due, edition, deliveries, work, signal);
    const draft = await draftEdition(due, work.find, dependencies);
    if ('report' in draft) return { report: draft.report, deliveries: [] };
    const { adapter, claim } = work;
    const cards = compose(draft.edition, draft.papers, due.feed, draft.reasons);
    const begun = { ...due.slot, ...beingPosted(clock.now()), changedAt: clock.now() };
    const planned = await plan(
      draft,
      { cards, feed: due.feed, slot: begun },
      { adapter, store, claim, observer },
    );
    return await post(due, draft.edition, planned, work, signal);
  }

  async function post(
    due: DueSlot,
    edition: Edition | undefined,
    planned: readonly Delivery[],
    { adapter, claim, log }: Work,
    signal?: AbortSignal,
  ): Promise<Standing> {
    const circuit = dependencies.circuits(adapter.platform);
    const needs = { ...dependencies, ledger: store.ledger, adapter, circuit, renew: claim.renew, log };
    const { deliveries, stop } = await deliver(planned, needs, signal);
    const hasSent = deliveries.some((one, index) => one.state === 'sent' && planned[index]?.state !== 'sent');
    if (!stop) return { report: { ...outcomeOf(edition, deliveries), isPlanned: true }, deliveries, hasSent };
    return { report: stoppedReport(due, stop, clock.now(), dependencies.random), deliveries, hasSent, stop };
  }

  return {
    async run(due, signal) {
      const log = logOfRun(dependencies.log);
      const find = findOnce({ ...dependencies, log }, signal);
      const results = await inOrderByChannel(
        due,
        async (one, blocked) => {
          if (blocked)
            return untouched(one, 'An earlier edition of this feed has not gone out.', clock.now());
          return await claimFeed(one, { find, log }, signal);
        },
        signal,
      );
      signal?.throwIfAborted();
      await watchSource(await find.found(), dependencies).catch((error: unknown) => {
        // What was posted stands, whatever becomes of the alarm.
        log.error('The source could not be watched', { error });
      });
      return results;
    },
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
