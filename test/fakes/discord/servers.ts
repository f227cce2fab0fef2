import { GatewayIntentBits } from 'discord-api-types/v10';
import {
  addUser,
  createGuildIds,
  enter,
  letIn,
  newGuild,
  newRole,
  tellGone,
  tellGuild,
  tellRole,
} from './guilds.ts';
import { bitsOf } from './permissions.ts';
import { createPerson, type Person } from './person.ts';
import { memberShape, userShape } from './shapes.ts';
import type { Guild, PermissionName, Role, World } from './state.ts';

/** Servers and who is in them; clients that are connected are told, as Discord would tell them. */
export interface Servers {
  /** A server with the bot in it; without, where `hasBot` is false. Owned by somebody of its own when nobody is named. */
  addGuild(fields: { name: string; owner?: Person; locale?: string; hasBot?: boolean }): Guild;
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
  /** Shows the bot out. */
  kickBot(guild: Guild): void;
  /** Lets it in again, or for the first time; clients learn first who did it. */
  addBot(guild: Guild, by?: Person): void;
  /** An outage of a server begins or ends. */
  setDown(guild: Guild, isDown: boolean): void;
}

export function createServers(world: World): Servers {
  const guildId = createGuildIds();
  const servers: Servers = {
    addGuild({ name, owner, locale = 'en-US', hasBot = true }) {
      const keeper = owner?.user ?? addUser(world, { name: `Owner of ${name}` });
      const guild = newGuild(guildId(), name, keeper, locale);
      world.guilds.set(guild.id, guild);
      enter(world, guild, keeper);
      if (hasBot) servers.addBot(guild, owner);
      return guild;
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
        permissions.length > 0 ? [servers.addRole(guild, { name: person.user.name, permissions })] : [];
      enter(world, guild, person.user, [...roles, ...own]);
    },
    leave(guild, person) {
      guild.members.delete(person.id);
      const data = { guild_id: guild.id, user: userShape(person.user) };
      const intents = GatewayIntentBits.GuildMembers;
      world.tell({ event: 'GUILD_MEMBER_REMOVE', data, intents, guildId: guild.id });
    },
    giveRole(guild, who, role) {
      const id = who === 'bot' ? world.app.user.id : who.id;
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
    kickBot: (guild) => world.removeBot(guild),
    addBot: (guild, by) => letIn(world, guild, by?.user),
    setDown(guild, isDown) {
      guild.isDown = isDown;
      if (isDown) tellGone(world, guild, { unavailable: true });
      else tellGuild(world, guild);
    },
  };
  return servers;
}
