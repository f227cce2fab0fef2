import type { Adapter, FeedNeeds } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import type { Log } from '../../src/log.ts';
import { createPace, type Pace } from '../../src/pace.ts';
import { render } from './cards/render.ts';
import { examine, type Finding } from './doctor.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Shards } from './gateway/shards.ts';
import { type Invitation, invite } from './invite.ts';
import { createPeople, hooksOf, type People } from './people.ts';
import { createBrake } from './posting/brake.ts';
import { type Named, ownServers, postableChannels } from './posting/channels.ts';
import { createDirect } from './posting/direct.ts';
import { edit } from './posting/edit.ts';
import { find } from './posting/find.ts';
import { REPEATABLE_MS } from './posting/nonce.ts';
import { obstacles } from './posting/obstacles.ts';
import { createPlaces } from './posting/places.ts';
import { ratesOf } from './posting/rates.ts';
import { createAsk } from './posting/rest.ts';
import { send } from './posting/send.ts';
import { createThreads } from './posting/threads.ts';

export type { Finding } from './doctor.ts';
export type { Invitation } from './invite.ts';

export interface DiscordAdapterConfig {
  token: string;
  /** Base address of the API, without version. */
  apiUrl: string;
  /** Which connections to the gateway to open; absent for as many as Discord recommends, and all of them. */
  shards?: Shards;
  clock: Clock;
  log: Log;
}

/**
 * Discord takes 50 of one bot in any second (developers/topics/rate-limits, 2026-08-06). The rest is for what the gateway
 * itself asks, and for requests that arrive closer together than they left.
 */
const REQUESTS_PER_SECOND = 48;

/**
 * Where several processes ask, reactions are looked at no more often in all of them: deliveries take 45 of the 50 then
 * (`posting/rates.ts`).
 */
const LOOKS_PER_SECOND = 5;

/** So many within ten minutes, and reactions are not looked at any more for a while. */
const MOST_REFUSED_LOOKS = 100;

/** Brings editions to Discord and answers people there. See `docs/decisions/0005-discord.md`. */
export function createDiscordAdapter(config: DiscordAdapterConfig): Adapter {
  const { clock, log } = config;
  const { ask, askAtOnce, askToLook, brake, places } = createLine(config);
  const direct = createDirect({ ask, clock });
  const threads = createThreads({ ask, places });
  const posting = { ask, direct, threads, places, clock, forums: new Set<string>() };
  let people: People | undefined;
  const gateway = createGateway({
    ...config,
    watch: brake.watch,
    rightsOf: createPlaces({ ask: askAtOnce, clock }).rightsOf,
    hooks: hooksOf(() => people),
  });

  return {
    platform: 'discord',
    async start(host) {
      const { hears } = gateway;
      people = createPeople(host, { ask, askToLook, direct, places, hears, clock, log });
      await gateway.start(host);
    },
    render: (card) => render(card).map((payload) => JSON.parse(JSON.stringify(payload))),
    send: (message, signal) => send(message, posting, signal),
    rates: ratesOf,
    repeatableForMs: ({ destination, first }) =>
      posting.forums.has(destination.channel) && (first === undefined || threads.isClosed(first))
        ? 0
        : REPEATABLE_MS,
    find: (message, sinceAt, signal) => find(message, sinceAt, posting, signal),
    edit: (message, signal) => edit(message, posting, signal),
    // Asked anew: who has just given a permission does not want to hear of it from a minute ago.
    obstacles: (feed, locale) => obstacles(feed, createPlaces({ ask, clock }), locale),
    async privateThread(place, member) {
      return { ...place, channel: await threads.openFor(place, member) };
    },
    installer: async (workspace) => (await places.server(workspace))?.owner_id,
    async stop() {
      await gateway.stop();
      await people?.stop();
    },
  };
}

/** What the command line asks of Discord without being connected. */
export interface DiscordTools {
  invite(): Promise<Invitation>;
  examine(feeds: readonly (FeedNeeds & { id: string })[], commands: readonly Command[]): Promise<Finding[]>;
  /** The servers that the bot is in. Errors: those of `Ask`; so below. */
  workspaces(): Promise<Named[]>;
  /** The channels of a server that take editions, in the order that people see. */
  channels(server: string): Promise<Named[]>;
  /** See `Adapter.obstacles`. */
  obstacles(feed: FeedNeeds): Promise<string[]>;
}

export function createDiscordTools(config: DiscordAdapterConfig): DiscordTools {
  const { ask, places } = createLine(config);
  const { clock, shards } = config;
  return {
    invite: () => invite(ask),
    examine: (feeds, commands) =>
      examine(feeds, { ask, places, commands, clock, ...(shards === undefined ? {} : { shards }) }),
    workspaces: () => ownServers(ask),
    // Asked anew, here and below: who has just made a channel, or given a permission, does not want to hear of a minute ago.
    channels: (server) => postableChannels(server, createPlaces({ ask, clock })),
    obstacles: (feed) => obstacles(feed, createPlaces({ ask, clock })),
  };
}

/**
 * The one way by which everything but answers leaves. `askAtOnce`: for who waits for an answer, by the same brake and
 * without a turn behind deliveries. `askToLook`: at reactions, which anybody can make: by a brake of its own, so that no
 * member of any server can stop what others are to get.
 */
function createLine(config: DiscordAdapterConfig) {
  const { clock, log } = config;
  const brake = createBrake({ clock, log });
  const pace = createPace({ limit: REQUESTS_PER_SECOND, windowMs: SECOND_MS, clock });
  const ask = createAsk({ ...config, pace, brake });
  const askAtOnce = createAsk({ ...config, pace: async (signal) => signal?.throwIfAborted(), brake });
  const looking = createBrake({ clock, log, what: 'Looking at reactions', most: MOST_REFUSED_LOOKS });
  const askToLook = createAsk({ ...config, pace: lookPace(config, pace), brake: looking });
  return { ask, askAtOnce, askToLook, brake, places: createPlaces({ ask, clock }) };
}

/** A process that opens some of the shards takes its share. */
function lookPace({ shards, clock }: DiscordAdapterConfig, all: Pace): Pace {
  const share = shards ? shards.ids.length / shards.count : 1;
  if (share === 1) return all;
  const own = createPace({ limit: LOOKS_PER_SECOND, windowMs: SECOND_MS / share, clock });
  return async (signal) => {
    await own(signal);
    await all(signal);
  };
}
