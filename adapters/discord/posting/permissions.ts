import { PermissionFlagsBits as Bits, OverwriteType } from 'discord.js';
import { z } from 'zod';

/** Everything that the bot is asked to do in a channel takes one of these; what they are for: `texts.discord.reasons`. */
export const PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'CreatePrivateThreads',
  'AddReactions',
] as const satisfies readonly (keyof typeof Bits)[];
export type PermissionName = (typeof PERMISSIONS)[number];

/** All of them, as an invitation asks for them. */
export const INVITED: bigint = PERMISSIONS.reduce((all, name) => all | Bits[name], 0n);

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
  return wanted.filter((name) => (have & Bits[name]) === 0n);
}
