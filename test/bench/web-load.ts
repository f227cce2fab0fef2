import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../fakes/random.ts';
import { type Spread, spreadOf } from './spread.ts';

/** What readers do. */
export interface Load {
  /** Requests a second. */
  rate: number;
  /** Not measured. */
  warmUpMs: number;
  durationMs: number;
  /** The path of the next request. */
  next: () => string;
}

export interface LoadFigures {
  /** In milliseconds, from the instant at which a request was due to the last byte of its answer. */
  times: Spread;
  requests: number;
  /** Answers other than 200, and requests without an answer. */
  errors: number;
  /** Mean size of an answer. */
  bytes: number;
}

/** Kept open. */
const CONNECTIONS = 20;
const SEED = 7;

/**
 * Asks at random instants, as people do, so many times a second on the average, whether or not what was asked before has
 * been answered. The time of each counts from when it was due: an answer that holds up others is seen in theirs. (The
 * rate of autocannon 8 is no such load: each of its connections sends its share of a second at the beginning of the
 * second, one request behind the other.)
 */
export async function runLoad(url: string, load: Load, begin: () => Promise<void>): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, timeout: 20_000 });
  try {
    await ask(url, agent, { ...load, durationMs: load.warmUpMs });
    await begin();
    return figuresOf(await ask(url, agent, load));
  } finally {
    agent.destroy();
  }
}

/** How one request went. */
interface Answer {
  ms: number;
  /** Undefined where none came. */
  bytes: number | undefined;
}

async function ask(url: string, agent: Agent, { rate, durationMs, next }: Load): Promise<Answer[]> {
  const random = createRandom(SEED);
  const answers: Promise<Answer>[] = [];
  const start = performance.now();
  for (let due = 0; due < durationMs; due += (-Math.log(1 - random()) * 1000) / rate) {
    const waitMs = start + due - performance.now();
    if (waitMs >= 1) await delay(waitMs);
    answers.push(askOne(url + next(), agent, Math.min(start + due, performance.now())));
  }
  return await Promise.all(answers);
}

/** One request, alone or among others; its time from an instant on. */
export async function askOne(address: string, agent: Agent, from = performance.now()): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const request = get(address, { agent }, (answer) => {
    let bytes = 0;
    answer.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    answer.on('end', () => resolve(answer.statusCode === 200 ? bytes : undefined));
    answer.on('error', () => resolve(undefined));
  });
  request.on('error', () => resolve(undefined));
  request.on('timeout', () => request.destroy(new Error('No answer came.')));
  const bytes = await promise;
  return { ms: performance.now() - from, bytes };
}

function figuresOf(answers: readonly Answer[]): LoadFigures {
  const sizes = answers.flatMap(({ bytes }) => bytes ?? []);
  return {
    times: spreadOf(answers.map(({ ms }) => ms)),
    requests: answers.length,
    errors: answers.length - sizes.length,
    bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) / Math.max(sizes.length, 1),
  };
}
