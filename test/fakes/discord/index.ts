import { type Clock, systemClock } from '../../../src/clock.ts';
import { answer, createSwitches, listen, type Switches } from '../listener.ts';
import { until } from '../until.ts';
import { createWatch } from '../watch.ts';
import { createFaults, type Faults, fits } from './faults.ts';
import { type Gateway, type GatewayOptions, openGateway } from './gateway.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import { createPlaces, type Places } from './places.ts';
import { createSchemas, readSpecs, type Specs } from './schemas.ts';
import { type Desk, type SeenRequest, serve } from './server.ts';
import { createServers, type Servers } from './servers.ts';
import type { Message, MessageNews, User } from './state.ts';
import { createWorld } from './world.ts';

export type { Fault, Frequency } from './faults.ts';
export type { Gateway } from './gateway.ts';
export type { Answer } from './interaction.ts';
export type { LimitOptions, Quota } from './limits.ts';
export type { Person } from './person.ts';
export { readSpecs, type Specs } from './schemas.ts';
export type { SeenRequest } from './server.ts';
export type { Channel, Guild, Message, PermissionName, Role, User } from './state.ts';
export { messageText } from './text.ts';

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
  /** How long the first response to somebody is waited for; default three seconds. */
  firstResponseMs?: number;
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
export interface FakeDiscord extends Servers, Places, Pick<Faults, 'fail'>, Switches {
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
  onMessage(listener: (message: Message, what: MessageNews) => void): () => void;
  /** Waits until something holds, looking at every request, answer, message and gateway frame. */
  until(holds: () => boolean): Promise<void>;
}

/** Starts one. Stop it, or the process does not end. */
export async function startDiscord(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const { clock = systemClock, specs = readSpecs() } = options;
  const skew = { ms: 0 };
  const found = { problems: [] as string[], ownProblems: [] as string[] };
  const schemas = createSchemas(specs || undefined, found);
  const watch = createWatch<Message, MessageNews>();
  const { server, port } = await listen(options.port ?? 0);
  const gateway = openGateway(server, {
    world: () => world,
    schemas,
    waiting: watch.waiting,
    url: () => `ws://127.0.0.1:${port}/gateway`,
    options: options.gateway,
  });
  const now = () => Date.parse(clock.now()) + skew.ms;
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
  answer(server, (request, response) => serve(desk, request, response), {
    look: watch.look,
    ownProblems: found.ownProblems,
  });
  return {
    ...createServers(world),
    ...createPlaces(world),
    ...createSwitches(server, port, gateway),
    ...found,
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
    get commands() {
      return world.app.commands;
    },
    skew: (byMs) => void Object.assign(skew, { ms: byMs }),
    resetToken: (token) => void Object.assign(world.app, { token }),
    fail: desk.faults.fail,
    mend: desk.faults.clear,
    forget: () => void desk.requests.splice(0),
    onMessage: watch.onMessage,
    until: (holds) => until(watch.waiting, holds),
  };
}
