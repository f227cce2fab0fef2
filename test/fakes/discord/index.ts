import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { createFaults, type Faults, fits } from './faults.ts';
import { type Gateway, type GatewayOptions, type GatewayServer, openGateway } from './gateway.ts';
import { showOut } from './guilds.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import { NONCE_WINDOW_MS } from './messages.ts';
import { createPlaces, type Places } from './places.ts';
import { createSchemas, readSpecs, type Specs } from './schemas.ts';
import { type Desk, type SeenRequest, serve } from './server.ts';
import { createIds, type Message, type MessageNews, type User, type World } from './state.ts';
import { until } from './until.ts';

export type { Fault, Frequency } from './faults.ts';
export type { Gateway } from './gateway.ts';
export type { Answer } from './interaction.ts';
export type { LimitOptions, Quota } from './limits.ts';
export type { Person } from './person.ts';
export { readSpecs, type Specs } from './schemas.ts';
export type { SeenRequest } from './server.ts';
export type { Channel, Guild, Message, PermissionName, Role, User } from './state.ts';
export { messageText } from './text.ts';

/** Told what became of a message. */
export type MessageListener = (message: Message, what: MessageNews) => void;

export interface DiscordOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Default `loopback-token`. */
  token?: string;
  /** Whose time everything follows: deadlines, buckets, snowflakes, the `Date` of answers. Default the machine's. */
  clock?: Clock;
  /** The official descriptions that everything is held to; default those of `../shared`, `false` for none. */
  specs?: Specs | false;
  /** Default: 50 a second in all, 5 messages in 5 s a channel; `false` for none, as a clock that stands still needs. */
  limits?: LimitOptions;
  gateway?: GatewayOptions;
  /** Privileged intents that the portal allows, as bits; default none: who asks for one is closed with 4014. */
  allowedIntents?: number;
  /** How long an enforced nonce counts; default three minutes. */
  nonceWindowMs?: number;
  /** How often a message that is older than an hour may be edited; default 20. */
  mostOldEdits?: number;
}

/**
 * Discord on the loopback interface: REST, gateway and people. An unmodified discord.js logs in to it:
 *
 * ```ts
 * const fake = await startDiscord();
 * const client = new Client({ intents: [], rest: { api: fake.url } });
 * await client.login(fake.token);
 * const guild = fake.addGuild({ name: 'Lab' });
 * const channel = fake.addChannel(guild, { name: 'papers' });
 * const ada = fake.addPerson({ name: 'Ada' });
 * fake.join(guild, ada, { permissions: ['ManageGuild'] });
 * const answer = await ada.slash(channel, 'paper today');
 * expect(messageText(answer.messages[0])).toContain('…');
 * fake.fail('POST /channels/{channel}/messages', { kind: 'cut-after' }, { times: 1 });
 * expect(fake.problems).toEqual([]);
 * expect(fake.ownProblems).toEqual([]);
 * await fake.stop();
 * ```
 *
 * What a client does wrong is answered with 400 and kept in `problems`, what this fake itself does wrong in
 * `ownProblems`: both only where the descriptions are there.
 */
export interface FakeDiscord extends Places, Pick<Faults, 'fail'> {
  /** `DISCORD_API_URL`: `http://127.0.0.1:PORT/api`. */
  readonly url: string;
  /** `DISCORD_TOKEN`. */
  readonly token: string;
  readonly bot: User;
  readonly applicationId: string;
  readonly gateway: Gateway;
  /** Every request since the start or the last `forget`, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** How many there were for a pattern as `fail` has it. */
  count(pattern?: string): number;
  /** 401, 403 and 429 so far, shared limits aside. */
  readonly invalidRequests: number;
  readonly problems: readonly string[];
  readonly ownProblems: readonly string[];
  /** Commands as they are registered now. */
  readonly commands: readonly Readonly<Record<string, unknown>>[];
  /** Sets Discord's clock ahead of the given one, or behind it when negative. */
  skew(byMs: number): void;
  /** Replaces the token: the old one is refused from now on. */
  resetToken(token: string): void;
  /** Mends every fault. */
  mend(): void;
  /** Forgets the requests seen. */
  forget(): void;
  /** Is told of every message, private ones too; the function that is given back ends it. */
  onMessage(listener: MessageListener): () => void;
  /** Waits until something holds, looking at every request, answer and message. */
  until(holds: () => boolean): Promise<void>;
  /** Ends every connection, hanging ones too. */
  stop(): Promise<void>;
}

