import { getRequestListener, RequestError } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { secured, thrownAsErrors, uncached, wholeBodies } from './gate/answer.ts';
import { createCount } from './gate/counts.ts';
import { addressBehind, limitBody, limitRate } from './gate/limits.ts';
import { onlyHere, withPassword } from './gate/lock.ts';
import { knowMethods, knowNames, onlyAt, originOf, ownPagesOnly } from './gate/names.ts';
import { answerFailure, isGone, refuse } from './gate/refusal.ts';
import type { Log } from './log.ts';
import type { Listener } from './server.ts';

export { isGone };

/** `open`: whoever reaches the port may. `locked`: only with the password, or at this machine where none is set. */
export type Access = 'open' | 'locked';

export interface GateConfig {
  /** Where the port is opened (`HTTP_HOST`). */
  host: string;
  /** Where the world reaches it (`PUBLIC_URL`), without a slash at the end. */
  publicUrl?: string;
  /** A reverse proxy leads here, whether or not PUBLIC_URL says so. */
  isProxied?: boolean;
  /** What opens locked pages (`WEB_PASSWORD`). */
  password?: string;
  log: Log;
  limits?: Partial<GateLimits>;
}

export interface GateLimits {
  /** Requests of one address (a /64 of IPv6) a minute. */
  requests: number;
  /** Of those, that may change something: a command is work. */
  changes: number;
  /** Passwords that one address may guess in ten minutes. */
  guesses: number;
  /** Bytes of a body. */
  body: number;
}

const LIMITS: GateLimits = { requests: 1200, changes: 120, guesses: 20, body: 65_536 };

/** What an app needs beside what all have. */
export interface AppNeeds {
  /** Its pages hold forms: without https a browser says where these come from only where it may tell our own pages. */
  hasForms?: true;
  /** Whoever knows one of its addresses may ask for a change there, by whatever page or program. */
  isForAnybody?: true;
  /**
   * Whether a path is that which one machine alone knows, and which changes as much as it has to tell: `limits.changes` does
   * not count there. There is no other: what comes to one is refused before its body is read.
   */
  isForMachine?: (path: string) => boolean;
  /** Bytes of a body; default that of the gate. */
  body?: number;
}

/** Makes apps whose every answer is guarded, each for some paths of the one port. */
export interface Gate {
  app(access: Access, needs?: AppNeeds): Hono;
  /**
   * Counts what comes from an address, up to `most` in each `durationMs`: after how many seconds it may come again, where
   * that was too often.
   */
  counter(most: number, durationMs: number): (context: Context) => Promise<number | undefined>;
  /** The address that links of an answer begin with, without a slash at the end: `PUBLIC_URL`, else as it was asked for. */
  baseUrl(request: Request): string;
}

/** A gate whose apps count together what comes from an address. */
export function createGate(config: GateConfig): Gate {
  const { publicUrl, password, log } = config;
  const limits = { ...LIMITS, ...config.limits };
  const addressOf = addressBehind(config);
  const rate = limitRate(limits, addressOf);
  const lock = password === undefined ? onlyHere(config) : withPassword(password, limits.guesses, addressOf);

  return {
    app(access, { hasForms, isForAnybody, isForMachine, body = limits.body } = {}) {
      const app = new Hono();
      app.onError((error, c) => answerFailure(error, c, log));
      app.notFound((c) => refuse(c, 404, 'There is nothing here.'));
      app.use(secured(publicUrl, hasForms), uncached(access === 'locked'), wholeBodies(log), thrownAsErrors);
      app.use(knowNames(config), rate.all, knowMethods);
      app.use(isForMachine ? onlyAt(isForMachine) : rate.changing);
      if (access === 'locked') app.use(lock);
      if (!isForAnybody) app.use(ownPagesOnly(publicUrl));
      app.use(limitBody(body));
      return app;
    },
    counter(most, durationMs) {
      const count = createCount(most, durationMs);
      return (context) => count.add(addressOf(context));
    },
    baseUrl: (request) => publicUrl ?? originOf(request),
  };
}

/** Stands for the name in an address where a request has none; it is ours in no place. */
const NOWHERE = 'nowhere.invalid';

/** An app as the server takes it. */
export function listenerOf(app: Hono): Listener {
  return getRequestListener(app.fetch, {
    // Other libraries' too: theirs would be replaced.
    overrideGlobalObjects: false,
    hostname: NOWHERE,
    // The server has seen to it that a request can be read, and the app answers what fails in it.
    errorHandler: (error) => new Response(null, { status: error instanceof RequestError ? 400 : 500 }),
  });
}
