import type { Server } from 'node:http';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../until.ts';
import {
  type Connection,
  deliver,
  type Frame,
  type Hall,
  push,
  receive,
  tellWaiting,
} from './gateway-frames.ts';
import { wants } from './session.ts';
import type { Dispatch, Shape } from './state.ts';

/** Codes after which a session cannot be resumed. */
const ENDING: readonly number[] = [GatewayCloseCodes.InvalidSeq, GatewayCloseCodes.SessionTimedOut];

/** As Discord has it. */
const HEARTBEAT_INTERVAL_MS = 41_250;

export interface GatewayOptions {
  /** Default 41,250. */
  heartbeatIntervalMs?: number;
  /** What Discord recommends; default 1. */
  shards?: number;
  /** Fewer shards than that are closed with 4011; default 1. */
  leastShards?: number;
  /** Identifies at once; default 1, as for most bots. */
  maxConcurrency?: number;
  /** How many dispatches a session keeps for a RESUME; default all. */
  replay?: number;
}

/** The gateway's strings for a test to pull. */
export interface Gateway {
  /** Connections that have a session, now. */
  readonly connected: number;
  /** How often a session was begun and how often one was resumed. */
  readonly identifies: number;
  readonly resumes: number;
  /** Every frame that clients sent, in order. */
  readonly received: readonly Frame[];
  /** Set to false, heartbeats are no longer answered: the connection looks dead. */
  acksHeartbeats: boolean;
  /** Set to false, new connections are refused (503), as when the gateway is down. */
  isUp: boolean;
  /** Closes every connection with this code; the sessions stay for a RESUME, save after 4007 and 4009. */
  close(code: number, reason?: string): void;
  /** Tears every connection down without a word. */
  cut(): void;
  /** Asks every client to connect anew (op 7). */
  askReconnect(): void;
  /** Says that sessions are invalid (op 9); those that may not be resumed are forgotten. */
  invalidate(isResumable: boolean): void;
  /** Asks for a heartbeat now (op 1). */
  askHeartbeat(): void;
  /** Sends any frame as it stands. */
  send(frame: unknown): void;
  /** Waits until so many connections have a session. */
  whenConnected(count?: number): Promise<void>;
}

/** The gateway with what the rest of the fake needs of it. */
export interface GatewayServer extends Gateway {
  tell(dispatch: Dispatch): void;
  /** What `GET /gateway/bot` answers. */
  description(): Shape;
  stop(): void;
}

/** Opens the gateway on a server that listens. */
export function openGateway(
  server: Server,
  {
    options = {},
    ...rest
  }: Pick<Hall, 'world' | 'schemas' | 'url' | 'waiting'> & { options: GatewayOptions | undefined },
): GatewayServer {
  const hall: Hall = {
    ...rest,
    options,
    connections: new Set(),
    sessions: new Map(),
    received: [],
    identifies: 0,
    resumes: 0,
    acksHeartbeats: true,
    isUp: true,
  };
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const version = new URL(request.url ?? '/', 'http://discord').searchParams.get('v');
    if (!hall.isUp) socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, (client) => connect(hall, client, version));
  });
  return createStrings(hall, sockets);
}

function connect(hall: Hall, socket: WebSocket, version: string | null): void {
  const connection: Connection = { socket, sends: { sinceMs: hall.world().now(), count: 0 } };
  hall.connections.add(connection);
  socket.on('close', () => {
    hall.connections.delete(connection);
    if (connection.session?.socket === socket) delete connection.session.socket;
    tellWaiting(hall);
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => receive(hall, connection, String(data)));
  const heartbeat_interval = hall.options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS;
  if (version === '10') push(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval } });
  else socket.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
}

/** Tells every session that wants it; nothing of servers that the bot is not in. */
function tell(hall: Hall, dispatch: Dispatch): void {
  const guild = hall.world().guilds.get(dispatch.guildId ?? '');
  if (guild && !guild.hasBot && dispatch.event !== 'GUILD_DELETE') return;
  for (const session of hall.sessions.values()) {
    if (!wants(session, dispatch)) continue;
    const seesContent = (session.intents & GatewayIntentBits.MessageContent) !== 0;
    deliver(hall, session, dispatch.event, seesContent ? dispatch.data : (dispatch.blank ?? dispatch.data));
  }
}

function createStrings(hall: Hall, sockets: WebSocketServer): GatewayServer {
  const { connections, sessions } = hall;
  const live = () => [...connections].filter(({ session }) => session);
  return {
    tell: (dispatch) => tell(hall, dispatch),
    get connected() {
      return live().length;
    },
    get identifies() {
      return hall.identifies;
    },
    get resumes() {
      return hall.resumes;
    },
    received: hall.received,
    get acksHeartbeats() {
      return hall.acksHeartbeats;
    },
    set acksHeartbeats(acksHeartbeats) {
      hall.acksHeartbeats = acksHeartbeats;
    },
    get isUp() {
      return hall.isUp;
    },
    set isUp(isUp) {
      hall.isUp = isUp;
    },
    description: () => description(hall),
    close(code, reason = '') {
      if (ENDING.includes(code)) sessions.clear();
      for (const { socket } of connections) socket.close(code, reason);
    },
    cut() {
      for (const { socket } of connections) socket.terminate();
    },
    askReconnect() {
      for (const { socket } of live()) push(socket, { op: GatewayOpcodes.Reconnect, d: null });
    },
    invalidate(isResumable) {
      for (const connection of live()) detach(hall, connection, isResumable);
    },
    askHeartbeat() {
      for (const { socket } of live()) push(socket, { op: GatewayOpcodes.Heartbeat, d: null });
    },
    send(frame) {
      for (const { socket } of connections) push(socket, frame);
    },
    whenConnected: (count = 1) => until(hall.waiting, () => live().length >= count),
    stop() {
      for (const { socket } of connections) socket.terminate();
      sockets.close();
    },
  };
}

/** Parts a connection from its session; a client that may resume does so over the same connection. */
function detach({ sessions }: Hall, connection: Connection, isResumable: boolean): void {
  const { socket, session } = connection;
  if (!session) return;
  delete connection.session;
  delete session.socket;
  if (!isResumable) sessions.delete(session.id);
  push(socket, { op: GatewayOpcodes.InvalidSession, d: isResumable });
}

function description({ identifies, options, url }: Hall): Shape {
  const { shards = 1, maxConcurrency = 1 } = options;
  return {
    url: url(),
    shards,
    session_start_limit: {
      total: 1000,
      remaining: Math.max(0, 1000 - identifies),
      reset_after: 86_400_000,
      max_concurrency: maxConcurrency,
    },
  };
}
