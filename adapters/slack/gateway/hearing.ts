import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { within } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { type BoltDependencies, createRequestListener, createSocketReceiver, type Hearing } from './bolt.ts';
import { type Connection, createConnection } from './connection.ts';
import type { Hooks, Told } from './told.ts';

export interface HearingConfig extends Omit<BoltDependencies, 'isEnded'> {
  hearing: Hearing;
  /** Has requests whose path begins so answered; see `src/server.ts`. */
  route: (
    prefix: string,
    listener: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  ) => void;
  /** Is told what a person must mend, and undefined once Slack reaches us. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  /** Slack reaches us again, after so long in which it could not. */
  onBack: (missedMs: number) => void;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/** What Slack tells, by whatever way it reaches us. */
export interface HeardSlack {
  /** Errors: `ConfigError` for what only a person can mend. */
  start(): Promise<void>;
  /** Takes no more, and leaves what is in hand so long to end. */
  stop(patienceMs: number): Promise<void>;
}

/** Where Slack posts what it tells. */
export const EVENTS_PATH = '/slack/events';

/** Slack tells an event again at once, after one minute and after five (docs.slack.dev/apis/events-api, 2026-11-23). */
const MOST_REMEMBERED = 5000;

const envelopeSchema = z.object({ event_id: z.string() });

export function createHearing(config: HearingConfig): HeardSlack {
  const { hearing, route, clock, log, random = Math.random, onTrouble, onBack } = config;
  const { hooks, idle, end, isEnded } = counted(config.hooks, log);
  const dependencies = { ...config, hooks, isEnded };
  let connection: Connection | undefined;

  return {
    async start() {
      if (hearing.kind === 'http') {
        route(EVENTS_PATH, await createRequestListener(hearing.signingSecret, dependencies));
        return onTrouble(undefined);
      }
      const receiver = await createSocketReceiver(hearing.appToken, dependencies);
      connection = createConnection({ receiver, clock, log, random, onTrouble, onBack });
      await connection.open();
    },
    async stop(patienceMs) {
      end();
      // First what is in hand: over the socket it is acknowledged too.
      await within(patienceMs, idle(), clock);
      await connection?.close();
    },
  };
}

/**
 * The hooks as Bolt is given them: a fault of ours is told in the log and ends nothing, events that come again are
 * dropped, and what is in hand is known.
 */
function counted(hooks: Hooks, log: Log) {
  const inHand = new Set<Promise<void>>();
  const seen = new Set<string>();
  let isEnded = false;

  async function take(work: () => Promise<void>): Promise<void> {
    if (isEnded) return;
    const done = work().catch((error: unknown) => log.error('What Slack told could not be done', { error }));
    inHand.add(done);
    await done.finally(() => inHand.delete(done));
  }

  /** Of an event without an id nobody can say whether it came before. */
  function isNew(envelope: unknown): boolean {
    const id = envelopeSchema.safeParse(envelope).data?.event_id;
    if (id === undefined) return true;
    if (seen.has(id)) return false;
    if (seen.size >= MOST_REMEMBERED) seen.delete(seen.values().next().value ?? '');
    seen.add(id);
    return true;
  }

  const taking = (hook: (told: Told) => Promise<void>) => (told: Told) => take(() => hook(told));
  return {
    hooks: {
      onCommand: taking(hooks.onCommand),
      onPress: taking(hooks.onPress),
      onShortcut: taking(hooks.onShortcut),
      onSubmit: taking(hooks.onSubmit),
      onSuggest: taking(hooks.onSuggest),
      onLimited: hooks.onLimited,
      onEvent: async (envelope) => {
        if (isNew(envelope)) await take(() => hooks.onEvent(envelope));
      },
    } satisfies Hooks,
    idle: async () => void (await Promise.all(inHand)),
    end: () => {
      isEnded = true;
    },
    isEnded: () => isEnded,
  };
}
