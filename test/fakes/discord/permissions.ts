import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type RefusalCode, refusal } from './refusal.ts';
import type { Channel, Guild, PermissionName, World } from './state.ts';

/** What a new server lets everybody do. */
export const EVERYBODY: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'ReadMessageHistory',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'UseExternalApps',
  'Connect',
];

const ALL = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
const THREADS: readonly number[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/** Permissions by name as the bits of the API. */
export function bitsOf(names: readonly PermissionName[] = []): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

export function isThread(channel: Channel): boolean {
  return THREADS.includes(channel.type);
}

/** What a member may do in a server, before any channel's own rules; all for its owner and administrators. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) bits |= guild.roles.get(role)?.permissions ?? 0n;
  return bits & PermissionFlagsBits.Administrator ? ALL : bits;
}

/**
 * What somebody may do in a channel: roles, then the channel's overwrites for everybody, for roles, for the member.
 * A thread has its parent's; one that is private is seen by its members and those who may manage threads.
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  const { guild } = channel;
  if (!guild) return isPartOf(world, channel, userId) ? ALL : 0n;
  const base = guildPermissions(guild, userId);
  if (base === ALL || base === 0n) return base;
  if (!isThread(channel)) return implied(overwritten(guild, channel, userId, base));
  const parent = world.channels.get(channel.parentId ?? '');
  const bits = parent ? implied(overwritten(guild, parent, userId, base)) : 0n;
  const isOutside = channel.type === ChannelType.PrivateThread && !channel.thread?.members.has(userId);
  return isOutside && !(bits & PermissionFlagsBits.ManageThreads) ? 0n : bits;
}

/** Is somebody at either end of a direct channel? */
function isPartOf(world: World, { person, isForeign }: Channel, userId: string): boolean {
  return userId === person?.id || (userId === world.app.user.id && !isForeign);
}

function overwritten(guild: Guild, channel: Channel, userId: string, base: bigint): bigint {
  const everybody = channel.overwrites.get(guild.id);
  let bits = (base & ~(everybody?.deny ?? 0n)) | (everybody?.allow ?? 0n);
  let [allow, deny] = [0n, 0n];
  for (const role of guild.members.get(userId)?.roles ?? []) {
    allow |= channel.overwrites.get(role)?.allow ?? 0n;
    deny |= channel.overwrites.get(role)?.deny ?? 0n;
  }
  bits = (bits & ~deny) | allow;
  const own = channel.overwrites.get(userId);
  return (bits & ~(own?.deny ?? 0n)) | (own?.allow ?? 0n);
}

/** Who does not see a channel can do nothing in it. */
function implied(bits: bigint): bigint {
  return bits & PermissionFlagsBits.ViewChannel ? bits : 0n;
}

export function may(world: World, channel: Channel, userId: string, name: PermissionName): boolean {
  return (permissionsIn(world, channel, userId) & PermissionFlagsBits[name]) !== 0n;
}

/** Refuses with 50001 who cannot see the channel, and with 50013 who lacks one of the permissions. */
export function demand(world: World, channel: Channel, userId: string, ...names: PermissionName[]): void {
  if (!may(world, channel, userId, 'ViewChannel')) throw refusal(50001);
  const lacking = names.some((name) => !may(world, channel, userId, name));
  if (lacking) throw refusal(50013 satisfies RefusalCode);
}

/** What one must be allowed to write there. */
export function writing(channel: Channel): PermissionName {
  return isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
}
