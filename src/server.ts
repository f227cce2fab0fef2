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

/** Answers one request; reads its body itself, and limits it. What it throws becomes an answer 500. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The one port at which we are reached; whoever needs it takes the paths under a prefix. */
export interface Server {
  /** `prefix`: `/slack` takes `/slack` and all under it; the longest one that fits counts. */
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

/** Whoever is slower than that holds a connection for nothing. */
export interface ServerLimits {
  /** From the connection to the end of the headers. */
  headersMs: number;
  /** To the end of the body. */
  requestMs: number;
  /** Without anything being read or written. */
  idleMs: number;
}

const LIMITS: ServerLimits = { headersMs: 10 * SECOND_MS, requestMs: 30 * SECOND_MS, idleMs: MINUTE_MS };
/** Events come over a few connections; more than this is no platform. */
const MOST_CONNECTIONS = 1000;
const MOST_HEADERS = 100;

/** A server that listens once it is started. */
export function createServer(config: ServerConfig): Server {
  const { host, port, clock, log } = config;
  const routes = new Map<string, Listener>();
  const server = createHttpServer(timeouts({ ...LIMITS, ...config.limits }));
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  server.timeout = config.limits?.idleMs ?? LIMITS.idleMs;
  server.on('request', (request, response) => void answer(request, response, routes, log));

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
      if (server.listening) await close(server, clock.deadline(patienceMs));
    },
  };
}

function timeouts({ headersMs, requestMs }: ServerLimits) {
  // Node looks for late ones from time to time: at least as often as the shorter limit runs out.
  const connectionsCheckingInterval = Math.min(headersMs, requestMs) / 2;
  return { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: ReadonlyMap<string, Listener>,
  log: Log,
): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/';
  const [prefix, listener] = routeOf(path, routes) ?? [];
  if (!listener) return refuse(response, 404, 'There is nothing here.');
  try {
    await listener(request, response);
  } catch (error) {
    log.error('A request could not be answered', { prefix, error });
    refuse(response, 500, 'That went wrong here; it has been noted.');
  }
}

function routeOf(path: string, routes: ReadonlyMap<string, Listener>): [string, Listener] | undefined {
  return [...routes]
    .filter(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))
    .sort(([one], [other]) => other.length - one.length)[0];
}

/** Where the answer has begun nobody can take it for whole: its connection is cut. */
function refuse(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    // What is left of the body is not read.
    Connection: 'close',
  });
  response.end(`${sentence}\n`);
}

async function close(server: HttpServer, patience: AbortSignal): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
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
