import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { guildCreateShape } from './guild-shapes.ts';
import { bitsOf, EVERYBODY } from './permissions.ts';
import { memberShape, roleShape, userShape } from './shapes.ts';
import type { Channel, Guild, PermissionName, Role, Shape, User, World } from './state.ts';

/** The first server is of the beginning of 2020, each one after it a millisecond younger: shards share them evenly. */
const FIRST_GUILD = 157_766_400_000n;

/** Makes ids of servers; unlike others they do not lie in the present, so that they take no time from it. */
export function createGuildIds(): () => string {
  let count = 0n;
  return () => {
    count += 1n;
    return String((FIRST_GUILD + count) << 22n);
  };
}

export interface UserFields {
  name: string;
  locale?: string;
  closesDms?: boolean;
  isBot?: boolean;
}

export function addUser(
  world: World,
  { name, locale = 'en-US', closesDms = false, isBot = false }: UserFields,
): User {
  const user = { id: world.newId(), name, locale, closesDms, isBot };
  world.users.set(user.id, user);
  return user;
}

export interface RoleFields {
  name: string;
  permissions?: readonly PermissionName[];
  isMentionable?: boolean;
  isManaged?: boolean;
}

export function newRole(
  id: string,
  guild: Pick<Guild, 'roles'>,
  { name, permissions = [], isMentionable = false, isManaged = false }: RoleFields,
): Role {
  return { id, name, permissions: bitsOf(permissions), position: guild.roles.size, isMentionable, isManaged };
}

/** A server without channels, in which everybody may do what Discord lets them at first. */
export function newGuild(id: string, name: string, owner: User, locale: string): Guild {
  const guild: Guild = {
    id,
    name,
    ownerId: owner.id,
    locale,
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    emoji: new Map(),
    hasBot: false,
    isDown: false,
  };
  guild.roles.set(id, newRole(id, guild, { name: '@everyone', permissions: EVERYBODY }));
  return guild;
}

/** Somebody comes in. */
export function enter(world: World, guild: Guild, user: User, roles: readonly Role[] = []): void {
  const member = { user, roles: new Set(roles.map(({ id }) => id)), joinedAtMs: world.now() };
  guild.members.set(user.id, member);
  world.tell({
    event: 'GUILD_MEMBER_ADD',
    data: { ...memberShape(member), guild_id: guild.id },
    intents: GatewayIntentBits.GuildMembers,
    guildId: guild.id,
  });
}

/** The bot comes in with a role of its own: clients learn of the installation, then of the server. */
export function letIn(world: World, guild: Guild, by: User | undefined): void {
  const { user, id } = world.app;
  const role = newRole(world.newId(), guild, { name: user.name, isManaged: true });
  guild.roles.set(role.id, role);
  guild.hasBot = true;
  guild.members.set(user.id, { user, roles: new Set([role.id]), joinedAtMs: world.now() });
  const account = { id: user.id, name: user.name };
  world.tell({
    event: 'INTEGRATION_CREATE',
    data: {
      id: role.id,
      guild_id: guild.id,
      name: user.name,
      type: 'discord',
      enabled: true,
      account,
      application: { id, name: user.name, icon: null, description: '', bot: userShape(user) },
      scopes: ['bot', 'applications.commands'],
      ...(by ? { user: userShape(by) } : {}),
    },
    intents: GatewayIntentBits.GuildIntegrations,
    guildId: guild.id,
  });
  tellGuild(world, guild);
}

/** The bot goes, or is shown out. */
export function showOut(world: World, guild: Guild): void {
  const { user } = world.app;
  for (const role of guild.members.get(user.id)?.roles ?? []) {
    if (guild.roles.get(role)?.isManaged) guild.roles.delete(role);
  }
  guild.members.delete(user.id);
  guild.hasBot = false;
  tellGone(world, guild);
}

export function tellGuild(world: World, guild: Guild): void {
  const data = guildCreateShape(world, guild);
  world.tell({ event: 'GUILD_CREATE', data, intents: GatewayIntentBits.Guilds, guildId: guild.id });
}

/** A server is gone for us, or is `unavailable` for a while. */
export function tellGone(world: World, { id }: Guild, more: Shape = {}): void {
  const data = { id, ...more };
  world.tell({ event: 'GUILD_DELETE', data, intents: GatewayIntentBits.Guilds, guildId: id });
}

export function tellRole(world: World, guild: Guild, event: string, role: Role): void {
  const data = { guild_id: guild.id, role: roleShape(role, world.app.user.id) };
  world.tell({ event, data, intents: GatewayIntentBits.Guilds, guildId: guild.id });
}

export function emptyDm(id: string): Channel {
  return {
    id,
    type: ChannelType.DM,
    name: '',
    position: 0,
    overwrites: new Map(),
    tags: new Map(),
    requiresTag: false,
    messages: new Map(),
  };
}
