import { PermissionFlagsBits as Bits, OverwriteType } from 'discord.js';
import { z } from 'zod';

/**
 * What the bot may be asked to do in a channel and the permission it takes, by the name that Discord's settings show.
 * `why` is a phrase for whoever grants it.
 */
export const PERMISSIONS = {
  ViewChannel: { bit: Bits.ViewChannel, name: 'View Channel', why: 'to see the channel it posts in' },
  SendMessages: { bit: Bits.SendMessages, name: 'Send Messages', why: 'to post editions' },
  ReadMessageHistory: {
    bit: Bits.ReadMessageHistory,
    name: 'Read Message History',
    why: 'to look whether a message has arrived before it is sent again',
  },
  CreatePublicThreads: {
    bit: Bits.CreatePublicThreads,
    name: 'Create Public Threads',
    why: 'to put the papers of an edition under it, in the layout "cards"',
  },
  SendMessagesInThreads: {
    bit: Bits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    why: 'to post in these threads, and in forums',
  },
  CreatePrivateThreads: {
    bit: Bits.CreatePrivateThreads,
    name: 'Create Private Threads',
    why: 'to bring a digest to members who take no direct messages',
  },
  AddReactions: {
    bit: Bits.AddReactions,
    name: 'Add Reactions',
    why: 'to put the topics’ emoji on their panel',
  },
} as const;
export type PermissionName = keyof typeof PERMISSIONS;

/** All of them, as an invitation asks for them. */
export const INVITED: bigint = Object.values(PERMISSIONS).reduce((all, { bit }) => all | bit, 0n);

/** A set of permissions as Discord writes it: a decimal number in a string. */
const bits = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

export const roleSchema = z.object({ id: z.string(), permissions: bits, mentionable: z.boolean() });
export const overwriteSchema = z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits });
export type Role = z.infer<typeof roleSchema>;
export type Overwrite = z.infer<typeof overwriteSchema>;

export interface Standing {
  server: { id: string; ownerId: string; roles: readonly Role[] };
  member: { id: string; roles: readonly string[] };
  overwrites: readonly Overwrite[];
}

const ALL = (1n << 64n) - 1n;

/**
 * What a member may do in a channel, as Discord reckons it (developers/topics/permissions, 2026-08-06): the roles'
 * permissions, then the channel's overwrites for everyone, for the roles together, and for the member.
 */
export function permissionsOf({ server, member, overwrites }: Standing): bigint {
  if (member.id === server.ownerId) return ALL;
  const own = new Set([server.id, ...member.roles]);
  const base = server.roles.filter(({ id }) => own.has(id)).reduce((all, role) => all | role.permissions, 0n);
  if (base & Bits.Administrator) return ALL;
  const everyone = overwrites.filter(({ id }) => id === server.id);
  const roles = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Role && id !== server.id && own.has(id),
  );
  const personal = overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.id);
  const inChannel = [everyone, roles, personal].reduce(overlay, base);
  // Who cannot see a channel can do nothing in it.
  return inChannel & Bits.ViewChannel ? inChannel : 0n;
}

function overlay(permissions: bigint, overwrites: readonly Overwrite[]): bigint {
  const deny = overwrites.reduce((all, one) => all | one.deny, 0n);
  const allow = overwrites.reduce((all, one) => all | one.allow, 0n);
  return (permissions & ~deny) | allow;
}

/** The names of those wanted that are not there, in the order wanted. */
export function missing(have: bigint, wanted: readonly PermissionName[]): PermissionName[] {
  return wanted.filter((name) => (have & PERMISSIONS[name].bit) === 0n);
}
