import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  SimpleShardingStrategy,
} from 'discord.js';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { createIdentifyThrottler, type IdentifyDependencies } from './identify.ts';
import type { Shards } from './shards.ts';

/** What we want to hear. None of it is privileged; commands and presses come without asking. */
const INTENTS = [
  /** Servers that come and go. */
  GatewayIntentBits.Guilds,
  /** Who added us. */
  GatewayIntentBits.GuildIntegrations,
  GatewayIntentBits.GuildMessageReactions,
] as const;

export interface ClientConfig {
  apiUrl: string;
  /** Which connections to open; absent for as many as Discord recommends, and all of them. */
  shards?: Shards;
  /** Is told of everything that the gateway tells, at once. Must not throw. */
  onEvent: (name: string, data: unknown, shard: number) => void;
}

/** A client of discord.js that can be ended at any moment. */
export interface GatewayClient {
  client: Client;
  end(): Promise<void>;
}

/** An answer of Discord to what the gateway's own client asks is waited for so long. */
const TIMEOUT_MS = 15 * SECOND_MS;
/** discord.js holds back events until all servers are told of, or none has been for so long; ours go their own way. */
const SERVERS_MS = SECOND_MS;

/**
 * Makes a client for one attempt to log in. We read the gateway's events as they come, so that it need remember nothing
 * but itself: a bot may be in 10,000 servers.
 */
export function createClient(config: ClientConfig, identifying: IdentifyDependencies): GatewayClient {
  const { apiUrl, shards, onEvent } = config;
  const ending = new AbortController();
  const { signal } = ending;
  let strategy: SimpleShardingStrategy | undefined;
  const client = new Client({
    intents: INTENTS,
    allowedMentions: { parse: [] },
    shards: 'auto',
    ...(shards === undefined ? {} : { shards: [...shards.ids], shardCount: shards.count }),
    waitGuildTimeout: SERVERS_MS,
    makeCache: Options.cacheWithLimits(NOTHING),
    rest: { api: apiUrl, version: '10', retries: 0, timeout: TIMEOUT_MS },
    ws: {
      buildIdentifyThrottler: async (manager) => {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        return createIdentifyThrottler({ ...identifying, atOnce: limit.max_concurrency, signal });
      },
      buildStrategy(manager) {
        const { retrieveSessionInfo } = manager.options;
        // A shard that is ended while it connects connects again (discord.js 14.28.1). It never gets past this question.
        manager.options.retrieveSessionInfo = (shard) =>
          signal.aborted ? new Promise(() => {}) : retrieveSessionInfo(shard);
        strategy = new SimpleShardingStrategy(manager);
        return strategy;
      },
    },
  });
  client.on(Events.Raw, (event: GatewayEvent, shard: number) => {
    onEvent(event.t, event.d, shard);
    lighten(event);
  });
  return {
    client,
    async end() {
      ending.abort(new Error('The bot stops.'));
      await untilNoneConnects(strategy, identifying);
      await client.destroy();
    },
  };
}

const SELF = {
  maxSize: 0,
  keepOverLimit: ({ id, client }: { id: string; client: Client }) => id === client.user?.id,
};
const NOTHING: Parameters<typeof Options.cacheWithLimits>[0] = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: SELF,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: SELF,
  VoiceStateManager: 0,
};

interface GatewayEvent {
  t: string;
  d: unknown;
}

/** What discord.js needs to hear to keep its connections. */
const NEEDED: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.Resumed,
  GatewayDispatchEvents.GuildCreate,
  GatewayDispatchEvents.GuildDelete,
]);
/** A name that it knows nothing of. */
const LET_BE = 'LET_BE';

/**
 * Lets go of what nobody reads before discord.js takes it up: it would keep channels and roles whatever its caches are
 * set to (53 kB a server of 40 channels and 20 roles), and an event that it stumbles over would end the process.
 */
function lighten(event: GatewayEvent): void {
  if (!NEEDED.has(event.t)) event.t = LET_BE;
  if (event.t !== GatewayDispatchEvents.GuildCreate) return;
  const { id, unavailable } = event.d as { id: string; unavailable?: boolean };
  event.d = { id, unavailable };
}

/** `WebSocketShardStatus.Connecting` of discord.js, which exports it as a type only. */
const CONNECTING = 1;
const CONNECT_MS = 3 * SECOND_MS;
const LOOK_MS = SECOND_MS / 10;

/** A connection that is ended while it opens throws where nobody listens (discord.js 14.28.1). */
async function untilNoneConnects(
  strategy: SimpleShardingStrategy | undefined,
  { clock }: Pick<IdentifyDependencies, 'clock'>,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < CONNECT_MS; waitedMs += LOOK_MS) {
    const states = await strategy?.fetchStatus();
    if (!states?.some((state) => Number(state) === CONNECTING)) return;
    await clock.sleep(LOOK_MS);
  }
}
