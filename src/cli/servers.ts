import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { attempt, type Finding, fine, warning } from '../finding.ts';
import { openQueue } from '../queues/index.ts';
import type { Session } from './session.ts';

const NAMES: Readonly<Record<string, string>> = {
  'postgres:': 'Postgres',
  'postgresql:': 'Postgres',
  'redis:': 'Redis',
  'rediss:': 'Redis',
};
/** Each message waits for the store some times over: beyond that it is felt. */
const SLOW_MS = 100;

/** How the servers answer that processes share. Nothing is said of an embedded store, nor where there is no queue. */
export async function examineServers(session: Session): Promise<Finding[]> {
  const [store, queue] = await Promise.all([ofStore(session), ofQueue(session)]);
  return [...store, ...queue];
}

async function ofStore({ config, bot, clock }: Session): Promise<Finding[]> {
  const name = nameOf(config.storeUrl);
  if (name === undefined) return [];
  const { ledger } = bot.store;
  const owner = randomUUID();
  return await attempt('The store', name, async () => {
    const tookMs = await timed(clock, async () => {
      await ledger.claim(`doctor:${owner}`, owner, MINUTE_MS);
      await ledger.release(`doctor:${owner}`, owner);
    });
    return [answers(`The store on ${name}`, tookMs / 2)];
  });
}

async function ofQueue({ config, clock, log }: Session): Promise<Finding[]> {
  const { queueUrl } = config;
  const name = queueUrl === undefined ? undefined : nameOf(queueUrl);
  if (name === undefined) return [];
  const doubts: Finding[] = [];
  const warn = (sentence: string) => void doubts.push({ state: 'warning', sentence });
  return await attempt('The queue', name, async () => {
    const queue = await openQueue(queueUrl, { clock, log: { ...log, warn } });
    try {
      const tookMs = await timed(clock, () => queue.turn({ key: 'doctor', everyMs: 1 }, 0));
      return [answers(`The queue on ${name}`, tookMs), ...doubts];
    } finally {
      await queue.close();
    }
  });
}

function nameOf(url: string): string | undefined {
  return NAMES[URL.parse(url)?.protocol ?? ''];
}

async function timed(clock: Clock, work: () => Promise<unknown>): Promise<number> {
  const since = clock.now();
  await work();
  return msBetween(since, clock.now());
}

function answers(what: string, tookMs: number): Finding {
  const sentence = `${what} answers within ${Math.ceil(tookMs)} ms.`;
  if (tookMs < SLOW_MS) return fine(sentence);
  return warning(sentence, 'Each message waits for it: run the bot near its server.');
}
