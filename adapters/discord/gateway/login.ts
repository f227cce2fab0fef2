import { type Client, Events, type REST } from 'discord.js';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { GatewayClient } from './client.ts';
import { explainClosing, explainLogin } from './closing.ts';
import type { KeptCondition } from './condition.ts';

export interface Listening {
  condition: Pick<KeptCondition, 'breakOff' | 'restore'>;
  /** Is told when the gateway closes for what only a person can mend. */
  closedFor: (problem: ConfigProblem) => void;
  /** Is told of the client's own REST, before it asks anything. */
  watch: (rest: REST) => void;
  log: Log;
}

/** With which code the gateway last closed for good; undefined where it did not. */
type ClosedWith = () => number | undefined;

/** Hears how a client fares, from its making to its end. */
export function listen(
  client: Client,
  { condition, closedFor, watch, log }: Listening,
): { closedWith: ClosedWith } {
  let code: number | undefined;
  watch(client.rest);
  client.on(Events.ShardReconnecting, condition.breakOff);
  client.on(Events.ShardReady, condition.restore);
  client.on(Events.ShardResume, condition.restore);
  client.on(Events.ShardDisconnect, (closing) => {
    code = closing.code;
    const problem = explainClosing(code);
    if (problem) closedFor(problem);
  });
  client.on(Events.ShardError, (error, shard) => log.debug('A shard has trouble', { shard, error }));
  client.on(Events.Error, (error) => log.warn('The Discord client has trouble', { error }));
  return { closedWith: () => code };
}

/** Logs a client in, or ends it. Errors: `ConfigError` for what only a person can mend, else those of discord.js. */
export async function logIn(
  { client, end }: GatewayClient,
  token: string,
  closedWith: ClosedWith,
): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    await end();
    const problem = explainLogin(error, closedWith());
    throw problem ? new ConfigError([problem]) : error;
  }
}
