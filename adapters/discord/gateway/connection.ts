import { type Client, Events, type REST } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Tally } from '../../../src/pace.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { reasonOf } from '../answering/way-back.ts';
import { type ClientConfig, createClient, type GatewayClient } from './client.ts';
import { explainClosing, explainLogin } from './closing.ts';
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

/** How we stand with Discord's gateway. */
export type Condition =
  | { kind: 'closed' | 'connecting' | 'connected' }
  /** Only a person can mend it. */
  | { kind: 'refused'; problem: ConfigProblem };

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
  const { token, watch, clock, log, random, onCondition } = config;
  const ending = new AbortController();
  const begun = new Map<number, Tally>();
  const broken = new Set<number>();
  let current: GatewayClient | undefined;
  let condition: Condition = { kind: 'closed' };
  let isOpening = true;

  function refuse(problem: ConfigProblem): void {
    if (condition.kind === 'refused') return;
    log.error('Discord does not let the bot in any more', { ...problem });
    become({ kind: 'refused', problem });
  }

  function become(next: Condition): void {
    condition = next;
    onCondition(condition);
  }

  function breakOff(shard: number): void {
    if (ending.signal.aborted) return;
    if (broken.size === 0) log.info('A connection to Discord broke and is restored', { shard });
    broken.add(shard);
    if (condition.kind === 'connected') condition = { kind: 'connecting' };
  }

  function restore(shard: number): void {
    const wasBroken = broken.delete(shard);
    if (!wasBroken || broken.size > 0 || condition.kind !== 'connecting') return;
    log.info('All connections to Discord are restored');
    become({ kind: 'connected' });
  }

  /** Events of a client, from its making to its end. Out: with which code the gateway last closed for good. */
  function listen(client: Client): { closedWith: () => number | undefined } {
    let code: number | undefined;
    watch(client.rest);
    client.on(Events.ShardReconnecting, breakOff);
    client.on(Events.ShardReady, restore);
    client.on(Events.ShardResume, restore);
    client.on(Events.ShardDisconnect, (closing) => {
      code = closing.code;
      const problem = explainClosing(code);
      if (!isOpening && condition.kind !== 'closed' && problem) refuse(problem);
    });
    client.on(Events.ShardError, (error, shard) => log.debug('A shard has trouble', { shard, error }));
    client.on(Events.Error, (error) => log.warn('The Discord client has trouble', { error }));
    return { closedWith: () => code };
  }

  async function logIn({ client, end }: GatewayClient, closedWith: () => number | undefined): Promise<void> {
    try {
      await client.login(token);
      become({ kind: 'connected' });
    } catch (error) {
      await end();
      const problem = explainLogin(error, closedWith());
      throw problem ? new ConfigError([problem]) : error;
    }
  }

  async function keepTrying(onSetback: () => void): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; failures += 1) {
      current = createClient(config, { ...config, begun });
      const { closedWith } = listen(current.client);
      try {
        await logIn(current, closedWith);
        return log.info('Connected to Discord', { shards: current.client.ws.shards.size });
      } catch (error) {
        if (error instanceof ConfigError) throw error;
        if (failures === 0)
          log.warn('Discord cannot be reached and is tried again', { error: reasonOf(error) });
        onSetback();
      }
      await clock.sleep(growingPauseMs(failures, random), ending.signal).catch(() => {});
    }
  }

  return {
    async open() {
      condition = { kind: 'connecting' };
      const setback = Promise.withResolvers<void>();
      const connecting = keepTrying(setback.resolve);
      connecting.catch((error: unknown) => {
        const [problem] = error instanceof ConfigError ? error.problems : [];
        if (!isOpening && problem) refuse(problem);
      });
      try {
        await within(PATIENCE_MS, Promise.race([connecting, setback.promise]), clock);
      } finally {
        isOpening = false;
      }
    },
    condition: () => condition,
    shards() {
      const { shards: ids, shardCount: count = 0 } = current?.client.options ?? {};
      return Array.isArray(ids) ? { ids, count } : undefined;
    },
    async close() {
      condition = { kind: 'closed' };
      ending.abort(new Error('The bot stops.'));
      await current?.end();
    },
  };
}
