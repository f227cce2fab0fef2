import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { networkOf, readAddress } from '../peer.ts';
import { type Refusal, refuse, refuseUnread } from './refusal.ts';

/** Who is connected, and what is being answered to them. */
export interface Connections {
  /** False where the connection is to end: what follows a refusal may be a part of what was refused. */
  takes(response: ServerResponse): boolean;
  /** Answers so, and takes nothing more over that connection. */
  refuse(response: ServerResponse, refusal: Refusal): void;
  /** The same where a request was not even read. */
  refuseUnread(socket: Duplex, refusal: Refusal): void;
  /** Ends event streams, which have no end of their own, and lets go of each connection once its answer is out. */
  end(): void;
}

interface Connection {
  answers: Set<ServerResponse>;
  isEnding: boolean;
}

/** Watches a server; whoever has `mostOfOne` connections gets no more, so that others do. */
export function watchConnections(server: Server, mostOfOne: number): Connections {
  const connections = new Map<Duplex, Connection>();
  admit(server, mostOfOne, (socket) => {
    connections.set(socket, { answers: new Set(), isEnding: false });
    // A response that waits behind another is never told of the end of its connection.
    socket.once('close', () => connections.delete(socket));
  });
  const letGo = (socket: Duplex) => {
    const connection = connections.get(socket);
    if (connection) connection.isEnding = true;
  };

  return {
    takes(response) {
      // Whoever went away needs no answer; without a listener it would end the process.
      response.on('error', () => {});
      const connection = connections.get(response.req.socket);
      if (!connection || connection.isEnding) return false;
      connection.answers.add(response);
      response.once('close', () => connection.answers.delete(response));
      return true;
    },
    refuse(response, refusal) {
      letGo(response.req.socket);
      refuse(response, refusal);
    },
    refuseUnread(socket, refusal) {
      letGo(socket);
      const answers = [...(connections.get(socket)?.answers ?? [])];
      // Nothing may stand in the middle of another answer.
      if (!socket.writable || answers.some(({ headersSent }) => headersSent)) return void socket.destroy();
      refuseUnread(socket, refusal);
    },
    end() {
      server.closeIdleConnections();
      for (const response of [...connections.values()].flatMap(({ answers }) => [...answers])) {
        response.shouldKeepAlive = false;
        // Where the head is out its connection would be kept for some seconds.
        response.once('close', () => server.closeIdleConnections());
        if (isEventStream(response)) response.end();
      }
    },
  };
}

/** Tells of each connection that is let in. */
function admit(server: Server, mostOfOne: number, onOpen: (socket: Socket) => void): void {
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(readAddress(socket.remoteAddress ?? '') ?? '');
    const count = counts.get(network) ?? 0;
    if (count >= mostOfOne) return void socket.destroy();
    counts.set(network, count + 1);
    socket.once('close', () => {
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
    onOpen(socket);
  });
}

function isEventStream(response: ServerResponse): boolean {
  const type = response.getHeader('content-type');
  return response.headersSent && typeof type === 'string' && type.startsWith('text/event-stream');
}
