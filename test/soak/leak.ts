// Puts a deliberate fault into a program: `node --import "leak.ts?kind=memory"`. The kinds are those of `LEAKS` in `leaks.ts`.
import { connect, createServer, type Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import type { LeakKind } from './leaks.ts';

const EVERY_MS = 200;
/** Once it runs, so that it is the soak that finds it. */
const REJECTED_AFTER_MS = 8000;
const kept: unknown[] = [];

const leaks: Record<LeakKind, () => void> = {
  memory: () => every(() => kept.push(Array.from({ length: 50_000 }, (_, index) => ({ index })))),
  sockets() {
    const others: Socket[] = [];
    const server = createServer((socket) => others.push(socket.unref())).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      every(() => kept.push(connect(port, '127.0.0.1').unref()));
    });
    server.unref();
  },
  rejection() {
    const fail = () => void Promise.reject(new Error('Nobody hears of this.'));
    setTimeout(fail, REJECTED_AFTER_MS).unref();
  },
  warning: () => void setTimeout(() => process.emitWarning('Too many listeners.'), REJECTED_AFTER_MS).unref(),
};

function every(work: () => void): void {
  setInterval(work, EVERY_MS).unref();
}

const kind = new URL(import.meta.url).searchParams.get('kind') as LeakKind;
if (isMainThread) leaks[kind]();
