import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
import { MINUTE_MS, SECOND_MS } from './domain/calendar.ts';
import { ConfigError } from './errors.ts';
import type { Log } from './log.ts';
import { type Connections, watchConnections } from './server/connections.ts';
import { faultOf } from './server/head.ts';
import { GUARDS, refusalOf } from './server/refusal.ts';

/**
 * Answers one request, whose path begins with `/` and is what it seems; one Host is in its headers, or none. It reads the
 * body itself, and limits it. What it throws becomes an answer 500. An event stream is ended where the server stops.
 */
export type Listener = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The one port at which we are reached; whoever needs it takes the paths under a prefix. */
export interface Server {
  /** `prefix`: `/slack` takes `/slack` and all under it, `` everything; the longest one that fits counts. */
  route(prefix: string, listener: Listener): void;
  /** Opens the port, where there is a route; again: does nothing. Errors: `ConfigError`. */
  start(): Promise<void>;
  /** Its own address, without a slash at the end; undefined while it is closed. */
  readonly url: string | undefined;
  /** Takes nothing more, and waits so long for what is being answered. May be called when not started, and twice. */
  stop(patienceMs: number): Promise<void>;
}

export interface ServerConfig {
  host: string;
  /** 0 for any that is free. */
  port: number;
  clock: Clock;
  log: Log;
  limits?: Partial<ServerLimits>;
}

/** Whoever is slower than that, or has more, keeps others out for nothing. */
export interface ServerLimits {
  /** From the connection to the end of the headers. */
  headersMs: number;
  /** To the end of the body. */
  requestMs: number;
  /** Without anything being read or written. */
  idleMs: number;
  /** Connections, all together. */
  connections: number;
  /** Of those, from one address (a /64 of IPv6). A reverse proxy has one. */
  connectionsOfOne: number;
}

const LIMITS: ServerLimits = {
  headersMs: 10 * SECOND_MS,
  requestMs: 30 * SECOND_MS,
  idleMs: MINUTE_MS,
  connections: 1000,
  connectionsOfOne: 500,
};
/** Of a head, with the address in it. */
const MAX_HEAD_BYTES = 16_384;

/** A server that listens once it is started. */
export function createServer(config: ServerConfig): Server {
  const { host, port, clock, log } = config;
  const routes = new Map<string, Listener>();
  const { server, connections } = open({ ...LIMITS, ...config.limits });
  server.on('request', (request, response) => {
    if (connections.takes(response)) void answer(request, response, { routes, connections, log });
  });

  return {
    route(prefix, listener) {
      routes.set(prefix.replace(/\/+$/, ''), listener);
    },
    async start() {
      if (routes.size === 0 || server.listening) return;
      server.listen(port, host);
      await once(server, 'listening').catch((error: unknown) => {
        throw configError(error, host, port);
      });
    },
    get url() {
      return server.listening ? urlOf(server.address() as AddressInfo) : undefined;
    },
    async stop(patienceMs) {
      if (server.listening) await close(server, connections, clock.deadline(patienceMs));
    },
  };
}

function open({ headersMs, requestMs, idleMs, ...limits }: ServerLimits) {
  const server = createHttpServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    // Node looks for late ones from time to time: at least as often as the shorter limit runs out.
    connectionsCheckingInterval: Math.min(headersMs, requestMs) / 2,
    maxHeaderSize: MAX_HEAD_BYTES,
    insecureHTTPParser: false,
    // A listener says which names it goes by, and so what it thinks of none.
    requireHostHeader: false,
  });
  server.timeout = idleMs;
  server.maxConnections = limits.connections;
  // Node would leave out those beyond, unseen: perhaps the one that says whom a proxy asks for.
  server.maxHeadersCount = 0;
  const connections = watchConnections(server, limits.connectionsOfOne);
  refuseUnknown(server, connections);
  return { server, connections };
}

/** What Node would answer by itself, or not at all. */
function refuseUnknown(server: HttpServer, connections: Connections): void {
  server.on('clientError', (error, socket) => connections.refuseUnread(socket, refusalOf(error)));
  server.on('connect', (_request, socket) =>
    connections.refuseUnread(socket, {
      status: 405,
      sentence: 'This is no proxy; ask for a path like /today.',
    }),
  );
  server.on('checkExpectation', (_request, response) => {
    if (!connections.takes(response)) return;
    connections.refuse(response, { status: 417, sentence: 'Ask again without Expect.' });
  });
}

interface Answering {
  routes: ReadonlyMap<string, Listener>;
  connections: Connections;
  log: Log;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, connections, log }: Answering,
): Promise<void> {
  for (const [name, value] of Object.entries(GUARDS)) response.setHeader(name, value);
  const fault = faultOf(request);
  if (fault) return connections.refuse(response, fault);
  const [path = ''] = (request.url ?? '').split('?', 1);
  const [prefix, listener] = routeOf(path, routes) ?? [];
  if (!listener) return connections.refuse(response, { status: 404, sentence: 'There is nothing here.' });
  try {
    await listener(request, response);
  } catch (error) {
    log.error('A request could not be answered', { prefix, error });
    connections.refuse(response, { status: 500, sentence: 'That went wrong here; it has been noted.' });
  }
}

function routeOf(path: string, routes: ReadonlyMap<string, Listener>): [string, Listener] | undefined {
  return [...routes]
    .filter(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))
    .sort(([one], [other]) => other.length - one.length)[0];
}

async function close(server: HttpServer, connections: Connections, patience: AbortSignal): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  connections.end();
  const cut = () => server.closeAllConnections();
  patience.addEventListener('abort', cut, { once: true });
  await closed;
  patience.removeEventListener('abort', cut);
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function configError(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return wrong('HTTP_PORT', `${port} is taken by another program on ${host}; stop that, or set another.`);
    case 'EACCES':
      return wrong('HTTP_PORT', `this user may not open ${port}; set one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return wrong(
        'HTTP_HOST',
        `this machine is not reached at "${host}"; 0.0.0.0 stands for all its addresses.`,
      );
    default:
      return error;
  }
}

function wrong(variable: string, problem: string): ConfigError {
  return new ConfigError([{ variable, problem }]);
}
