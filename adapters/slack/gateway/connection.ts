import { type Clock, within } from '../../../src/clock.ts';
import { type Instant, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { codeOf } from '../posting/failures.ts';
import type { SocketReceiver } from './bolt.ts';

export interface ConnectionConfig {
  receiver: SocketReceiver;
  clock: Clock;
  log: Log;
  random: () => number;
  /** Is told what a person must mend, and undefined once we are let in. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  /** A connection stands again after so long without one. */
  onBack: (missedMs: number) => void;
}

/** The socket by which Slack reaches us, however often it breaks. */
export interface Connection {
  /**
   * Resolves once connected, or while it goes on trying where Slack cannot be reached now. Errors: `ConfigError` for
   * what only a person can mend.
   */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** A Slack that says nothing is waited for so long before the rest of the bot starts. */
const PATIENCE_MS = 10 * SECOND_MS;
/** A connection that has not been greeted by then is none. */
const GREETING_MS = 20 * SECOND_MS;
/** One that ends sooner was no connection: Slack would be asked for the next without end. */
const STEADY_MS = 10 * SECOND_MS;

/** Answers of `apps.connections.open` that only a person can mend (docs.slack.dev/reference/methods, 2026-11-23). */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['invalid_auth', 'Slack does not take it'],
  ['not_authed', 'Slack does not take it'],
  ['account_inactive', 'its app or its workspace is gone'],
  ['token_revoked', 'it was revoked'],
  ['token_expired', 'it has expired'],
  ['not_allowed_token_type', 'it is no app-level token'],
  ['missing_scope', 'it lacks the scope connections:write'],
  ['forbidden_team', 'Slack does not let this workspace in'],
  ['user_removed_from_team', 'whoever made it is not in the workspace any more'],
]);

export function createConnection(config: ConnectionConfig): Connection {
  const { receiver, clock, log, random, onTrouble, onBack } = config;
  const ending = new AbortController();
  const { signal } = ending;
  let isOpening = true;
  /** It has been told that Slack cannot be reached, and it is so still. */
  let isTold = false;

  /** One connection from its first step to its end; `onOpen`: it stands. Out: how long it did. */
  async function connectOnce(onOpen: () => void): Promise<number> {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    receiver.client.once('disconnected', end);
    try {
      await greeted();
      // Told to stop while it opened.
      if (signal.aborted) return 0;
      const openedAt = clock.now();
      onOpen();
      await over;
      return msBetween(openedAt, clock.now());
    } finally {
      if (signal.aborted) await receiver.stop();
      receiver.client.removeListener('disconnected', end);
    }
  }

  async function greeted(): Promise<void> {
    const starting = receiver.start().then(() => true as const);
    if (await within(GREETING_MS, starting, clock)) return;
    // What comes of it later is the end of this connection, which is seen already.
    starting.catch(() => {});
    await receiver.stop();
    throw new Error('Slack opened a connection and did not greet.');
  }

  async function keepConnected(onOpen: () => void, onSetback: () => void): Promise<void> {
    let lostAt: Instant | undefined;
    const welcome = () => {
      log.info('Connected to Slack');
      isTold = false;
      onTrouble(undefined);
      if (lostAt !== undefined) onBack(msBetween(lostAt, clock.now()));
      onOpen();
    };
    for (let failures = 0; !signal.aborted; ) {
      const lastedMs = await connectOnce(welcome).catch((error: unknown) => {
        if (!signal.aborted) tell(error);
        onSetback();
        return 0;
      });
      // Slack ends each connection after some hours; the next one is opened at once.
      if (lastedMs >= STEADY_MS) lostAt = clock.now();
      else lostAt ??= clock.now();
      failures = lastedMs >= STEADY_MS ? 0 : failures + 1;
      if (failures > 0) await clock.sleep(growingPauseMs(failures - 1, random), signal).catch(() => {});
    }
  }

  function tell(error: unknown): void {
    const problem = problemOf(error);
    if (problem && isOpening) throw new ConfigError([problem]);
    if (problem) onTrouble(`${problem.variable}: ${problem.problem}`);
    if (!isTold) log.warn('Slack cannot be reached and is tried again', { error });
    isTold = true;
  }

  return {
    async open() {
      const first = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => first.resolve(), { once: true });
      const connecting = keepConnected(first.resolve, first.resolve);
      try {
        await within(PATIENCE_MS, Promise.race([connecting, first.promise]), clock);
      } finally {
        isOpening = false;
      }
      connecting.catch((error: unknown) => log.error('The connection to Slack ended', { error }));
    },
    async close() {
      ending.abort(new Error('The bot stops.'));
      await receiver.stop();
    },
  };
}

function problemOf(error: unknown): ConfigProblem | undefined {
  const reason = REFUSALS.get(codeOf(error) ?? '');
  if (reason === undefined) return undefined;
  const problem = `${reason}. Make one under Basic Information, App-Level Tokens, with the scope connections:write.`;
  return { variable: 'SLACK_APP_TOKEN', problem };
}
