// Puts a deliberate fault into a program: `node --import "leak.ts?kind=memory"`. The kinds are those of `LEAKS` in `leaks.ts`.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, createServer, type Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import type { LeakKind } from './leaks.ts';

const EVERY_MS = 200;
/** After the soak has begun to look, so that it is the soak that finds it. */
const AFTER_MS = 8000;
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
  rejection: () => onceAsked(() => void Promise.reject(new Error('Nobody hears of this.'))),
  warning: () => onceAsked(() => process.emitWarning('Too many listeners.')),
};

function every(work: () => void): void {
  setInterval(work, EVERY_MS).unref();
}

/** The soak asks for pages from the moment at which the bot runs. */
function onceAsked(work: () => void): void {
  const asked = () => {
    unsubscribe('http.server.request.start', asked);
    setTimeout(work, AFTER_MS).unref();
  };
  subscribe('http.server.request.start', asked);
}

const kind = new URL(import.meta.url).searchParams.get('kind') as LeakKind;
if (isMainThread) leaks[kind]();
