import type { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { read } from './failures.ts';
import type { Ask } from './rest.ts';

export interface FreshDependencies {
  ask: Ask;
  clock: Clock;
}

/**
 * What Discord tells of something, asked one at a time and kept for a minute; a failure is not kept. `channel`: the one that
 * an error names. Errors: those of `Ask`.
 */
export type Fresh = <T>(
  route: `/${string}`,
  schema: z.ZodType<T>,
  channel: string,
  signal?: AbortSignal,
) => Promise<T>;

/** What was told is taken for true so long. */
const FRESH_MS = MINUTE_MS;

/** An answer, or one that is on its way. */
interface Kept {
  at: Instant;
  answer: Promise<unknown>;
  /** What breaks it off. */
  asker: AbortSignal | undefined;
}

export function createFresh({ ask, clock }: FreshDependencies): Fresh {
  const kept = new Map<string, Kept>();

  function knownAnswer(route: string): Kept | undefined {
    const before = kept.get(route);
    return before && isFresh(before) ? before : undefined;
  }

  function newAnswer(route: `/${string}`, channel: string, signal?: AbortSignal): Kept {
    for (const [other, one] of kept) if (!isFresh(one)) kept.delete(other);
    const answer = ask({ method: 'GET', route, channel, signal }).then(({ data }) => data);
    const one = { at: clock.now(), answer, asker: signal };
    kept.set(route, one);
    answer.catch(() => kept.get(route) === one && kept.delete(route));
    return one;
  }

  function isFresh({ at }: Kept): boolean {
    return Math.abs(msBetween(at, clock.now())) < FRESH_MS;
  }

  return async function fresh(route, schema, channel, signal) {
    const { answer, asker } = knownAnswer(route) ?? newAnswer(route, channel, signal);
    try {
      return read(schema, await answer, { channel });
    } catch (error) {
      // Whoever asked first broke it off; we did not.
      if (asker !== signal && asker?.aborted && !signal?.aborted)
        return await fresh(route, schema, channel, signal);
      throw error;
    }
  };
}
