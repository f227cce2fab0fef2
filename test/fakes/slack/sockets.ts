import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../../src/clock.ts';
import { isObject } from '../../slack-checks/read.ts';
import type { Sockets } from './hearing.ts';
import type { Shape } from './state.ts';

/** What came of one try to tell something. */
export interface Outcome {
  isAcked: boolean;
  /** What it was acknowledged with. */
  response?: unknown;
  /** Why not: Slack's word for a retry. */
  reason?: string;
  /** Of HTTP. */
  status?: number;
  /** The app asked not to be told again. */
  isFinal?: boolean;
}

export interface Envelope {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: Shape;
  accepts_response_payload: boolean;
  retry_attempt: number;
  retry_reason: string;
}

/** Socket Mode with what the rest of the fake needs of it. */
export interface SocketServer extends Sockets {
  /** Sends an envelope on one connection, each in its turn; settles with its acknowledgement. */
  send(envelope: Envelope, withinMs: number): Promise<Outcome>;
  /** Where to connect, once. */
  ticket(): string;
  cut(): void;
  stop(): void;
}

interface Hall {
  clock: Clock;
  appId: string;
  newId(prefix: string): string;
  changed(): void;
  problem(sentence: string): void;
  url(): string;
  pingMs: number;
}

interface Connection {
  socket: WebSocket;
  isSilent: boolean;
  /** By envelope id: who waits for its acknowledgement. */
  waiting: Map<string, (outcome: Outcome) => void>;
}

export function openSockets(server: Server, hall: Hall): SocketServer {
  const connections: Connection[] = [];
  const tickets = new Set<string>();
  const state = { opened: 0, turn: 0 };
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => {
      state.opened += 1;
      connect(hall, connections, client);
    });
  });
  const beat = hall.pingMs > 0 ? setInterval(() => pingAll(connections), hall.pingMs) : undefined;
  beat?.unref();
  const cut = () => {
    for (const { socket } of [...connections]) socket.terminate();
  };
  return {
    get count() {
      return connections.length;
    },
    get opened() {
      return state.opened;
    },
    ticket() {
      const ticket = hall.newId('ticket-');
      tickets.add(ticket);
      return `${hall.url()}/link/?ticket=${ticket}&app_id=${hall.appId}`;
    },
    disconnect: (reason = 'refresh_requested') => sayGoodbye(connections, reason),
    drop: cut,
    silence() {
      for (const connection of connections) connection.isSilent = true;
    },
    async send(envelope, withinMs) {
      const connection = connections[state.turn++ % Math.max(connections.length, 1)];
      if (!connection) return { isAcked: false, reason: 'connection_failed' };
      return await sendOn(hall, connection, envelope, withinMs);
    },
    cut,
    stop() {
      clearInterval(beat);
      cut();
      sockets.close();
    },
  };
}

function connect(hall: Hall, connections: Connection[], socket: WebSocket): void {
  const connection: Connection = { socket, isSilent: false, waiting: new Map() };
  connections.push(connection);
  socket.on('close', () => {
    connections.splice(connections.indexOf(connection), 1);
    for (const settle of connection.waiting.values()) settle({ isAcked: false, reason: 'connection_failed' });
    hall.changed();
  });
  socket.on('error', () => socket.terminate());
  socket.on('ping', (data) => {
    if (!connection.isSilent) socket.pong(data);
  });
  socket.on('message', (data) => receive(hall, connection, String(data)));
  const debug_info = { host: 'loopback', started: '', build_number: 1, approximate_connection_time: 18_060 };
  const hello = {
    type: 'hello',
    num_connections: connections.length,
    connection_info: { app_id: hall.appId },
  };
  socket.send(JSON.stringify({ ...hello, debug_info }));
  hall.changed();
}

function receive(hall: Hall, connection: Connection, text: string): void {
  const frame = parsed(text);
  const id = isObject(frame) ? String(frame.envelope_id) : '';
  const settle = connection.waiting.get(id);
  if (settle && isObject(frame)) settle({ isAcked: true, response: frame.payload });
  else if (!isObject(frame) || frame.envelope_id === undefined)
    hall.problem(`Socket Mode: ${text.slice(0, 200)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function sendOn(
  hall: Hall,
  connection: Connection,
  envelope: Envelope,
  withinMs: number,
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const envelope_id = hall.newId('envelope-');
  connection.waiting.set(envelope_id, resolve);
  const over = hall.clock.deadline(withinMs);
  over.addEventListener('abort', () => resolve({ isAcked: false, reason: 'timeout' }), { once: true });
  const { type, retry_attempt, retry_reason, ...rest } = envelope;
  const frame = {
    envelope_id,
    type,
    ...rest,
    ...(type === 'events_api' ? { retry_attempt, retry_reason } : {}),
  };
  if (!connection.isSilent) connection.socket.send(JSON.stringify(frame));
  const outcome = await promise;
  connection.waiting.delete(envelope_id);
  return outcome;
}

function pingAll(connections: readonly Connection[]): void {
  for (const { socket, isSilent } of connections) if (!isSilent) socket.ping('Ping from Slack');
}

function sayGoodbye(connections: readonly Connection[], reason: string): void {
  for (const { socket } of [...connections]) {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'loopback' } }));
    if (reason !== 'warning') socket.close(1000);
  }
}
