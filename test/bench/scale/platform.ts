import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DeliveryId, slotOf } from '../../../src/domain/delivery.ts';

/** A message that arrived. */
export interface Arrival {
  id: DeliveryId;
  /** By `performance.now`. */
  atMs: number;
}

/** A platform on this machine that takes everything at once, and remembers what came. */
export interface BenchPlatform {
  url: string;
  /** In the order of arrival. */
  readonly arrivals: readonly Arrival[];
  /** Resolves when so many have arrived since the last `forget`. */
  until(count: number): Promise<void>;
  forget(): void;
  stop(): Promise<void>;
}

/** The name of a delivery travels beside its message. */
export const DELIVERY_HEADER = 'x-delivery';

export async function startBenchPlatform(): Promise<BenchPlatform> {
  let arrivals: Arrival[] = [];
  let waiting: { count: number; go: () => void } | undefined;
  const server = createServer(async (request, response) => {
    await readWhole(request);
    arrivals.push({ id: String(request.headers[DELIVERY_HEADER]), atMs: performance.now() });
    response.end(JSON.stringify({ messageId: String(arrivals.length) }));
    if (waiting && arrivals.length >= waiting.count) waiting.go();
  });
  // Workers keep their connections while they plan for minutes.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get arrivals() {
      return arrivals;
    },
    async until(count) {
      if (arrivals.length >= count) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = { count, go: resolve };
      await promise;
    },
    forget() {
      arrivals = [];
      waiting = undefined;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readWhole(request: IncomingMessage): Promise<void> {
  request.resume();
  await once(request, 'end');
}

/** How many came more than once. */
export function duplicatesIn(arrivals: readonly Arrival[]): number {
  return arrivals.length - new Set(arrivals.map(({ id }) => id)).size;
}

/** How many came before one that stands ahead of them in their edition. */
export function outOfOrderIn(arrivals: readonly Arrival[]): number {
  const slots = Map.groupBy(arrivals, ({ id }) => slotOf(id));
  const early = [...slots.values()].map((ones) => {
    const positions = ones.map(({ id }) => Number(id.slice(id.lastIndexOf('#') + 1)));
    return positions.filter((position, index) => position < Math.max(...positions.slice(0, index))).length;
  });
  return early.reduce((sum, count) => sum + count, 0);
}

/** The most that came within a second that begins with any of them. */
export function busiestSecond(arrivals: readonly Arrival[]): number {
  let [first, most] = [0, 0];
  for (const [index, { atMs }] of arrivals.entries()) {
    while ((arrivals[first]?.atMs ?? atMs) <= atMs - 1000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
