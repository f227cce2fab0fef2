import { guildPermissions, isThread } from './permissions.ts';
import { channelShape, memberShape, roleShape } from './shapes.ts';
import type { Channel, Guild, Shape, World } from './state.ts';
import { timestamp } from './state.ts';

/** Channels that are listed with a server: its threads are not among them. */
export function channelsOf(guild: Guild): Channel[] {
  return [...guild.channels.values()].filter((channel) => !isThread(channel));
}

export function threadsOf(guild: Guild): Channel[] {
  return [...guild.channels.values()].filter(isThread);
}

/** What a server is by itself, as routes and the gateway both have it. */
function guildPart(world: World, guild: Guild): Shape {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    verification_level: 0,
    roles: [...guild.roles.values()].map((role) => roleShape(role, world.app.user.id)),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    vanity_url_code: null,
    premium_tier: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    emojis: [...guild.emoji].map(([id, name]) => ({
      id,
      name,
      roles: [],
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    incidents_data: null,
  };
}

/** A server as `GET /guilds/{guild_id}` shows it. */
export function guildShape(world: World, guild: Guild): Shape {
  return {
    ...guildPart(world, guild),
    home_header: null,
    region: 'deprecated',
    widget_enabled: false,
    widget_channel_id: null,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    premium_subscription_count: 0,
    nsfw: false,
    stickers: [],
  };
}

/** A server as the gateway tells it; `large` ones come with our own member only. */
export function guildCreateShape(world: World, guild: Guild): Shape {
  const own = guild.members.get(world.app.user.id);
  return {
    ...guildPart(world, guild),
    joined_at: timestamp(own?.joinedAtMs ?? 0),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    members: own ? [memberShape(own)] : [],
    channels: channelsOf(guild).map((channel) => channelShape(channel)),
    threads: threadsOf(guild)
      .filter(({ thread }) => !thread?.isArchived)
      .map((channel) => channelShape(channel, { viewer: world.app.user.id })),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    hub_type: null,
  };
}

/** A server as the list of one's own shows it. */
export function ownGuildShape(world: World, guild: Guild): Shape {
  const { id, name, ownerId } = guild;
  const permissions = String(guildPermissions(guild, world.app.user.id));
  const owner = ownerId === world.app.user.id;
  return { id, name, icon: null, banner: null, owner, permissions, features: [] };
}