/** Starts one. Stop it, or the process does not end. */
export async function startDiscord(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const { clock = systemClock, specs = readSpecs() } = options;
  let skewMs = 0;
  const now = () => Date.parse(clock.now()) + skewMs;
  const found = { problems: [] as string[], ownProblems: [] as string[] };
  const schemas = createSchemas(specs || undefined, found);
  const watch = createWatch();
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway = openGateway(server, {
    world: () => world,
    schemas,
    url: () => `ws://127.0.0.1:${port}/gateway`,
    options: options.gateway,
  });
  const world = createWorld(options, { clock, now, gateway, notice: watch.notice });
  const desk: Desk = {
    world,
    schemas,
    limits: createLimits(options.limits),
    faults: createFaults(),
    requests: [],
    waiting: watch.waiting,
    counted: { invalid: 0 },
  };
  server.on('request', (request, response) => {
    response.once('close', watch.look);
    serve(desk, request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      found.ownProblems.push(String(error instanceof Error ? error.stack : error));
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  return {
    ...createPlaces(world),
    url: `http://127.0.0.1:${port}/api`,
    get token() {
      return world.app.token;
    },
    bot: world.app.user,
    applicationId: world.app.id,
    gateway,
    requests: desk.requests,
    count: (pattern = '* /**') => {
      const isMeant = fits(pattern);
      return desk.requests.filter(({ method, path }) => isMeant(`${method} ${path}`)).length;
    },
    get invalidRequests() {
      return desk.counted.invalid;
    },
    ...found,
    get commands() {
      return world.app.commands;
    },
    skew(byMs) {
      skewMs = byMs;
    },
    resetToken(token) {
      world.app.token = token;
    },
    fail: desk.faults.fail,
    mend: desk.faults.clear,
    forget: () => void desk.requests.splice(0),
    onMessage: watch.onMessage,
    until: (holds) => until(watch.waiting, holds),
    async stop() {
      gateway.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Those who wait for something to happen. */
function createWatch() {
  const waiting = new Set<() => void>();
  const listeners = new Set<MessageListener>();
  const look = () => {
    for (const one of waiting) one();
  };
  return {
    waiting,
    look,
    notice: (message: Message, what: MessageNews) => {
      for (const listener of listeners) listener(message, what);
      look();
    },
    onMessage: (listener: MessageListener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function createWorld(
  {
    token = 'loopback-token',
    nonceWindowMs = NONCE_WINDOW_MS,
    mostOldEdits = 20,
    allowedIntents = 0,
  }: DiscordOptions,
  { clock, now, gateway, notice }: Pick<World, 'clock' | 'now' | 'notice'> & { gateway: GatewayServer },
): World {
  const newId = createIds(now);
  const bot: User = { id: newId(), name: 'Paperwire', isBot: true, locale: 'en-US', closesDms: false };
  const owner: User = { id: newId(), name: 'Owner', isBot: false, locale: 'en-US', closesDms: false };
  const world: World = {
    clock,
    app: { id: bot.id, ownerId: owner.id, flags: flagsFor(allowedIntents), token, user: bot, commands: [] },
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guilds: new Map(),
    channels: new Map(),
    dms: new Map(),
    nonces: new Map(),
    interactions: new Map(),
    installedBy: new Set(),
    now,
    newId,
    tell: gateway.tell,
    notice,
    removeBot: (guild) => showOut(world, guild),
    gateway,
    nonceWindowMs,
    mostOldEdits,
    allowedIntents,
  };
  return world;
}

/** What an application's flags say of the privileged intents that its portal page allows (of fewer than 100 servers). */
function flagsFor(intents: number): number {
  const pairs = [
    [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
    [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
    [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
  ] as const;
  return pairs.reduce((flags, [intent, flag]) => (intents & intent ? flags | flag : flags), 0);
}
