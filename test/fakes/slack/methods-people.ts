import { type Call, flagArg, type Method, page, textArg } from './method.ts';
import { Refusal } from './refusal.ts';
import { teamShape, userShape } from './shapes.ts';
import type { User } from './state.ts';

export const PEOPLE_METHODS: readonly Method[] = [
  {
    name: 'auth.test',
    tier: 'free',
    args: [],
    run({ team, bot, world }) {
      return {
        url: `https://${team.domain}.slack.com/`,
        team: team.name,
        user: bot.name.toLowerCase(),
        team_id: team.id,
        user_id: bot.id,
        bot_id: `B${bot.id.slice(1)}`,
        is_enterprise_install: false,
        app_id: world.app.id,
      };
    },
  },
  {
    name: 'auth.revoke',
    tier: 3,
    args: ['test'],
    run(call) {
      const isTest = flagArg(call, 'test');
      if (!isTest) call.installation.isRevoked = true;
      return { revoked: !isTest };
    },
  },
  {
    name: 'api.test',
    tier: 'free',
    token: 'none',
    args: ['error', 'foo'],
    run(call) {
      const error = textArg(call, 'error');
      if (error !== '') throw new Refusal(error, { args: call.args });
      return { args: call.args };
    },
  },
  {
    name: 'users.info',
    tier: 4,
    scopes: ['users:read'],
    args: ['user', 'include_locale'],
    run(call) {
      const user = seenUser(call, textArg(call, 'user'));
      const isStranger = user.team !== call.team;
      return {
        user: {
          ...userShape(user, flagArg(call, 'include_locale')),
          ...(isStranger ? { is_stranger: true } : {}),
        },
      };
    },
  },
  {
    name: 'users.list',
    tier: 2,
    scopes: ['users:read'],
    args: ['limit', 'cursor', 'include_locale', 'presence'],
    run(call) {
      const all = [...call.team.users.values()];
      const { items, response_metadata } = page(call, all, { usual: 1000, most: 1000 });
      const hasLocale = flagArg(call, 'include_locale');
      return { members: items.map((user) => userShape(user, hasLocale)), response_metadata };
    },
  },
  {
    name: 'team.info',
    tier: 3,
    scopes: ['team:read'],
    args: ['team', 'domain'],
    run: ({ team }) => ({ team: teamShape(team) }),
  },
  {
    name: 'usergroups.list',
    tier: 2,
    scopes: ['usergroups:read'],
    args: ['include_count', 'include_disabled', 'include_users'],
    run: ({ team }) => ({
      usergroups: team.usergroups.map((group) => ({
        ...group,
        team_id: team.id,
        is_usergroup: true,
        date_delete: 0,
      })),
    }),
  },
];

/** A member, or a stranger in one of the workspace's channels. */
function seenUser({ world, team }: Call, id: string): User {
  const own = team.users.get(id);
  if (own) return own;
  const shares = [...team.channels.values()].some(({ members }) => members.has(id));
  const stranger = [...world.teams.values()]
    .flatMap(({ users }) => [...users.values()])
    .find((user) => user.id === id);
  if (!shares || !stranger) throw new Refusal('user_not_found');
  return stranger;
}
