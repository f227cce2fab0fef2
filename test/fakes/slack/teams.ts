import { emptyChannel } from './messages.ts';
import { install } from './methods-oauth.ts';
import { createPerson, type Person } from './person.ts';
import type { Stage } from './stage.ts';
import type { Installation, Team, User, World } from './state.ts';

/** Workspaces, their people, and what they gave the app. */
export interface Teams {
  /** The workspace that is there from the start. */
  readonly team: Team;
  readonly teams: readonly Team[];
  /** Another workspace, with a general channel; the app is not installed in it. */
  addTeam(fields: { name: string; id?: string }): Team;
  /** Default: a member of the first workspace, in its general channel, `Europe/Berlin`, `en-US`. */
  addPerson(fields: {
    name: string;
    team?: Team;
    role?: User['role'];
    tz?: string;
    locale?: string;
    isBot?: boolean;
  }): Person;
  addUsergroup(fields: { handle: string; name: string; team?: Team }): { id: string; handle: string };
  /** Installs the app without a browser; a token that was there is replaced. Default scopes: those of `SlackOptions`. */
  grant(
    team: Team,
    fields?: { scopes?: readonly string[]; by?: Person; rotates?: boolean; token?: string },
  ): Installation;
  /** Takes scopes away or gives them without another token. */
  setScopes(team: Team, scopes: readonly string[]): void;
  /** Removes the app: tells `tokens_revoked` and `app_uninstalled`; then every token answers `token_revoked`. */
  uninstall(team: Team): void;
  /** Revokes the token alone: tells `tokens_revoked`. */
  revoke(team: Team): void;
  /** Every token answers `account_inactive`; nothing is told. */
  deactivate(team: Team): void;
  reactivate(team: Team): void;
  /** Tokens that rotate are over at once: `token_expired`. */
  expire(team: Team): void;
  leave(person: Person): void;
}

export function createTeams(stage: Stage, team: Team): Teams {
  const { world } = stage;
  return {
    team,
    get teams() {
      return [...world.teams.values()];
    },
    addTeam: ({ name, id }) => newTeam(world, name, id),
    addPerson({
      name,
      team: at = team,
      role = 'member',
      tz = 'Europe/Berlin',
      locale = 'en-US',
      isBot = false,
    }) {
      const id = world.newId('U');
      const user: User = { id, name, team: at, role, isBot, tz, locale, isDeleted: false };
      at.users.set(id, user);
      generalOf(at).members.add(id);
      for (const { kind, members, hasEverybody } of at.channels.values())
        if (kind === 'public' && hasEverybody) members.add(id);
      return createPerson(stage, user);
    },
    addUsergroup({ handle, name, team: at = team }) {
      const group = { id: world.newId('S'), handle, name };
      at.usergroups.push(group);
      return group;
    },
    grant: (at, { scopes = world.scopes, by, rotates = false, token } = {}) =>
      install(world, at, {
        by: by?.id ?? ownerOf(at),
        scopes,
        rotates,
        ...(token === undefined ? {} : { token }),
      }),
    setScopes(at, scopes) {
      installed(at).scopes = new Set(scopes);
    },
    uninstall(at) {
      tellRevoked(world, at);
      world.tell(at, { type: 'app_uninstalled' });
      revokeAll(world, at);
    },
    revoke(at) {
      tellRevoked(world, at);
      revokeAll(world, at);
    },
    deactivate: (at) => void Object.assign(at, { isInactive: true }),
    reactivate: (at) => void Object.assign(at, { isInactive: false }),
    expire(at) {
      for (const one of world.installations.values())
        if (one.team === at && one.expiresAtMs !== undefined) one.expiresAtMs = world.now();
    },
    leave: ({ user }) => {
      user.isDeleted = true;
      for (const { members } of user.team.channels.values()) members.delete(user.id);
    },
  };
}

/** A workspace with its general channel and the bot's user. */
export function newTeam(world: World, name: string, id = world.newId('T')): Team {
  const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const team = {
    id,
    name,
    domain,
    users: new Map(),
    channels: new Map(),
    usergroups: [],
    isInactive: false,
  } as Omit<Team, 'bot'>;
  const base = { team: team as Team, role: 'member', tz: 'UTC', locale: 'en-US', isDeleted: false } as const;
  const bot: User = { ...base, id: world.newId('U'), name: 'Paperwire', isBot: true };
  const owner: User = { ...base, id: world.newId('U'), name: 'Owner', role: 'owner', isBot: false };
  const whole = Object.assign(team, { bot });
  for (const user of [bot, owner]) whole.users.set(user.id, user);
  const general = Object.assign(emptyChannel(world, whole, 'public', 'general'), { isGeneral: true });
  general.members.add(owner.id);
  whole.channels.set(general.id, general);
  world.teams.set(id, whole);
  return whole;
}

export function generalOf(team: Team) {
  const general = [...team.channels.values()].find(({ isGeneral }) => isGeneral);
  if (!general) throw new Error('A workspace has a general channel.');
  return general;
}

function ownerOf(team: Team): string {
  return [...team.users.values()].find(({ role }) => role === 'owner')?.id ?? team.bot.id;
}

function installed({ installation, name }: Team): Installation {
  if (!installation) throw new Error(`The app is not installed in ${name}.`);
  return installation;
}

function tellRevoked(world: World, team: Team): void {
  world.tell(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [team.bot.id] } });
}

function revokeAll(world: World, team: Team): void {
  for (const one of world.installations.values()) if (one.team === team) one.isRevoked = true;
  delete team.installation;
}
