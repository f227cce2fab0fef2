import { ChannelType } from 'discord-api-types/v10';
import { emptyDm } from './guilds.ts';
import { addThread, openThread, remove, removeChannel, setArchived, tellChannel } from './messages.ts';
import { bitsOf, permissionsIn } from './permissions.ts';
import type { Person } from './person.ts';
import { clearReactions } from './reactions.ts';
import type { Channel, Guild, Message, PermissionName, Role, World } from './state.ts';

/** Kinds of channels by our own name. */
const KINDS = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  voice: ChannelType.GuildVoice,
  stage: ChannelType.GuildStageVoice,
  category: ChannelType.GuildCategory,
  forum: ChannelType.GuildForum,
  media: ChannelType.GuildMedia,
} as const;
export type ChannelKind = keyof typeof KINDS;

/** Channels, threads and what stands in them; clients that are connected are told, as Discord would tell them. */
export interface Places {
  addChannel(
    guild: Guild,
    fields: {
      name: string;
      kind?: ChannelKind;
      parent?: Channel;
      tags?: readonly string[];
      requiresTag?: boolean;
    },
  ): Channel;
  /** Sets a channel's own rule for a role, a person, the bot or everybody; it replaces an earlier one. */
  permit(
    channel: Channel,
    whom: Role | Person | 'bot' | 'everyone',
    rule: { allow?: readonly PermissionName[]; deny?: readonly PermissionName[] },
  ): void;
  removeChannel(channel: Channel): void;
  removeMessage(message: Message): void;
  /** A thread that somebody opened, under a message or by itself. */
  addThread(
    channel: Channel,
    fields: { name: string; by: Person; under?: Message; isPrivate?: boolean },
  ): Channel;
  archive(thread: Channel, fields?: { isLocked?: boolean }): void;
  unarchive(thread: Channel): void;
  /** A moderator takes one emoji, or all, from a message. */
  clearReactions(message: Message, emoji?: string): void;
  /** A direct channel between two people, where the bot can be used but is not. */
  addForeignDm(person: Person): Channel;
  /** What stands in a channel, oldest first; signs of Discord's own left out. */
  messages(channel: Channel): Message[];
  /** Every thread of a channel, oldest first. */
  threads(channel: Channel): Channel[];
  channel(id: string): Channel | undefined;
  /** What somebody may do in a channel, as bits. */
  permissions(channel: Channel, who: Person | 'bot'): bigint;
}

/** Whose id a rule of a channel names. */
function idOf(world: World, channel: Channel, whom: Role | Person | 'bot' | 'everyone'): string {
  if (whom === 'bot') return world.app.user.id;
  if (whom !== 'everyone') return whom.id;
  if (!channel.guild) throw new Error('A direct channel has no rules.');
  return channel.guild.id;
}

export function createPlaces(world: World): Places {
  return {
    addChannel(guild, { name, kind = 'text', parent, tags = [], requiresTag = false }) {
      const position = guild.channels.size;
      const named = tags.map((tag) => [world.newId(), tag] as const);
      const base = { id: world.newId(), type: KINDS[kind], name, guild, position };
      const channel: Channel = {
        ...base,
        ...(parent ? { parentId: parent.id } : {}),
        overwrites: new Map(),
        tags: new Map(named),
        requiresTag,
        messages: new Map(),
      };
      world.channels.set(channel.id, channel);
      guild.channels.set(channel.id, channel);
      tellChannel(world, 'CHANNEL_CREATE', channel);
      return channel;
    },
    permit(channel, whom, { allow, deny }) {
      const isRole = whom === 'everyone' || (typeof whom === 'object' && 'isMentionable' in whom);
      channel.overwrites.set(idOf(world, channel, whom), {
        allow: bitsOf(allow),
        deny: bitsOf(deny),
        type: isRole ? 0 : 1,
      });
      tellChannel(world, 'CHANNEL_UPDATE', channel);
    },
    removeChannel: (channel) => removeChannel(world, channel),
    removeMessage: (message) => remove(world, message),
    addThread(channel, { name, by, under, isPrivate = false }) {
      if (under) return openThread(world, under, by.user, name);
      const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
      return addThread(world, channel, { id: world.newId(), type, name, owner: by.user });
    },
    archive: (thread, { isLocked } = {}) => setArchived(world, thread, true, isLocked),
    unarchive: (thread) => setArchived(world, thread, false),
    clearReactions: (message, emoji) => clearReactions(world, message, emoji),
    addForeignDm(person) {
      const channel: Channel = { ...emptyDm(world.newId()), person: person.user, isForeign: true };
      world.channels.set(channel.id, channel);
      return channel;
    },
    messages: ({ messages }) => [...messages.values()].filter(({ type }) => type !== 21),
    threads: ({ id, guild }) =>
      [...(guild?.channels.values() ?? [])].filter((one) => one.thread && one.parentId === id),
    channel: (id) => world.channels.get(id),
    permissions: (channel, who) => permissionsIn(world, channel, who === 'bot' ? world.app.user.id : who.id),
  };
}
