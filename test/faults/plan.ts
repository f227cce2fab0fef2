import { MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { createRandom } from '../fakes/random.ts';

/** `worker frozen as it waits`: for an answer of the store, which is silent for a moment. */
export const KINDS = [
  'worker killed',
  'worker frozen',
  'server killed',
  'server frozen',
  'worker frozen as it waits',
] as const;
export type TroubleKind = (typeof KINDS)[number];

/** Something that is done to a process while messages are under way. */
export interface Trouble {
  kind: TroubleKind;
  /** Once so many messages have arrived. */
  afterMessages: number;
  /** How long it stays frozen, or away. */
  forMs: number;
  /** Which process, from 0 to below 1: the first to the last. */
  which: number;
}

export interface PlanOptions {
  deliveries: number;
  seed: number;
  /** How much shorter all waiting is than in the program as it is. */
  speed: number;
}

/** Deliveries for each trouble of a kind; there is one at least. */
const DELIVERIES: Record<TroubleKind, number> = {
  'worker killed': 400,
  'worker frozen': 700,
  'server killed': 700,
  'server frozen': 700,
  'worker frozen as it waits': 1500,
};

/** How long a feed stays with a worker that says nothing; see `src/pipeline/claim.ts`. */
export const CLAIM_MS = 3 * MINUTE_MS;
/** Others take over meanwhile, and send again what they do not find. */
const PAST_CLAIM_MS = CLAIM_MS + MINUTE_MS;

/**
 * From and to. A worker stays frozen for longer than its jobs stay its own (15 s); where it was frozen as it waited for
 * the server, for longer than its feeds do.
 */
const LASTING_MS: Record<TroubleKind, readonly [number, number]> = {
  'worker killed': [0, 0],
  'worker frozen': [5 * SECOND_MS, 40 * SECOND_MS],
  'server killed': [0, 10 * SECOND_MS],
  'server frozen': [3 * SECOND_MS, 20 * SECOND_MS],
  'worker frozen as it waits': [PAST_CLAIM_MS, PAST_CLAIM_MS],
};

/** Of all messages: from the first trouble to the last. */
const [FIRST, LAST] = [0.02, 0.9];

/** What will go wrong, in order; the same for the same seed. */
export function planTroubles({ deliveries, seed, speed }: PlanOptions): Trouble[] {
  const random = createRandom(seed);
  const troubles = KINDS.flatMap((kind) => {
    const count = Math.max(1, Math.round(deliveries / DELIVERIES[kind]));
    const [from, to] = LASTING_MS[kind];
    return Array.from({ length: count }, () => {
      const lastsMs = from + random() * (to - from);
      const after = (FIRST + random() * (LAST - FIRST)) * deliveries;
      return { kind, afterMessages: Math.round(after), forMs: Math.round(lastsMs / speed), which: random() };
    });
  });
  return troubles.sort((one, other) => one.afterMessages - other.afterMessages);
}
