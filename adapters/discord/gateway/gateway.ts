import { REST } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { createInteractions, type Interactions } from '../answering/interactions.ts';
import type { OnPanel } from '../answering/respond.ts';
import type { OnPress } from '../answering/work.ts';
import { createApplication } from './application.ts';
import type { Condition } from './condition.ts';
import { type Connection, createConnection } from './connection.ts';
import { eventsOf } from './events.ts';
import type { Join } from './joins.ts';
import { createReport } from './report.ts';
import { createServers } from './servers.ts';
import { type Shards, tellOf } from './shards.ts';

/** What others do when something happens. */
export interface GatewayHooks {
  /** A reaction, as the gateway tells of it, was put on a message or taken away. Must not throw. */
  onReaction(event: unknown, isAdded: boolean): void;
  /** All reactions of a message, or all with one emoji, were cleared away. Must not throw. */
  onReactionsCleared(event: unknown): void;
  /** A server let us in. */
  onJoin(join: Join): Promise<void>;
  onPanel: OnPanel;
  onPress: OnPress;
  /** A new session has begun: what happened before it may have been missed. Must not throw. */
  onReady(): void;
}

export interface GatewayConfig {
  token: string;
  /** Base address without version, for example `https://discord.com/api`. */
  apiUrl: string;
  /** Which connections to open; absent for as many as Discord recommends, and all of them. */
  shards?: Shards;
  /** Is told of every REST that is used here, before it asks anything: all refusals are counted together. */
  watch: (rest: REST) => void;
  /** What a member may do in a server as a whole; undefined when they are not in it. Must not wait behind deliveries. */
  rightsOf: (server: string, member: string) => Promise<bigint | undefined>;
  hooks: GatewayHooks;
  clock: Clock;
  log: Log;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/** What Discord tells us and what we answer at once. */
export interface Gateway {
  /** As `Adapter.start`. */
  start(host: Host): Promise<void>;
  condition(): Condition;
  /** Whether what happens in a server is told to this process, and not to another one; false before we are connected. */
  hears(server: string): boolean;
  /** Lets those who wait for an answer have it, then closes; may be called when not started, and twice. */
  stop(): Promise<void>;
}

/** A request of an answer may take so long: only the first one must be there within 3 s, and later ones may bring files. */
const ANSWER_MS = 10 * SECOND_MS;
/** Answers in hand may take so long when the bot stops. */
const STOP_MS = 3 * SECOND_MS;

export function createGateway(config: GatewayConfig): Gateway {
  const { random = Math.random } = config;
  const ending = new AbortController();
  const rest = createAnswerRest(config);
  let parts: GatewayParts | undefined;

  return {
    async start(host) {
      parts = assemble(host, { ...config, random, rest, signal: ending.signal });
      await parts.connection.open();
    },
    condition: () => parts?.connection.condition() ?? { kind: 'closed' },
    hears(server) {
      const shards = parts?.connection.shards();
      return shards !== undefined && tellOf(server, shards);
    },
    async stop() {
      await parts?.interactions.stop(STOP_MS);
      ending.abort(new Error('The bot stops.'));
      await parts?.connection.close();
    },
  };
}

/** What there is once there is a host. */
interface GatewayParts {
  connection: Connection;
  interactions: Interactions;
}

function assemble(
  host: Host,
  config: GatewayConfig & { random: () => number; rest: REST; signal: AbortSignal },
): GatewayParts {
  const { hooks, rest, clock, log, signal } = config;
  const { isFirst, commands, workspaces } = host;
  const connection = createConnection({
    ...config,
    isFirst,
    onEvent: (name, data, shard) => events.get(name)?.(data, shard),
    onCondition: createReport({ host, clock, log, signal }),
  });
  const application = createApplication({ ...config, isFirst, commands });
  const servers = createServers({
    ...config,
    workspaces,
    application: application.id,
    shards: connection.shards,
    onJoin: hooks.onJoin,
    onReady: hooks.onReady,
  });
  const interactions = createInteractions({ ...config, ...hooks, rest, host, isOurs: servers.has });
  const events = eventsOf({ interactions, application, servers, hooks });
  return { connection, interactions };
}

/** Answers to people wait behind nothing: Discord's limit of 50 requests a second does not count them. */
function createAnswerRest({ apiUrl, token, watch }: GatewayConfig): REST {
  const rest = new REST({
    api: apiUrl,
    version: '10',
    retries: 0,
    timeout: ANSWER_MS,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  }).setToken(token);
  watch(rest);
  return rest;
}
