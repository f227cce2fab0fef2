import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { Platform } from '../domain/feed.ts';

/** Failures in a row after which a platform is left alone. */
const MOST_FAILURES = 5;
const FIRST_PAUSE_MS = 30 * SECOND_MS;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
/** Who comes first after a pause tries for all; the others wait so long for what comes of it. */
const TRIAL_MS = 30 * SECOND_MS;

/** Keeps thousands of channels from calling a platform that is down, one after the other. */
export interface Circuit {
  /** How long the platform is to be left alone; 0 for whoever may call it now. */
  pauseMs(at: Instant): number;
  /** It answered, whatever it said. */
  answered(): void;
  /** It could not be reached. */
  failed(at: Instant): void;
}

/** Gives each platform one circuit. `random`: from 0 to below 1, for the pauses. */
export function createCircuits(random: () => number): (platform: Platform) => Circuit {
  const circuits = new Map<Platform, Circuit>();
  return (platform) => {
    const circuit = circuits.get(platform) ?? createCircuit(random);
    circuits.set(platform, circuit);
    return circuit;
  };
}

function createCircuit(random: () => number): Circuit {
  let failures = 0;
  let openUntil: Instant | undefined;

  return {
    pauseMs(at) {
      if (failures < MOST_FAILURES || openUntil === undefined) return 0;
      const leftMs = msBetween(at, openUntil);
      // A longer rest than any pause comes from a clock that went back.
      if (leftMs > 0 && leftMs <= LONGEST_PAUSE_MS) return leftMs;
      openUntil = addMs(at, TRIAL_MS);
      return 0;
    },
    answered() {
      failures = 0;
      openUntil = undefined;
    },
    failed(at) {
      failures += 1;
      const bound = Math.min(FIRST_PAUSE_MS * 2 ** (failures - MOST_FAILURES), LONGEST_PAUSE_MS);
      openUntil = addMs(at, Math.max(SECOND_MS, random() * bound));
    },
  };
}
