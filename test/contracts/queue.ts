import { describe, it } from 'vitest';
import { systemClock, within } from '../../src/clock.ts';
import type { Ending } from '../../src/queue.ts';
import { JOB_CASES, SHARED_CASES } from './queue-jobs.ts';
import { TURN_CASES } from './queue-turns.ts';
import { type Answer, createBench, type QueueCase, type QueueSubject } from './queue-world.ts';

/** Every promise of `src/queue.ts`. */
export const QUEUE_CASES: readonly QueueCase[] = [
  ...JOB_CASES,
  ...SHARED_CASES.map((one) => ({ ...one, only: 'shared' as const })),
  ...TURN_CASES,
];

const PATIENCE_MS = 10_000;
/** Of a broken queue nothing is awaited for long. */
const SHORT_PATIENCE_MS = 200;

/** Holds a queue to the contract of `src/queue.ts`: one test a case. */
export function testQueue(subject: QueueSubject): void {
  describe(`queue contract: ${subject.name}`, () => {
    for (const one of QUEUE_CASES) {
      const reason = reasonToSkip(one, subject);
      if (reason) it.skip(`${one.title} (cannot be: ${reason})`);
      else it(one.title, () => runCase(one, subject, PATIENCE_MS));
    }
  });
}

/**
 * The titles of the cases that a queue fails, among those whose title holds `part`: for showing that the suite sees what
 * it should. Out: beside them the cases that were tried.
 */
export async function failedCases(
  subject: QueueSubject,
  part: string,
): Promise<{ failed: string[]; tried: string[] }> {
  const failed: string[] = [];
  const cases = QUEUE_CASES.filter((one) => one.title.includes(part) && !reasonToSkip(one, subject));
  for (const one of cases) {
    await runCase(one, subject, SHORT_PATIENCE_MS).catch(() => failed.push(one.title));
  }
  return { failed, tried: cases.map(({ title }) => title) };
}

function reasonToSkip({ only }: QueueCase, { isLocal }: QueueSubject): string | undefined {
  if (only === 'shared') return isLocal;
  return only === 'local' && isLocal === undefined ? 'processes share it' : undefined;
}

/** In a world of its own. */
async function runCase(one: QueueCase, subject: QueueSubject, patienceMs: number): Promise<void> {
  const place = await subject.makePlace();
  const openAnother = (options?: { atOnce?: number }) => place.open({ clock: systemClock, ...options });
  const over = Promise.withResolvers<Ending>();
  const config = { patienceMs, over: over.promise };
  try {
    const queue = await openAnother();
    const world = { queue, openAnother, createBench: (answer?: Answer) => createBench(config, answer) };
    const run = one.run(world).then(() => true);
    if (!(await within(2 * patienceMs, run, systemClock))) throw new Error('It comes to no end.');
  } finally {
    over.resolve({});
    await place.remove();
  }
}
