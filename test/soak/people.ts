import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { createRandom } from '../fakes/random.ts';

/** Who may be kept from an answer by a trouble. */
export const WHO = ['discord', 'slack', 'web'] as const;
export type Who = (typeof WHO)[number];

/** Something that somebody does and waits for. Out: it was answered. */
export type Act = readonly [name: string, act: () => Promise<boolean>];

/** What somebody did in vain. */
export interface Unanswered {
  who: Who;
  name: string;
  fromMs: number;
  /** When it was given up. */
  toMs: number;
  why: string;
}

/** How often people got what they asked for. */
export interface Asked {
  acts: Record<Who, number>;
  unanswered: readonly Unanswered[];
}

/** Somebody wants something so often. */
const EVERY_MS: Record<Who, number> = { discord: 400, slack: 400, web: 250 };
/** Nobody waits longer. */
const GIVEN_UP_MS = 20 * SECOND_MS;
const WORDS = [
  'paper boats',
  'agents',
  'language models',
  'vision',
  'gaussian',
  'reasoning',
  'tools',
] as const;

export function wordFrom(random: () => number): string {
  return pick(WORDS, random);
}

export function pick<T>(some: readonly T[], random: () => number): T {
  const one = some[Math.floor(random() * some.length)];
  if (one === undefined) throw new RangeError('There is nothing to pick from.');
  return one;
}

/** Acts by chance until told to stop, and waits for the last answers. `now`: in milliseconds since the soak began. */
export async function liveAs(
  who: Who,
  acts: readonly Act[],
  given: { seed: number; now: () => number; stop: AbortSignal; asked: Asked & { unanswered: Unanswered[] } },
): Promise<void> {
  const { seed, now, stop, asked } = given;
  const random = createRandom(seed);
  const underWay = new Set<Promise<void>>();
  const give = async ([name, act]: Act) => {
    const fromMs = now();
    asked.acts[who] += 1;
    const why = await outcomeOf(act);
    if (why !== undefined) asked.unanswered.push({ who, name, fromMs, toMs: now(), why });
  };
  while (!stop.aborted) {
    const done = give(pick(acts, random)).finally(() => underWay.delete(done));
    underWay.add(done);
    await delay(EVERY_MS[who] * (0.5 + random()), undefined, { signal: stop }).catch(() => undefined);
  }
  await Promise.all(underWay);
}

/** Out: why it was not answered; undefined where it was. */
async function outcomeOf(act: () => Promise<boolean>): Promise<string | undefined> {
  try {
    const isAnswered = await Promise.race([act(), delay(GIVEN_UP_MS, undefined, { ref: false })]);
    if (isAnswered) return undefined;
    return isAnswered === false ? 'no answer in time' : `nothing within ${GIVEN_UP_MS / SECOND_MS} s`;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}
