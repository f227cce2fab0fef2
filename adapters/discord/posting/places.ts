import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { CODES, isCode, read } from './failures.ts';
import { overwriteSchema, permissionsOf, type Role, roleSchema } from './permissions.ts';
import type { Ask } from './rest.ts';

/** What we need to know of a channel. */
const channelSchema = z.object({
  id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  name: z.string().nullish(),
  position: z.number().optional(),
  flags: z.number().optional(),
  permission_overwrites: z.array(overwriteSchema).optional(),
});
const serverSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  preferred_locale: z.string().optional(),
  roles: z.array(roleSchema),
});
const memberSchema = z.object({ roles: z.array(z.string()) });
const userSchema = z.object({ id: z.string() });

export type Channel = z.infer<typeof channelSchema>;
export type Server = z.infer<typeof serverSchema>;

/** A channel with what we may do in it. */
export interface Place {
  channel: Channel;
  /** Empty where the channel cannot be seen. */
  permissions: bigint;
  roles: readonly Role[];
}

/** What Discord tells of channels, servers and rights. Errors: those of `Ask`. */
export interface Places {
  /** Our own user id. `asker`: the channel that an error names. */
  me(signal?: AbortSignal, asker?: string): Promise<string>;
  /** Undefined when there is no such channel, or we cannot see it. */
  channel(id: string, signal?: AbortSignal): Promise<Channel | undefined>;
  /** What the bot may do there; undefined when there is no such channel, or we cannot see it. */
  place(id: string, signal?: AbortSignal): Promise<Place | undefined>;
  /** What a member may do in a server as a whole; undefined when one of the two is not there. */
  rightsOf(server: string, member: string, signal?: AbortSignal): Promise<bigint | undefined>;
  /** Undefined when we are not in that server. */
  server(id: string): Promise<Server | undefined>;
  /** Channels of a server with what the bot may do in each, threads left out, in the order that people see. */
  channelsOf(server: string): Promise<Place[]>;
}

/** What was told is taken for true so long. */
const FRESH_MS = MINUTE_MS;

const THREADS: ReadonlySet<number> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

export function isThread({ type }: Pick<Channel, 'type'>): boolean {
  return THREADS.has(type);
}

export function isForum({ type }: Pick<Channel, 'type'>): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

/** An answer, or one that is on its way. */
interface Kept {
  at: Instant;
  answer: Promise<unknown>;
  /** What breaks it off. */
  asker: AbortSignal | undefined;
}

export function createPlaces({ ask, clock }: { ask: Ask; clock: Clock }): Places {
  let self: string | undefined;
  const kept = new Map<string, Kept>();

  /** One question at a time, its answer kept for a minute; a failure is not kept. */
  async function fresh<T>(
    route: `/${string}`,
    schema: z.ZodType<T>,
    channel: string,
    signal?: AbortSignal,
  ): Promise<T> {
    const { answer, asker } = knownAnswer(route) ?? newAnswer(route, channel, signal);
    try {
      return read(schema, await answer, { channel });
    } catch (error) {
      // Whoever asked first broke it off; we did not.
      if (asker !== signal && asker?.aborted && !signal?.aborted)
        return await fresh(route, schema, channel, signal);
      throw error;
    }
  }

  function knownAnswer(route: string): Kept | undefined {
    const before = kept.get(route);
    return before && isFresh(before) ? before : undefined;
  }

  function newAnswer(route: `/${string}`, channel: string, signal?: AbortSignal): Kept {
    for (const [other, one] of kept) if (!isFresh(one)) kept.delete(other);
    const answer = ask({ method: 'GET', route, channel, signal }).then(({ data }) => data);
    const one = { at: clock.now(), answer, asker: signal };
    kept.set(route, one);
    answer.catch(() => kept.get(route) === one && kept.delete(route));
    return one;
  }

  function isFresh({ at }: Kept): boolean {
    return Math.abs(msBetween(at, clock.now())) < FRESH_MS;
  }

  const server = (id: string, signal?: AbortSignal, asker = id) =>
    fresh(Routes.guild(id), serverSchema, asker, signal);
  const member = (id: string, user: string, signal?: AbortSignal, asker = id) =>
    fresh(Routes.guildMember(id, user), memberSchema, asker, signal);

  const places: Places = {
    async me(signal, asker = '@me') {
      self ??= (await fresh(Routes.user('@me'), userSchema, asker, signal)).id;
      return self;
    },
    channel: (id, signal) => known(fresh(Routes.channel(id), channelSchema, id, signal)),
    async place(id, signal) {
      const channel = await places.channel(id, signal);
      if (!channel) return undefined;
      const guild = channel.guild_id;
      if (guild === undefined) return { channel, permissions: permissionsOf(DIRECT), roles: [] };
      const me = await places.me(signal, id);
      const [{ owner_id: ownerId, roles }, { roles: own }, parent] = await Promise.all([
        server(guild, signal, id),
        member(guild, me, signal, id),
        isThread(channel) && channel.parent_id ? places.channel(channel.parent_id, signal) : channel,
      ]);
      const standing = {
        server: { id: guild, ownerId, roles },
        member: { id: me, roles: own },
        overwrites: parent?.permission_overwrites ?? [],
      };
      return { channel, permissions: permissionsOf(standing), roles };
    },
    async rightsOf(id, user, signal) {
      const found = await known(Promise.all([server(id, signal), member(id, user, signal)]));
      if (!found) return undefined;
      const [{ owner_id: ownerId, roles }, { roles: own }] = found;
      return permissionsOf({
        server: { id, ownerId, roles },
        member: { id: user, roles: own },
        overwrites: [],
      });
    },
    server: (id) => known(server(id)),
    async channelsOf(id) {
      const me = await places.me();
      const [{ owner_id: ownerId, roles }, { roles: own }, channels] = await Promise.all([
        server(id),
        member(id, me),
        fresh(Routes.guildChannels(id), z.array(channelSchema), id),
      ]);
      const standing = { server: { id, ownerId, roles }, member: { id: me, roles: own } };
      return [...channels]
        .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
        .map((channel) => {
          const overwrites = channel.permission_overwrites ?? [];
          return { channel, permissions: permissionsOf({ ...standing, overwrites }), roles };
        });
    },
  };
  return places;
}

/** In a direct message everything is ours to do. */
const DIRECT = { server: { id: '', ownerId: '', roles: [] }, member: { id: '', roles: [] }, overwrites: [] };

/** Undefined for what is not there, or not for us to see. */
async function known<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { unknownChannel, unknownServer, unknownMember, unknownUser, missingAccess } = CODES;
    if (isCode(error, unknownChannel, unknownServer, unknownMember, unknownUser, missingAccess))
      return undefined;
    throw error;
  }
}
