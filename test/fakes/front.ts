import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** An address that leads to a server, and can be taken away: then nobody listens there, as when a network is down. */
export interface Front {
  readonly port: number;
  /** Nobody listens any more, and what was connected is not. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** Turns of the event loop after which those at the other end know that a connection has ended. */
const TURNS = 20;

export async function openFront(target: number): Promise<Front> {
  const sockets = new Set<Socket>();
  let server = await listen(0, target, sockets);
  const { port } = server.address() as { port: number };

  async function down(): Promise<void> {
    server.close();
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server, 'close');
    for (let turns = 0; turns < TURNS; turns += 1) await setImmediate();
  }

  return {
    port,
    down,
    async up() {
      server = await listen(port, target, sockets);
    },
    stop: down,
  };
}

async function listen(port: number, target: number, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
