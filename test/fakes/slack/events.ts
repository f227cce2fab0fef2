import type { Shape, Team, World } from './state.ts';

/** The scopes without which an event is not told; events that are not here are unknown. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_uninstalled: [],
  app_rate_limited: [],
  tokens_revoked: [],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  link_shared: ['links:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_left: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_rename: ['groups:read'],
  group_left: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  user_change: ['users:read'],
  team_join: ['users:read'],
};
const MESSAGE_SCOPES: Readonly<Record<string, string>> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};

/** Whether the app is told of an event: it is subscribed to it, and may hear it. */
export function isHeard(
  { installation }: Team,
  { type, channel_type }: Shape,
  wanted: readonly string[] | undefined,
): boolean {
  const name = String(type);
  const isMessage = name === 'message';
  const isWanted = wanted?.includes(isMessage ? `message.${messageKind(channel_type)}` : name) ?? !isMessage;
  if (!isWanted || !installation) return false;
  const needed = isMessage ? [MESSAGE_SCOPES[String(channel_type)] ?? ''] : EVENTS[name];
  if (!needed) throw new Error(`“${name}” is no event that this fake knows.`);
  return needed.length === 0 || needed.some((scope) => installation.scopes.has(scope));
}

function messageKind(kind: unknown): string {
  return kind === 'channel' || kind === 'group' ? `${kind}s` : String(kind);
}

/** An event in its envelope. */
export function eventShape(world: World, team: Team, event: Shape): Shape {
  const { app } = world;
  const base = { token: app.verificationToken, team_id: team.id, api_app_id: app.id };
  if (event.type === 'app_rate_limited')
    return { ...base, type: 'app_rate_limited', minute_rate_limited: Math.floor(world.now() / 1000) };
  return {
    ...base,
    context_team_id: team.id,
    context_enterprise_id: null,
    event: { event_ts: world.newTs(), ...event },
    type: 'event_callback',
    event_id: world.newId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: team.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: world.newId('4-'),
  };
}
