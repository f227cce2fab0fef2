import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { networkOf, readAddress } from './peer.ts';

/** Who is connected, and what is being answered to them. */
export interface Connections {
  /** Something is being answered from now on. */
  answering(response: ServerResponse): void;
  /** Part of an answer has left over this connection, and the rest has not. */
  isAmidst(socket: Duplex): boolean;
  /** Ends event streams, which have no end of their own, and lets go of each connection once its answer is out. */
  end(): void;
}

/** Watches a server; whoever has `mostOfOne` connections gets no more, so that others do. */
export function watchConnections(server: Server, mostOfOne: number): Connections {
  const answers = new Map<Duplex, Set<ServerResponse>>();
  const counts = new Map<string, number>();
  let isEnding = false;

  server.on('connection', (socket: Socket) => {
    const network = networkOf(readAddress(socket.remoteAddress ?? '') ?? '');
    const count = (counts.get(network) ?? 0) + 1;
    if (count > mostOfOne) return void socket.destroy();
    counts.set(network, count);
    answers.set(socket, new Set());
    // A response that waits behind another is never told of the end of its connection.
    socket.once('close', () => {
      answers.delete(socket);
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
  });

  return {
    answering(response) {
      const open = answers.get(response.req.socket);
      open?.add(response);
      response.once('close', () => open?.delete(response));
      // Whoever went away needs no answer; without a listener it would end the process.
      response.on('error', () => {});
      if (isEnding) response.shouldKeepAlive = false;
    },
    isAmidst: (socket) => [...(answers.get(socket) ?? [])].some(({ headersSent }) => headersSent),
    end() {
      isEnding = true;
      server.closeIdleConnections();
      for (const response of [...answers.values()].flatMap((open) => [...open])) {
        response.once('close', () => server.closeIdleConnections());
        if (isEventStream(response)) response.end();
      }
    },
  };
}

function isEventStream(response: ServerResponse): boolean {
  const type = response.getHeader('content-type');
  return response.headersSent && typeof type === 'string' && type.startsWith('text/event-stream');
}
