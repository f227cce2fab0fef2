import { GatewayDispatchEvents as Event, REST } from 'discord.js';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { createInteractions, type Interactions, type OnPress } from '../answering/interactions.ts';
import { keepRegistered } from '../answering/registration.ts';
import type { OnPanel } from '../answering/respond.ts';
import { type Condition, type Connection, createConnection } from './connection.ts';
import { createReport } from './report.ts';
import { createServers, type Join, type Servers } from './servers.ts';
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

const readySchema = z.object({ application: z.object({ id: z.string() }) });

export function createGateway(config: GatewayConfig): Gateway {
  const { hooks, clock, log, random = Math.random } = config;
  const ending = new AbortController();
  const { signal } = ending;
  const rest = createAnswerRest(config);
  let application: string | undefined;
  let parts: { connection: Connection; interactions: Interactions; servers: Servers } | undefined;

  function assemble(host: Host) {
    const connection = createConnection({
      ...config,
      random,
      isFirst: host.isFirst,
      onEvent: (name, data, shard) => events.get(name)?.(data, shard),
      onCondition: createReport({ host, clock, log, signal }),
    });
    const servers = createServers({
      ...config,
      random,
      signal,
      workspaces: host.workspaces,
      application: () => application,
      shards: connection.shards,
      onJoin: hooks.onJoin,
      onReady: hooks.onReady,
    });
    const interactions = createInteractions({ ...config, ...hooks, rest, host, isOurs: servers.has });
    const events = new Map<string, (data: unknown, shard: number) => void>([
      [Event.InteractionCreate, interactions.take],
      [Event.MessageReactionAdd, (data) => hooks.onReaction(data, true)],
      [Event.MessageReactionRemove, (data) => hooks.onReaction(data, false)],
      [Event.MessageReactionRemoveAll, hooks.onReactionsCleared],
      [Event.MessageReactionRemoveEmoji, hooks.onReactionsCleared],
      [
        Event.Ready,
        (data, shard) => {
          register(data);
          servers.ready(data, shard);
        },
      ],
      [Event.GuildCreate, servers.created],
      [Event.GuildDelete, servers.deleted],
      [Event.IntegrationCreate, servers.added],
    ]);
    return { connection, servers, interactions };

    /** The first session tells which application we are. */
    function register(ready: unknown): void {
      if (application !== undefined) return;
      application = readySchema.safeParse(ready).data?.application.id;
      if (application === undefined) {
        log.error('Discord did not tell which application this is');
        return;
      }
      const given = { rest, isFirst: host.isFirst, clock, log, random, signal };
      const registering = keepRegistered(application, host.commands, given);
      registering.catch((error: unknown) => log.error('The commands could not be registered', { error }));
    }
  }

  return {
    async start(host) {
      parts = assemble(host);
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
