import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import {
  addUser,
  createGuildIds,
  emptyDm,
  enter,
  letIn,
  newGuild,
  newRole,
  tellGone,
  tellGuild,
  tellRole,
} from './guilds.ts';
import { addThread, openThread, remove, removeChannel, setArchived, tellChannel } from './messages.ts';
import { bitsOf } from './permissions.ts';
import { createPerson, type Person } from './person.ts';
import { clearReactions } from './reactions.ts';
import { memberShape, userShape } from './shapes.ts';
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

/** Makes and changes what there is; clients that are connected are told, as Discord would tell them. */
export interface Places {
  /** A server with the bot in it; without, where `hasBot` is false. Owned by somebody of its own when nobody is named. */
  addGuild(fields: { name: string; owner?: Person; locale?: string; hasBot?: boolean }): Guild;
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
  /** Somebody who is in no server yet. */
  addPerson(fields: { name: string; locale?: string; closesDms?: boolean; isBot?: boolean }): Person;
  addRole(
    guild: Guild,
    fields: { name: string; permissions?: readonly PermissionName[]; isMentionable?: boolean },
  ): Role;
  /** The id of a custom emoji of a server. */
  addEmoji(guild: Guild, name: string): string;
  /** Somebody comes in; with `permissions` by a role made for them. */
  join(
    guild: Guild,
    person: Person,
    fields?: { roles?: readonly Role[]; permissions?: readonly PermissionName[] },
  ): void;
  leave(guild: Guild, person: Person): void;
  giveRole(guild: Guild, who: Person | 'bot', role: Role): void;
  /** Sets all that a role, or everybody of a server, may do. */
  setPermissions(guild: Guild, whose: Role | 'everyone', permissions: readonly PermissionName[]): void;
  /** Sets a channel's own rule for a role, a person, the bot or everybody; it replaces an earlier one. */
  permit(
    channel: Channel,
    whom: Role | Person | 'bot' | 'everyone',
    rule: { allow?: readonly PermissionName[]; deny?: readonly PermissionName[] },
  ): void;
  /** Shows the bot out. */
  kickBot(guild: Guild): void;
  /** Lets it in again, or for the first time; clients learn first who did it. */
  addBot(guild: Guild, by?: Person): void;
  /** An outage of a server begins or ends. */
  setDown(guild: Guild, isDown: boolean): void;
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
}

export function createPlaces(world: World): Places {
  const { app, guilds } = world;
  const guildId = createGuildIds();
  const places: Places = {
    addGuild({ name, owner, locale = 'en-US', hasBot = true }) {
      const keeper = owner?.user ?? addUser(world, { name: `Owner of ${name}` });
      const guild = newGuild(guildId(), name, keeper, locale);
      guilds.set(guild.id, guild);
      enter(world, guild, keeper);
      if (hasBot) places.addBot(guild, owner);
      return guild;
    },
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
    addPerson: (fields) => createPerson(world, addUser(world, fields)),
    addRole(guild, fields) {
      const role = newRole(world.newId(), guild, fields);
      guild.roles.set(role.id, role);
      tellRole(world, guild, 'GUILD_ROLE_CREATE', role);
      return role;
    },
    addEmoji(guild, name) {
      const id = world.newId();
      guild.emoji.set(id, name);
      return id;
    },
    join(guild, person, { roles = [], permissions = [] } = {}) {
      const own =
        permissions.length > 0 ? [places.addRole(guild, { name: person.user.name, permissions })] : [];
      enter(world, guild, person.user, [...roles, ...own]);
    },
    leave(guild, person) {
      guild.members.delete(person.id);
      const data = { guild_id: guild.id, user: userShape(person.user) };
      const intents = GatewayIntentBits.GuildMembers;
      world.tell({ event: 'GUILD_MEMBER_REMOVE', data, intents, guildId: guild.id });
    },
    giveRole(guild, who, role) {
      const id = who === 'bot' ? app.user.id : who.id;
      const member = guild.members.get(id);
      if (!member) throw new Error('Nobody of that name is in the server.');
      member.roles.add(role.id);
      // Changes of one's own roles come without the privileged intent.
      const intents = who === 'bot' ? 0 : GatewayIntentBits.GuildMembers;
      const data = { ...memberShape(member), guild_id: guild.id };
      world.tell({ event: 'GUILD_MEMBER_UPDATE', data, intents, guildId: guild.id });
    },
    setPermissions(guild, whose, permissions) {
      const role = whose === 'everyone' ? guild.roles.get(guild.id) : whose;
      if (!role) throw new Error('The server has no such role.');
      role.permissions = bitsOf(permissions);
      tellRole(world, guild, 'GUILD_ROLE_UPDATE', role);
    },
    permit(channel, whom, { allow, deny }) {
      const isRole = whom === 'everyone' || (typeof whom === 'object' && 'isMentionable' in whom);
      const id = whom === 'everyone' ? channel.guild?.id : whom === 'bot' ? app.user.id : whom.id;
      if (id === undefined) throw new Error('A direct channel has no rules.');
      channel.overwrites.set(id, { allow: bitsOf(allow), deny: bitsOf(deny), type: isRole ? 0 : 1 });
      tellChannel(world, 'CHANNEL_UPDATE', channel);
    },
    kickBot: (guild) => world.removeBot(guild),
    addBot: (guild, by) => letIn(world, guild, by?.user),
    setDown(guild, isDown) {
      guild.isDown = isDown;
      if (isDown) tellGone(world, guild, { unavailable: true });
      else tellGuild(world, guild);
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
  };
  return places;
}
