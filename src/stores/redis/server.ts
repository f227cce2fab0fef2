import type { Redis } from 'ioredis';
import { StoreError } from '../../errors.ts';
import type { Log } from '../../log.ts';

/** ZRANGE by scores and bytes (https://redis.io/commands/zrange, 2026-11-26), ZMSCORE and COPY came with it. */
const OLDEST = [6, 2] as const;

/** What must be set so that what was acknowledged is kept, and what to do where it is not. */
const SETTINGS = {
  appendonly: {
    needs: 'yes',
    sentence: 'keeps nothing of what it acknowledges when it dies. Let it: CONFIG SET appendonly yes',
  },
  appendfsync: {
    needs: 'always',
    sentence:
      'writes to its disk later than it acknowledges: up to two seconds of work are lost when it dies, and a message that was noted as sent may be sent again. Let it write at once: CONFIG SET appendfsync always',
  },
  'maxmemory-policy': {
    needs: 'noeviction',
    sentence:
      'throws data away when its memory is full. Let it refuse instead: CONFIG SET maxmemory-policy noeviction',
  },
} as const;

type Setting = keyof typeof SETTINGS;
const NAMES = Object.keys(SETTINGS) as Setting[];

/**
 * Looks whether a server can hold a store. Where it does not let us ask, as servers that others run often do, what
 * cannot be known is logged once.
 *
 * Errors: `StoreError` for one that is too old, a cluster (scripts touch several keys), or loses what it acknowledged.
 */
export async function checkServer(redis: Redis, log: Log): Promise<void> {
  const facts = await readFacts(redis);
  const problem = problemOf(facts);
  if (problem !== undefined) {
    throw new StoreError('opening', { message: `the Redis of STORE_URL ${problem}` });
  }
  const unknown = NAMES.filter((name) => !facts.has(name));
  if (unknown.length === 0) return;
  log.warn('Redis does not tell whether it keeps what it acknowledges; see that these are set', {
    key: 'redis',
    settings: unknown.map((name) => `${name} ${SETTINGS[name].needs}`),
  });
}

/** What is wrong with a server of which so much is known; undefined when nothing is. */
export function problemOf(facts: ReadonlyMap<string, string>): string | undefined {
  const version = facts.get('redis_version');
  if (version !== undefined && isTooOld(version)) {
    return `is version ${version}; ${OLDEST.join('.')} or a newer one is needed.`;
  }
  if (facts.get('redis_mode') === 'cluster') {
    return 'is a cluster. Give a single server, with replicas where you like.';
  }
  const lacking = NAMES.find((name) => (facts.get(name) ?? SETTINGS[name].needs) !== SETTINGS[name].needs);
  return lacking && `${SETTINGS[lacking].sentence}, and keep it so in its configuration file.`;
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** What the server says of itself, and its settings as CONFIG or else INFO tells them. */
async function readFacts(redis: Redis): Promise<Map<string, string>> {
  const facts = await readInfo(redis);
  const [isOn, policy] = [facts.get('aof_enabled'), facts.get('maxmemory_policy')];
  const told: Partial<Record<Setting, string>> = {
    ...(isOn === undefined ? {} : { appendonly: isOn === '1' ? 'yes' : 'no' }),
    ...(policy === undefined ? {} : { 'maxmemory-policy': policy }),
  };
  for (const name of NAMES) {
    const value = (await readSetting(redis, name)) ?? told[name];
    if (value !== undefined) facts.set(name, value);
  }
  return facts;
}

/** Empty where the server does not say. */
async function readInfo(redis: Redis): Promise<Map<string, string>> {
  const text = (await orUndefined(redis.info())) ?? '';
  const lines = text.matchAll(/^(\w+):(.*?)\r?$/gm);
  return new Map([...lines].map(([, name = '', value = '']) => [name, value]));
}

async function readSetting(redis: Redis, name: Setting): Promise<string | undefined> {
  const pair = await orUndefined(redis.call('config', ['get', name]));
  return Array.isArray(pair) && typeof pair[1] === 'string' ? pair[1] : undefined;
}

/** Undefined for what the server refuses to tell. Errors: of a server that does not answer. */
async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as Error).name === 'ReplyError') return undefined;
    throw error;
  }
}
