import { addMs, DAY_MS, type Instant, msBetween } from '../domain/calendar.ts';
import { createNotices } from './notices.ts';
import { type Call, createOperator } from './operator.ts';
import { refreshCards } from './refresh.ts';
import type { LineDependencies } from './run.ts';

/** Outcomes, their reasons and what was sent are kept so long; what was considered is kept for ever. */
export const OUTCOMES_KEPT_DAYS = 90;
const FORGET_EVERY_MS = DAY_MS;
/** Steps of forgetting in one go; what is left comes with the next tick. */
const MOST_STEPS = 10;

export interface UpkeepDependencies extends LineDependencies {
  call?: Call;
  /** The archive keeps what was seen within so many days; absent keeps all. */
  archiveDays?: number;
}

/**
 * What is done beside the editions, after each tick. What cannot be done now is logged and done later. Errors of each:
 * the signal's reason only.
 */
export interface Upkeep {
  /** Tells managers, then members. May take long: a platform lets a message to a member leave every few seconds. */
  tell(signal?: AbortSignal): Promise<void>;
  /** Tells the operator. */
  tellOperator(signal?: AbortSignal): Promise<void>;
  /** The same, brings posted cards up to date and forgets what is old. */
  run(signal?: AbortSignal): Promise<void>;
}

export function createUpkeep(dependencies: UpkeepDependencies): Upkeep {
  const { store, clock, log, archiveDays } = dependencies;
  const notices = createNotices(dependencies);
  const operator = createOperator(dependencies);
  let forgotAt: Instant | undefined;

  async function forget(): Promise<void> {
    const at = clock.now();
    const sinceMs = forgotAt === undefined ? FORGET_EVERY_MS : Math.abs(msBetween(forgotAt, at));
    if (sinceMs < FORGET_EVERY_MS) return;
    const outcomesBefore = addMs(at, -OUTCOMES_KEPT_DAYS * DAY_MS);
    const archiveBefore =
      archiveDays === undefined ? {} : { archiveBefore: addMs(at, -archiveDays * DAY_MS) };
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if (await store.forget({ outcomesBefore, ...archiveBefore })) continue;
      forgotAt = at;
      return;
    }
  }

  const tellOperator = (signal?: AbortSignal) =>
    apart('telling the operator', () => operator.tell(signal), signal);

  return {
    async tell(signal) {
      await apart('telling managers', () => notices.send(signal), signal);
    },
    tellOperator,
    async run(signal) {
      await tellOperator(signal);
      await apart('bringing cards up to date', () => refreshCards(dependencies, signal), signal);
      await apart('forgetting', forget, signal);
    },
  };

  /** What cannot be done now must not keep the rest from being done. */
  async function apart(what: string, work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      signal?.throwIfAborted();
      log.error('Upkeep failed; it is tried again with the next tick', { what, error });
    }
  }
}
