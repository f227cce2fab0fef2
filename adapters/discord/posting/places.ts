import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import { CODES, isCode } from './failures.ts';
import { createFresh, type FreshDependencies } from './fresh.ts';
import { overwriteSchema, permissionsOf, type Role } from './permissions.ts';
import { createStandings, type Server, type ServerStanding } from './standings.ts';

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
const userSchema = z.object({ id: z.string() });

export type Channel = z.infer<typeof channelSchema>;

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

export function createPlaces(dependencies: FreshDependencies): Places {
  const fresh = createFresh(dependencies);
  const standings = createStandings(fresh);
  let self: string | undefined;

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
      const [standing, parent] = await Promise.all([
        standings.of(guild, me, signal, id),
        isThread(channel) && channel.parent_id ? places.channel(channel.parent_id, signal) : channel,
      ]);
      return placeOf(channel, standing, parent);
    },
    async rightsOf(id, user, signal) {
      const standing = await known(standings.of(id, user, signal));
      return standing && permissionsOf({ ...standing, overwrites: [] });
    },
    server: (id) => known(standings.server(id)),
    async channelsOf(id) {
      const me = await places.me();
      const [standing, channels] = await Promise.all([
        standings.of(id, me),
        fresh(Routes.guildChannels(id), z.array(channelSchema), id),
      ]);
      return [...channels]
        .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
        .map((channel) => placeOf(channel, standing, channel));
    },
  };
  return places;
}

/** `parent`: whose overwrites hold there; undefined where it cannot be seen. */
function placeOf(channel: Channel, standing: ServerStanding, parent: Channel | undefined): Place {
  const permissions = permissionsOf({ ...standing, overwrites: parent?.permission_overwrites ?? [] });
  return { channel, permissions, roles: standing.server.roles };
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
