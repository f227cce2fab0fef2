import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import type { Compare } from './comparison.ts';
import { type Address, turnOf } from './message.ts';

/** So long after an event whatever another process has taken of the same reaction is in the store. */
const SETTLED_MS = 2 * SECOND_MS;

export interface SettlingDependencies {
  compare: Compare;
  turns: Turns;
  clock: Clock;
  signal: AbortSignal;
}

/** Looks at a message once all that others took of it is in the store. Errors: those of `Compare`. */
export type Settle = (address: Address) => Promise<void>;

export function createSettling({ compare, turns, clock, signal }: SettlingDependencies): Settle {
  /** Messages that are looked at in a moment, whatever else happens on them. */
  const settling = new Set<string>();
  return async (address) => {
    const key = `${turnOf(address)} ${address.messageId}`;
    if (settling.has(key)) return;
    settling.add(key);
    await clock.sleep(SETTLED_MS, signal).finally(() => settling.delete(key));
    await turns.run(turnOf(address), () => compare(address, signal));
  };
}
