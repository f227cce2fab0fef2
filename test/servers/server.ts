import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { keep } from './keeper.ts';
import { type Home, isOver, launch, runOnce, type ServerKind } from './launch.ts';
import { family, signal, untilGone } from './processes.ts';

/**
 * A database server of a test's own: in a temporary folder, on a port of 127.0.0.1 that it keeps for life. It does not
 * outlive the process that started it, however that ends.
 */
export interface TestServer {
  readonly url: string;
  /** Of its main process; of the last one while it is down. */
  readonly pid: number;
  /** SIGSTOP to all its processes: connections stand, requests are taken and not answered. */
  freeze(): void;
  /** SIGCONT to all its processes. */
  thaw(): void;
  /** SIGKILL to all its processes; resolves when they are gone. Nothing where it is down. */
  kill(): Promise<void>;
  /** Asks it to end, which frees it of a freeze; resolves when it has ended. Nothing where it is down. */
  stop(): Promise<void>;
  /** Starts it again on the same port and the same data, after a `stop` where it runs; resolves when it answers. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

const STOP_MS = 15_000;
const PORTS = 5;

/** Starts a server; rejects, with nothing left behind, with the end of its log where it does not come up. */
export async function startServer(kind: ServerKind): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), `paperwire-${kind.name.toLowerCase()}-`));
  const keeper = keep(folder);
  try {
    // The server may have to run as another user.
    chmodSync(folder, 0o711);
    await kind.prepare(folder, (program) => runOnce(program, { folder, keeper }));
    return await onSomePort(kind, { folder, keeper });
  } catch (error) {
    await keeper.end();
    throw error;
  }
}

/** A port that was free a moment ago may be another's by now. */
async function onSomePort(kind: ServerKind, home: Home): Promise<TestServer> {
  for (let left = PORTS; ; left -= 1) {
    const port = await freePort();
    try {
      return new OwnServer(kind, home, port, await launch(kind, home, port));
    } catch (error) {
      if (left === 0 || !/address already in use/i.test(String(error))) throw error;
    }
  }
}

class OwnServer implements TestServer {
  readonly url: string;
  readonly #kind: ServerKind;
  readonly #home: Home;
  readonly #port: number;
  #process: ChildProcess;

  constructor(kind: ServerKind, home: Home, port: number, running: ChildProcess) {
    this.url = kind.url(port);
    this.#kind = kind;
    this.#home = home;
    this.#port = port;
    this.#process = running;
  }

  get pid(): number {
    return pidOf(this.#process);
  }

  freeze(): void {
    this.#home.keeper.watch(this.#stopAll());
  }

  thaw(): void {
    if (isOver(this.#process)) return;
    // The main process last: it looks after the others.
    signal(family(this.pid).reverse(), 'SIGCONT');
    this.#home.keeper.watch([this.pid]);
  }

  async kill(): Promise<void> {
    if (isOver(this.#process)) return;
    const all = this.#stopAll();
    const over = end(this.#process);
    signal(all, 'SIGKILL');
    await over;
    await untilGone(all, STOP_MS);
    this.#home.keeper.watch([]);
  }

  async stop(): Promise<void> {
    if (isOver(this.#process)) return;
    this.thaw();
    const all = family(this.pid);
    const over = end(this.#process);
    signal([this.pid], this.#kind.stopSignal);
    await within(over, `${this.#kind.name} did not end when it was asked to.`);
    await untilGone(all, STOP_MS);
    this.#home.keeper.watch([]);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#process = await launch(this.#kind, this.#home, this.#port);
  }

  async remove(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await this.#home.keeper.end();
    }
  }

  /** Freezes its processes, also those that it begins meanwhile, and lists them. */
  #stopAll(): number[] {
    if (isOver(this.#process)) return [];
    let stopped: number[] = [];
    for (let all = [this.pid]; all.length > stopped.length; all = family(this.pid)) {
      signal(all, 'SIGSTOP');
      stopped = all;
    }
    return stopped;
  }
}

function pidOf(running: ChildProcess): number {
  if (running.pid === undefined) throw new Error('The server never ran.');
  return running.pid;
}

async function end(running: ChildProcess): Promise<void> {
  if (isOver(running)) return;
  running.ref();
  await once(running, 'exit');
}

async function within(work: Promise<void>, complaint: string): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(complaint)), STOP_MS);
  await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
