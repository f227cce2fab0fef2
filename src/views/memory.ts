import type { Clock } from '../clock.ts';
import { type Instant, msBetween } from '../domain/calendar.ts';

/** Remembers what costs something to make. */
export interface Memory<T> {
  /** Undefined for what was never set, was set too long ago, or had to give way. */
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

export interface MemoryLimits {
  /** Entries that it holds; of more, what was asked for longest ago gives way. */
  most: number;
  /** For so long after it was set. */
  keptMs: number;
  clock: Clock;
}

export function createMemory<T>({ most, keptMs, clock }: MemoryLimits): Memory<T> {
  const kept = new Map<string, { at: Instant; value: T }>();
  return {
    get(key) {
      const entry = kept.get(key);
      if (!entry) return undefined;
      kept.delete(key);
      // A clock that was set back must not make an entry live for ever.
      if (Math.abs(msBetween(entry.at, clock.now())) >= keptMs) return undefined;
      kept.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, { at: clock.now(), value });
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    },
    delete: (key) => void kept.delete(key),
  };
}
