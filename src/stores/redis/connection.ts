import type { Writable } from 'node:stream';
import type { Redis } from 'ioredis';
import { systemClock, within } from '../../clock.ts';
import { COMMIT, type Command, commitArguments } from './commit.ts';
import { createKeys } from './keys.ts';
import { type Argument, createReads, type Reads, type Reply } from './reads.ts';
import type { Script } from './script.ts';
import { createChanges, createNotes } from './work.ts';

/**
 * Changes that are collected. Nothing of them is seen by the reads of the same unit of work, and none says what it met:
 * what must be known is read before. Lists may be of any length, and empty.
 */
export interface Changes {
  set(key: string, value: string | Buffer): void;
  del(...keys: string[]): void;
  hset(key: string, fields: Readonly<Record<string, Argument>>): void;
  hdel(key: string, ...fields: string[]): void;
  /** For counts. A number that names something comes from `reserve`. */
  hincrby(key: string, field: string, by: number): void;
  sadd(key: string, ...members: string[]): void;
  srem(key: string, ...members: string[]): void;
  /** `only`: `present`, changes the score of what is there; `absent`, lets it be; `greater`, never lowers a score. */
  zadd(key: string, score: number, member: string, only?: 'present' | 'absent' | 'greater'): void;
  zrem(key: string, ...members: string[]): void;
}

/**
 * A unit of work: reads, and collects changes, which are made at once if nothing that was read has changed since.
 *
 * Every read is noted with what it gave. At the end one script does the reads again, and makes the changes if all of
 * them give the same; so it takes no lock, no version beside the data and no connection of its own, and costs one round
 * trip for each group of reads that go together, and one for the changes. Before the first change the script looks
 * whether each key is of the kind that its change needs, so that none fails in the middle.
 */
export interface Work extends Reads, Changes {
  /**
   * So many numbers in a row, counted from 1, that nobody else is given; out: the first. Given at once and for good:
   * work that is done again, or comes to nothing, leaves a gap.
   */
  reserve(counter: string, count?: number): Promise<number>;
}

/** One server, under one prefix. Plain reads stand outside of any unit of work. Errors: what `storeError` takes. */
export interface Connection extends Reads {
  /** What all keys begin with, without its colon. */
  readonly prefix: string;
  /**
   * Does a unit of work, from the start again whenever somebody changed what it had read: `work` must do nothing else
   * but read and collect. One without changes ends without a further round trip.
   */
  transaction<T>(work: (tx: Work) => Promise<T>): Promise<T>;
  /** Runs a script in one round trip. It gets the prefix as `ARGV[1]`, and then the arguments. */
  run(script: Script, ...args: Argument[]): Promise<Reply>;
  /** Waits for the work under way, then lets go of the server. May be called twice. */
  close(): Promise<void>;
}

/** How long a call waits for a connection that was lost, which is looked for every two seconds at least. */
const READY_MS = 3000;
/** How often a unit of work is begun: each time but the first somebody else has got on with theirs. */
const TRIES = 200;

/** Arguments as a list: a unit of work has more than a call can take one by one. */
type Send = (name: string, args: Argument[]) => Promise<Reply>;

/** Over a client that is connected; see `createClient` for its options, on which the promises about failures rest. */
export function createConnection(redis: Redis, prefix: string): Connection {
  const whenReady = createWaiting(redis);
  const gather = createGathering(redis);
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  const send: Send = async (name, args) => {
    await whenReady();
    gather();
    // By its lower-case name the driver would know it, and put some answers into another shape.
    return (await redis.callBuffer(name.toUpperCase(), args)) as Reply;
  };
  const runNow = (script: Script, args: readonly Argument[]) => runScript(send, script, [prefix, ...args]);
  const transact = createTransact(prefix, send, runNow);

  /** Refuses what comes after the end, and lets the end wait for what came before. */
  async function begin<T>(work: () => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('the store is closed.');
    const done = work();
    underWay.add(done);
    try {
      return await done;
    } finally {
      underWay.delete(done);
    }
  }

  return {
    prefix,
    ...createReads((name, ...args) => begin(() => send(String(name), args))),
    transaction: (work) => begin(() => transact(work)),
    run: (script, ...args) => begin(() => runNow(script, args)),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await Promise.allSettled(underWay);
      redis.disconnect();
    },
  };
}

/** Lets what many ask for in one turn leave together: to write to a socket costs more than to make a command. */
function createGathering(redis: Redis): () => void {
  let gathering: Writable | undefined;
  return () => {
    const { stream } = redis;
    if (gathering === stream) return;
    gathering = stream;
    stream.cork();
    process.nextTick(() => {
      gathering = undefined;
      stream.uncork();
    });
  };
}

/** Waits until the client is connected, where it is not; ends after a while, as the command then says what is wrong. */
function createWaiting(redis: Redis): () => Promise<void> {
  let ready: Promise<void> | undefined;
  return async () => {
    if (redis.status === 'ready') return;
    // One listener, however many wait.
    ready ??= new Promise((resolve) => {
      redis.once('ready', () => {
        ready = undefined;
        resolve();
      });
    });
    await within(READY_MS, ready, systemClock);
  };
}

/** By its digest; in full where the server does not know it (yet, or after a restart). */
async function runScript(send: Send, { lua, sha1 }: Script, args: readonly Argument[]): Promise<Reply> {
  try {
    return await send('evalsha', [sha1, 0, ...args]);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return await send('eval', [lua, 0, ...args]);
  }
}

function createTransact(
  prefix: string,
  send: Send,
  run: (script: Script, args: readonly Argument[]) => Promise<Reply>,
): Connection['transaction'] {
  const { counters } = createKeys(prefix);
  const reserve = async (counter: string, count = 1) =>
    Number(await send('hincrby', [counters, counter, count])) - count + 1;

  /** Out: undefined when somebody was faster. */
  async function tryOnce<T>(work: (tx: Work) => Promise<T>): Promise<{ result: T } | undefined> {
    const notes = createNotes((name, ...args) => send(String(name), args));
    const changes: Command[] = [];
    const tx: Work = { ...createReads(notes.ask), ...createChanges(changes), reserve };
    const result = await work(tx);
    const replies = await notes.replies();
    if (changes.length === 0) return { result };
    const isDone = await run(COMMIT, commitArguments(notes.reads, replies, changes));
    return isDone === 1 ? { result } : undefined;
  }

  return async (work) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const done = await tryOnce(work);
      if (done) return done.result;
    }
    throw new Error('others changed the same again and again. Try again.');
  };
}
