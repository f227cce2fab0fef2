import { randomUUID } from 'node:crypto';
import { type Clock, othersFirst } from '../clock.ts';
import { alarmId, feedSubject } from '../domain/alarm.ts';
import { addMs, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import { isDone, type SlotRecord } from '../domain/edition.ts';
import { FEED_DEFAULTS, type Feed, type FeedId } from '../domain/feed.ts';
import type { Log } from '../log.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Upkeep } from '../pipeline/upkeep.ts';
import type { DeliveryJob, Ending, Job, Queue } from '../queue.ts';
import type { Store } from '../store.ts';
import { dueSlots, nextWakeAt } from './cadence.ts';
import { isDigestId, isMailId } from './digests.ts';
import { createMinutes, minuteOf } from './minutes.ts';
import { asDue, readProgress } from './progress.ts';
import { createRightClock } from './right-clock.ts';
import { markRun } from './runs.ts';
import { sideBySide } from './side-by-side.ts';
import { timed } from './timed.ts';

/** A feed whose records cannot be read is tried again this late; the others go on. */
const AFTER_FAILURE_MS = 5 * MINUTE_MS;
/** All processes may start one after the other within this time, for a new version; every feed is looked at once. */
const CATCH_UP_MS = 10 * MINUTE_MS;
/** A job whose channel or feed another one has in hand is tried again this late. */
const BUSY_MS = 5 * SECOND_MS;
/** Feeds that are looked at side by side where each look waits for a server. */
const MOST_LOOKS = 20;
/** After so many looks whoever waits for an answer comes first. */
const LOOKS_AT_A_TIME = 25;
/** Digests of one tick: one goes out every two seconds where they are paced, and channels must not wait for them. */
const MOST_DIGESTS = 25;
/**
 * Digests of one tick that come by e-mail: as many as a mail server of some speed takes in a minute, after which the line
 * leaves the rest. Each is looked at before the first edition goes out, in a fraction of a millisecond.
 */
const MOST_MAILS = 5000;

export interface SchedulerDependencies {
  line: Line;
  queue: Queue;
  upkeep: Upkeep;
  store: Store;
  clock: Clock;
  log: Log;
}

/** Ticks each minute, finds what is due and sends it down the line. */
export interface Scheduler {
  /** Looks at every feed, then ticks until stopped; takes jobs of a shared queue. Errors: `QueueError` when it cannot. */
  start(): Promise<void>;
  /** Does a job of the queue. Errors: `StoreError`, `QueueError`, or the signal's reason. */
  handle(job: Job, signal: AbortSignal): Promise<Ending>;
  /**
   * Does what is due now and tells people; out: the slots that were looked at. A tick of the clock does not wait for the
   * telling. Errors: `StoreError`, or the signal's reason.
   */
  tick(): Promise<SlotRecord[]>;
  /** Looks at every feed once and does what is due: for a start, or a clock that went back. */
  catchUp(): Promise<SlotRecord[]>;
  /** Ends the ticks and waits for what is under way, which is told to finish its delivery in hand. */
  stop(): Promise<void>;
}

/** A scheduler over the feeds of a store. Several on one store share the minutes; the line shares the slots. */
export function createScheduler(dependencies: SchedulerDependencies): Scheduler {
  const { line, queue, upkeep, store, clock, log } = dependencies;
  const owner = randomUUID();
  // An embedded store does one thing at a time.
  const looksAtOnce = queue.isShared ? MOST_LOOKS : 1;
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  const begin = (id: Instant) => tickSafely(() => queue.add({ kind: 'run', id }, stopped));
  const rightClock = createRightClock({ store, clock });
  const mayBegin = async () => (await rightClock.trouble()) === undefined;
  const minutes = createMinutes({ mayBegin, begin, ledger: store.ledger, clock, log, signal: stopped });
  let underWay: Promise<unknown> = Promise.resolve();
  let telling: Promise<void> | undefined;
  let lastTickAt: Instant | undefined;
  /** Since when each of the feeds that cannot be looked at could not. */
  const failingSince = new Map<FeedId, Instant>();

  /** Tells people beside the ticks, once at a time. */
  function tell(): Promise<void> {
    telling ??= upkeep.tell(stopping.signal).finally(() => {
      telling = undefined;
    });
    return telling;
  }

  /** `isAlone`: no editions come due beside it, so that people are waited for. */
  async function tick({ isAlone } = { isAlone: true }): Promise<SlotRecord[]> {
    const at = clock.now();
    // A clock that went back leaves wake times in a future that may never come.
    if (lastTickAt !== undefined && at < lastTickAt) await store.ledger.wakeAll(at);
    lastTickAt = at;
    const ids = withoutMany(await store.ledger.feedsToWake(at));
    const failures: unknown[] = [];
    const due = await lookAtEach(ids, (id) =>
      apart(id, at, failures, async () => {
        const slots = await dueOf(id, at);
        if (slots.length === 0) await sleepUntilNext(id, at);
        return slots;
      }),
    );
    const records = await runAll(
      due.flatMap((slots) => slots ?? []),
      at,
      failures,
    );
    // When not one feed could be looked at it is the store that is gone, and the tick says so.
    if (failures[0] !== undefined && failures.length >= ids.length) throw failures[0];
    const told = tell();
    if (isAlone) await told;
    // Ends with the signal's reason, or not at all.
    else told.catch(() => undefined);
    await upkeep.run(stopping.signal);
    return records;
  }

  function lookAtEach<T, R>(items: readonly T[], look: (item: T, index: number) => Promise<R>): Promise<R[]> {
    return sideBySide(items, looksAtOnce, async (item, index) => {
      if (index % LOOKS_AT_A_TIME === LOOKS_AT_A_TIME - 1) await othersFirst();
      return await look(item, index);
    });
  }

  async function runAll(due: readonly DueSlot[], at: Instant, failures: unknown[]): Promise<SlotRecord[]> {
    const results = await line.run(due, stopping.signal);
    const records = await lookAtEach(results, (result, index) => {
      const { id } = (due[index] as DueSlot).feed;
      return apart(id, at, failures, async () => {
        if (result.status === 'rejected') throw result.reason;
        await sleepUntilNext(id, at, result.value);
        return result.value;
      });
    });
    return records.flatMap((record) => record ?? []);
  }

  /** One feed's damaged or newer record, or a fault of ours, must not silence the others: out: undefined for it. */
  async function apart<T>(
    id: FeedId,
    at: Instant,
    failures: unknown[],
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      const result = await work();
      failingSince.delete(id);
      return result;
    } catch (error) {
      if (stopping.signal.aborted) throw error;
      failures.push(error);
      log.error('A feed could not be looked at', { feed: id, error });
      await store.ledger.setWake(id, addMs(at, AFTER_FAILURE_MS));
      await tellIfLasting(id, at, error);
      return undefined;
    }
  }

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

  async function timedFeed(id: FeedId): Promise<Feed | undefined> {
    const feed = await store.feeds.get(id);
    return feed && (await timed(feed, store));
  }

  async function dueOf(id: FeedId, at: Instant): Promise<DueSlot[]> {
    const feed = await timedFeed(id);
    return feed ? asDue(feed, at, await readProgress(feed, at, store.ledger)) : [];
  }

  /**
   * Reckons from the instant of the tick, not of its end: what came due meanwhile is found by the next one. Reads the
   * feed anew, as it may have been edited during the run; whoever edits it after that has set its time.
   */
  async function sleepUntilNext(id: FeedId, at: Instant, looked?: SlotRecord): Promise<void> {
    const untouched = looked?.state === 'due' ? looked.lookAgainAt : undefined;
    // It is due as before: the next tick finds it without being told.
    if (untouched !== undefined && untouched <= at) return;
    const seen = await store.ledger.wakeOf(id);
    const feed = await timedFeed(id);
    const progress = feed ? await readProgress(feed, at, store.ledger) : [];
    // An older edition went out first, or a channel has opened: what is due beside it comes with the next tick.
    const isMoreDue = feed && looked && isDone(looked.state) && dueSlots(feed, at, progress).length > 0;
    const next = isMoreDue ? at : feed && nextWakeAt(feed, at, progress);
    // A feed that is paused or cannot be read is looked at daily; whoever changes it sets its time anew.
    await store.ledger.setWake(id, untouched ?? next ?? addMs(at, DAY_MS), seen);
  }

  async function catchUp({ isAlone } = { isAlone: true }): Promise<SlotRecord[]> {
    await store.ledger.wakeAll(clock.now());
    return await tick({ isAlone });
  }

  /** One job does what is due of all feeds, the other posts one planned slot. */
  async function handle(job: Job, signal: AbortSignal): Promise<Ending> {
    // A process whose clock is wrong leaves its jobs to others.
    await rightClock.demand();
    if (job.kind === 'delivery') return await deliver(job, signal);
    await markRun(store.ledger);
    await tick({ isAlone: false });
    return {};
  }

  async function deliver(job: DeliveryJob, signal: AbortSignal): Promise<Ending> {
    const at = clock.now();
    const posted = await line.post(job, signal);
    if (posted === 'over') return {};
    if (posted === 'busy') return { againAt: addMs(at, BUSY_MS) };
    if (posted === 'elsewhere') return { againAt: addMs(at, MINUTE_MS) };
    // In this process the tick that gave the job does it.
    if (queue.isShared) await sleepUntilNext(posted.feedId, at, posted);
    const { lookAgainAt } = posted;
    const isSoon = lookAgainAt !== undefined && lookAgainAt < addMs(at, HOUR_MS);
    return !isDone(posted.state) && isSoon ? { againAt: lookAgainAt } : {};
  }

  /** Of all processes one looks at every feed; one that starts after it finds them looked at. */
  async function beginShared(): Promise<void> {
    const at = clock.now();
    if (!(await store.ledger.claim('catch-up', owner, CATCH_UP_MS))) return;
    await store.ledger.wakeAll(at);
    await queue.add({ kind: 'run', id: minuteOf(at) });
  }

  /** A failing store must not end the ticks: what is due stays due. False when it failed. */
  async function tickSafely(work: () => Promise<unknown>): Promise<boolean> {
    const done = work().then(
      () => true,
      (error: unknown) => {
        if (!stopping.signal.aborted) log.error('A tick failed; what is due stays due', { error });
        return false;
      },
    );
    underWay = done;
    return await done;
  }

  return {
    async start() {
      // One that cannot would give work for ever and do none: it ends, and whoever runs it starts it again.
      if (queue.isShared) await queue.work(handle);
      await tickSafely(() => (queue.isShared ? beginShared() : catchUp({ isAlone: false })));
      if (stopping.signal.aborted) return;
      await minutes.start();
    },
    handle,
    tick: () => tick(),
    catchUp: () => catchUp(),
    async stop() {
      stopping.abort(new Error('Paperwire is stopping.'));
      await minutes.stop();
      await underWay;
      await telling?.catch(() => undefined);
    },
  };
}

/** Channels first, and no more digests than go out before the next minutes' editions: the others keep their turn. */
function withoutMany(ids: readonly FeedId[]): FeedId[] {
  const [mails, digests] = [ids.filter(isMailId), ids.filter((id) => isDigestId(id) && !isMailId(id))];
  const channels = ids.filter((id) => !isDigestId(id));
  return [...channels, ...digests.slice(0, MOST_DIGESTS), ...mails.slice(0, MOST_MAILS)];
}
