import type { REST } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Tally } from '../../../src/pace.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { reasonOf } from '../answering/way-back.ts';
import { type ClientConfig, createClient, type GatewayClient } from './client.ts';
import { type Condition, keepCondition } from './condition.ts';
import { listen, logIn } from './login.ts';
import type { Shards } from './shards.ts';

export interface ConnectionConfig extends ClientConfig, Pick<Host, 'isFirst'> {
  token: string;
  /** Is told of each client's own REST, before it asks anything. */
  watch: (rest: REST) => void;
  clock: Clock;
  log: Log;
  random: () => number;
  /** Is told when we are let in, and when a person must see to it. Must not throw. */
  onCondition: (condition: Condition) => void;
}

/** The connection to the gateway, however often it breaks. */
export interface Connection {
  /**
   * Resolves once connected, or while it goes on trying where Discord cannot be reached now. Errors: `ConfigError` for
   * what only a person can mend.
   */
  open(): Promise<void>;
  condition(): Condition;
  /** The shards that are opened here; undefined before Discord has told how many it recommends. */
  shards(): Shards | undefined;
  close(): Promise<void>;
}

/** A gateway that says nothing is waited for so long before the rest of the bot starts. */
const PATIENCE_MS = 10 * SECOND_MS;

export function createConnection(config: ConnectionConfig): Connection {
  const { token, clock, log, onCondition } = config;
  const ending = new AbortController();
  const { signal } = ending;
  const condition = keepCondition({ log, onCondition, signal });
  const begun = new Map<number, Tally>();
  let current: GatewayClient | undefined;
  /** What is refused meanwhile `open` itself rejects with. */
  let isOpening = true;

  const refuse = (problem: ConfigProblem) => {
    if (!isOpening && condition.now().kind !== 'closed') condition.refuse(problem);
  };

  /** Makes a client that is heard already; out: what logs it in. */
  function makeClient(): () => Promise<void> {
    const made = createClient(config, { ...config, begun });
    current = made;
    const { closedWith } = listen(made.client, { ...config, condition, closedFor: refuse });
    return async () => {
      await logIn(made, token, closedWith);
      condition.letIn();
      log.info('Connected to Discord', { shards: made.client.ws.shards.size });
    };
  }

  return {
    async open() {
      condition.put('connecting');
      const setback = Promise.withResolvers<void>();
      const connecting = keepTrying(makeClient, { ...config, onSetback: setback.resolve, signal });
      connecting.catch((error: unknown) => {
        const [problem] = error instanceof ConfigError ? error.problems : [];
        if (problem) refuse(problem);
      });
      try {
        await within(PATIENCE_MS, Promise.race([connecting, setback.promise]), clock);
      } finally {
        isOpening = false;
      }
    },
    condition: condition.now,
    shards: () => current && shardsOf(current),
    async close() {
      condition.put('closed');
      ending.abort(new Error('The bot stops.'));
      await current?.end();
    },
  };
}

function shardsOf({ client }: GatewayClient): Shards | undefined {
  const { shards: ids, shardCount: count = 0 } = client.options;
  return Array.isArray(ids) ? { ids, count } : undefined;
}

/**
 * Until a client is logged in, or the signal aborts. `onSetback`: is told of each that is not. Errors: `ConfigError`, and
 * those of making a client, which no later try would mend.
 */
async function keepTrying(
  makeClient: () => () => Promise<void>,
  {
    onSetback,
    signal,
    clock,
    log,
    random,
  }: Pick<ConnectionConfig, 'clock' | 'log' | 'random'> & { onSetback: () => void; signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const logInNow = makeClient();
    try {
      return await logInNow();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      if (failures === 0)
        log.warn('Discord cannot be reached and is tried again', { error: reasonOf(error) });
      onSetback();
    }
    await clock.sleep(growingPauseMs(failures, random), signal).catch(() => {});
  }
}
