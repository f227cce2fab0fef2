import { randomUUID } from 'node:crypto';
import { createTask, type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import type { Log } from '../log.ts';
import type { Ledger } from '../store.ts';

/** How often the watch looks whether the clock went back. */
const WATCH_MS = MINUTE_MS;
/** A process whose last minute came to nothing waits so long before it claims another. */
const LET_OTHERS_MS = 5 * SECOND_MS;

export interface MinutesDependencies {
  /** Whether this process may claim a minute. Errors: `StoreError`, for no. */
  mayBegin: () => Promise<boolean>;
  /** Begins what is to be done each minute; false when it came to nothing. Must not throw. */
  begin: (minute: Instant) => Promise<boolean>;
  ledger: Pick<Ledger, 'claim'>;
  clock: Clock;
  log: Log;
  /** Ends the minutes. */
  signal: AbortSignal;
}

/** The minutes by the clock; of several processes on one store each minute belongs to one. */
export interface Minutes {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Names a minute, the same in every process. */
export function minuteOf(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

export function createMinutes(dependencies: MinutesDependencies): Minutes {
  const { mayBegin, begin, ledger, clock, log, signal } = dependencies;
  const owner = randomUUID();
  let task: ScheduledTask | undefined;
  let wentWell = true;

  /** Whoever can begin nothing lets others be first: they may be able to. */
  async function shouldRun(key: string, ttlMs: number): Promise<boolean> {
    if (!wentWell) await clock.sleep(LET_OTHERS_MS, signal);
    return (await mayBegin()) && (await ledger.claim(`tick:${key}`, owner, ttlMs));
  }

  async function run(): Promise<void> {
    wentWell = await begin(minuteOf(clock.now()));
  }

  const nextTask = () => createTick(run, shouldRun, log);

  /** node-cron waits for the minute it has in mind, for years when the clock has gone back by years. */
  async function watchClock(): Promise<void> {
    for (let before = clock.now(); !signal.aborted; before = clock.now()) {
      await clock.sleep(WATCH_MS, signal);
      if (clock.now() >= before) continue;
      log.warn('The clock went back; the ticks begin anew', { before, now: clock.now() });
      await task?.destroy();
      task = nextTask();
      await task.start();
    }
  }

  return {
    async start() {
      task = nextTask();
      await task.start();
      // Ends by being stopped, and in no other way.
      watchClock().catch(() => undefined);
    },
    async stop() {
      await task?.destroy();
    },
  };
}

/** Runs each minute that this process may have. */
function createTick(
  run: () => Promise<void>,
  shouldRun: (key: string, ttlMs: number) => Promise<boolean>,
  log: Log,
): ScheduledTask {
  return createTask('* * * * *', run, {
    timezone: 'UTC',
    noOverlap: true,
    // One that comes late, after the machine slept or its clock leapt, is better than one a minute later.
    missedExecutionTolerance: MINUTE_MS,
    name: 'paperwire-tick',
    distributed: true,
    runCoordinator: { shouldRun },
    logger: quietCronLog(log),
  });
}

/** node-cron writes to the console unless given a log. */
function quietCronLog(log: Log) {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (message: string | Error, error?: Error): void =>
      log[level]('The minute tick', { detail: String(message), ...(error ? { error } : {}) });
  return { info: say('debug'), debug: say('debug'), warn: say('warn'), error: say('error') };
}
