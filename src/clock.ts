import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { type Instant, msBetween } from './domain/calendar.ts';

/** The one place that knows the time, so that tests can set it. */
export interface Clock {
  /** The present instant. */
  now(): Instant;
  /** Resolves after `durationMs`; rejects with the signal's reason when aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** A signal that aborts after `durationMs`, and keeps no process alive. */
  deadline(durationMs: number): AbortSignal;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  async sleep(durationMs, signal) {
    try {
      await delay(durationMs, undefined, signal ? { signal } : {});
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
  deadline: (durationMs) => AbortSignal.timeout(durationMs),
};

/** Lets everything else that is due go first: for long work that would keep the process to itself. */
export async function othersFirst(): Promise<void> {
  await turn();
}

/** What comes of it within so long; undefined when it takes longer. Rejects as it does. */
export async function within<T>(durationMs: number, work: Promise<T>, clock: Clock): Promise<T | undefined> {
  const deadline = clock.deadline(durationMs);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const give = () => resolve(undefined);
  deadline.addEventListener('abort', give, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    deadline.removeEventListener('abort', give);
  }
}

/**
 * Asks no more often than so; whoever asks meanwhile has the last answer, or waits for the one under way. Asks anew after
 * a failure, and after the clock was set, either way.
 */
export function atMostEvery<T>(durationMs: number, ask: () => Promise<T>, clock: Clock): () => Promise<T> {
  let last: { at: Instant; answer: Promise<T> } | undefined;
  return async () => {
    const at = clock.now();
    if (!last || Math.abs(msBetween(last.at, at)) >= durationMs) last = { at, answer: ask() };
    const mine = last;
    try {
      return await mine.answer;
    } catch (error) {
      if (last === mine) last = undefined;
      throw error;
    }
  };
}
