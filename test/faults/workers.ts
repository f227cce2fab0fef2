import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from '../end-to-end/program.ts';
import { type RunningProgram, running } from '../end-to-end/running.ts';
import { type Door, markOf, openDoor } from './door.ts';

/** Processes that post, each started again whenever it has ended, as whoever runs them has it. */
export interface Workers {
  /**
   * Ends one without a word, as soon as it has a message on its way or soon after. `which`: from 0 to below 1, of those
   * that are there and not frozen; waits for one.
   */
  kill(which: number): Promise<void>;
  /**
   * Stops one where it stands for so long: at once, or as soon as it has a message on its way or soon after. Resolves
   * once it stands still; `thawed` once it goes on.
   */
  freeze(which: number, forMs: number, when: 'at once' | 'sending'): Promise<{ thawed: Promise<void> }>;
  /** Starts after the first ones. */
  readonly restarts: number;
  /** Kills that met at least one message on its way. */
  readonly killedInDelivery: number;
  /** How long each freeze lasted whose process went on afterwards, in milliseconds. */
  readonly freezesMs: readonly number[];
  /** What those had logged that had begun, and ended although nobody had killed them. */
  readonly endedAlone: readonly string[];
  /** All that was logged, the newest last. */
  log(): string;
  /** Tells all to stop, and ends those that do not. */
  stop(): Promise<void>;
}

export interface WorkersOptions {
  program: Program;
  env: Record<string, string>;
  count: number;
  discordUrl: string;
  /** Discord takes a message for the repetition of another process's. */
  hasNonce: boolean;
}

interface Worker {
  process: RunningProgram;
  door: Door;
  isKilled: boolean;
  /** It is being killed or frozen, and left alone by everybody else. */
  isInTrouble: boolean;
}

const BEFORE_RESTART_MS = 200;
const SENDING_MS = 1000;
const LOOK_MS = 5;
const STOP_MS = 30_000;
const LOG_LENGTH = 2000;

export function startWorkers(options: WorkersOptions): Workers {
  const { count } = options;
  const workers: (Worker | undefined)[] = [];
  const endedAlone: string[] = [];
  const freezesMs: number[] = [];
  const logs: string[] = [];
  const lives: Promise<void>[] = [];
  let [starts, killedInDelivery] = [0, 0];
  let isStopping = false;

  async function start(): Promise<Worker> {
    const { program, env, discordUrl, hasNonce } = options;
    const door = await openDoor(discordUrl, hasNonce ? undefined : markOf(starts));
    starts += 1;
    const child = program.spawn(['start', '--role', 'worker'], { ...env, DISCORD_API_URL: door.url });
    return { process: running(child), door, isKilled: false, isInTrouble: false };
  }

  async function live(index: number): Promise<void> {
    while (!isStopping) {
      const worker = await start();
      workers[index] = worker;
      const code = await worker.process.ended;
      worker.door.close();
      workers[index] = undefined;
      logs.push(worker.process.log());
      if (hasBegun(worker) && !worker.isKilled && !isStopping)
        endedAlone.push(`exit ${code}: ${worker.process.log().slice(-LOG_LENGTH)}`);
      await delay(BEFORE_RESTART_MS);
    }
  }

  async function pick(which: number): Promise<Worker> {
    for (;;) {
      const free = workers.flatMap((worker) => (worker && !worker.isInTrouble ? worker : []));
      const picked = free[Math.floor(which * free.length)];
      if (picked) {
        picked.isInTrouble = true;
        return picked;
      }
      await delay(LOOK_MS);
    }
  }

  async function thaw(worker: Worker, afterMs: number): Promise<void> {
    const since = performance.now();
    await delay(afterMs);
    worker.process.kill('SIGCONT');
    if (workers.includes(worker)) freezesMs.push(performance.now() - since);
    worker.isInTrouble = false;
  }

  /** A main process that is ended takes them with it. */
  const killAll = () => {
    for (const worker of workers) worker?.process.kill('SIGKILL');
  };
  process.once('exit', killAll);
  for (let index = 0; index < count; index += 1) lives.push(live(index));

  return {
    get restarts() {
      return Math.max(0, starts - count);
    },
    get killedInDelivery() {
      return killedInDelivery;
    },
    freezesMs,
    endedAlone,
    log: () => [...logs, ...workers.map((worker) => worker?.process.log() ?? '')].join(''),
    async kill(which) {
      const worker = await pick(which);
      if (await untilSending(worker)) killedInDelivery += 1;
      worker.isKilled = true;
      worker.process.kill('SIGKILL');
    },
    async freeze(which, forMs, when) {
      const worker = await pick(which);
      if (when === 'sending') await untilSending(worker);
      worker.process.kill('SIGSTOP');
      return { thawed: thaw(worker, forMs) };
    },
    async stop() {
      isStopping = true;
      for (const worker of workers) worker?.process.kill('SIGTERM');
      const late = setTimeout(killAll, STOP_MS);
      await Promise.all(lives);
      clearTimeout(late);
      process.off('exit', killAll);
    },
  };
}

/** False for one that ended while there was no server to begin with. */
function hasBegun({ process: { said, log } }: Worker): boolean {
  return said().includes('runs as a worker') && !log().includes("The queue's working failed");
}

/** True once it has a message on its way; false where it has none for a while. */
async function untilSending({ door }: Worker): Promise<boolean> {
  const until = performance.now() + SENDING_MS;
  while (door.underWay === 0 && performance.now() < until) await delay(LOOK_MS);
  return door.underWay > 0;
}
