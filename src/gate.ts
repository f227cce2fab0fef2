import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Listener } from './server.ts';

/** `open`: whoever reaches the port may. `locked`: only with the password, or at this machine where none is set. */
export type Access = 'open' | 'locked';

export interface GateConfig {
  /** Where the port is opened (`HTTP_HOST`). */
  host: string;
  /** Where the world reaches it (`PUBLIC_URL`), without a slash at the end. */
  publicUrl?: string;
  /** What opens locked pages (`WEB_PASSWORD`). */
  password?: string;
  clock: Clock;
  log: Log;
  limits?: Partial<GateLimits>;
}

export interface GateLimits {
  /** Requests of one address a minute. */
  requests: number;
  /** Of those, that may change something: a command is work. */
  changes: number;
  /** Passwords that one address may guess in ten minutes. */
  guesses: number;
  /** Bytes of a body. */
  body: number;
}

/** Makes apps whose every answer is guarded, each for some paths of the one port. */
export interface Gate {
  app(access: Access): Hono;
  /** The address that links of an answer begin with, without a slash at the end: `PUBLIC_URL`, else as it was asked for. */
  baseUrl(request: Request): string;
}

export declare function createGate(config: GateConfig): Gate;

/** An app as the server takes it. */
export declare function listenerOf(app: Hono): Listener;
