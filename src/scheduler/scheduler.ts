import { randomUUID } from 'node:crypto';
import { createTask, type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import { addMs, DAY_MS, type Instant } from '../domain/calendar.ts';
import type { SlotRecord } from '../domain/edition.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import type { Log } from '../log.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { dueSlot, nextWakeAt, overtaken } from './cadence.ts';
import { readProgress } from './progress.ts';

/** Feeds read at once, so that a restart of ten thousand does not hold them all. */
const BATCH = 500;

export interface SchedulerDependencies {
  line: Line;
  store: Store;
  clock: Clock;
  log: Log;
}

/** Ticks each minute, finds what is due and sends it down the line. */
export interface Scheduler {
  /** Looks at every feed, then ticks until stopped. */
  start(): Promise<void>;
  /** Does what is due now; out: the slots that were looked at. Errors: `StoreError`, or the signal's reason. */
  tick(): Promise<SlotRecord[]>;
  /** Looks at every feed once and does what is due: for a start, or a clock that went back. */
  catchUp(): Promise<SlotRecord[]>;
  /** Ends the ticks and waits for the one under way, which is told to finish its delivery in hand. */
  stop(): Promise<void>;
}

/** A scheduler over the feeds of a store. Several on one store share the minutes; the line shares the slots. */
export function createScheduler({ line, store, clock, log }: SchedulerDependencies): Scheduler {
  const owner = randomUUID();
  const stopping = new AbortController();
  let task: ScheduledTask | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  let lastTickAt: Instant | undefined;

  async function tick(): Promise<SlotRecord[]> {
    const at = clock.now();
    // A clock that went back leaves wake times in a future that may never come.
    if (lastTickAt !== undefined && at < lastTickAt) await store.ledger.wakeAll(at);
    lastTickAt = at;
    const ids = await store.ledger.feedsToWake(at);
    const records: SlotRecord[] = [];
    for (let from = 0; from < ids.length; from += BATCH) {
      records.push(...(await lookAt(ids.slice(from, from + BATCH), at)));
    }
    return records;
  }

  async function lookAt(ids: readonly FeedId[], at: Instant): Promise<SlotRecord[]> {
    const found = await store.feeds.getMany(ids);
    const feeds = ids.flatMap((id) => found.get(id) ?? []);
    const due = (await Promise.all(feeds.map((feed) => dueOf(feed, at)))).flat();
    // When this throws, the feeds keep their wake times and are looked at again with the next tick.
    const records = await line.run(due, stopping.signal);
    for (const id of ids) await sleepUntilNext(id, found.get(id));
    return records;
  }

  /** The feed's due slot, if there is one. */
  async function dueOf(feed: Feed, at: Instant): Promise<DueSlot[]> {
    const progress = await readProgress(feed, at, store.ledger);
    const slot = dueSlot(feed, at, progress);
    if (!slot) return [];
    const closed = overtaken(slot, progress, at);
    if (closed) await store.ledger.putSlot(closed);
    const before = progress.find(({ day }) => day === slot.day);
    return [{ feed, slot, asOf: slot.dueAt, ...(before ? { before } : {}) }];
  }

  async function sleepUntilNext(id: FeedId, feed: Feed | undefined): Promise<void> {
    const at = clock.now();
    const next = feed ? nextWakeAt(feed, at, await readProgress(feed, at, store.ledger)) : undefined;
    // A feed that is paused or cannot be read is looked at daily; whoever changes it sets its time anew.
    await store.ledger.setWake(id, next ?? addMs(at, DAY_MS));
  }

  async function catchUp(): Promise<SlotRecord[]> {
    await store.ledger.wakeAll(clock.now());
    return await tick();
  }

  /** A failing store must not end the ticks: what is due stays due. */
  async function tickSafely(work: () => Promise<unknown>): Promise<void> {
    underWay = work().catch((error: unknown) => {
      if (!stopping.signal.aborted) log.error('A tick failed; what is due stays due', { error });
    });
    await underWay;
  }

  return {
    async start() {
      task = createTask('* * * * *', () => tickSafely(tick), {
        timezone: 'UTC',
        noOverlap: true,
        name: 'paperwire-tick',
        // Of several processes on one store each minute belongs to one.
        distributed: true,
        runCoordinator: { shouldRun: (key, ttlMs) => store.ledger.claim(`tick:${key}`, owner, ttlMs) },
        logger: quietCronLog(log),
      });
      await tickSafely(catchUp);
      if (!stopping.signal.aborted) await task.start();
    },
    tick,
    catchUp,
    async stop() {
      stopping.abort(new Error('Paperwire is stopping.'));
      await task?.destroy();
      await underWay;
    },
  };
}

/** node-cron writes to the console unless given a log. */
function quietCronLog(log: Log) {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (message: string | Error, error?: Error): void =>
      log[level]('The minute tick', { detail: String(message), ...(error ? { error } : {}) });
  return { info: say('debug'), debug: say('debug'), warn: say('warn'), error: say('error') };
}
