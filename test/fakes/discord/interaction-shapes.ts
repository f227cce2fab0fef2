import type { Interaction } from './interaction.ts';
import { isThread, permissionsIn } from './permissions.ts';
import { channelShape, memberShape, messageShape, roleShape, userShape } from './shapes.ts';
import type { Channel, Role, Shape, World } from './state.ts';

/** Where something happens: 0 a server, 1 the bot's own direct channel, 2 one between people. */
export function contextOf({ guild, isForeign }: Channel): 0 | 1 | 2 {
  if (guild) return 0;
  return isForeign ? 2 : 1;
}

/** What every interaction tells; `data` is what was done. */
export function interactionShape(world: World, interaction: Interaction, data: Shape): Shape {
  const { id, type, token, user, channel, owners, source } = interaction;
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  const permissions = String(permissionsIn(world, channel, user.id));
  return {
    id,
    application_id: world.app.id,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: partChannel(channel),
    locale: user.locale,
    app_permissions: String(appPermissions(world, channel)),
    authorizing_integration_owners: owners,
    context: contextOf(channel),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
        }
      : {}),
    ...(member ? { member: { ...memberShape(member), permissions } } : { user: userShape(user) }),
    ...(source ? { message: messageShape(world, source) } : {}),
  };
}

/** What the bot may do there; where it is no member, what its user's installation gives it. */
function appPermissions(world: World, channel: Channel): bigint {
  const { guild } = channel;
  if (!guild) return permissionsIn(world, channel, channel.isForeign ? '' : world.app.user.id);
  return guild.hasBot
    ? permissionsIn(world, channel, world.app.user.id)
    : (guild.roles.get(guild.id)?.permissions ?? 0n);
}

/** The channel as it comes with an interaction. */
function partChannel(channel: Channel): Shape {
  const { permission_overwrites: _, ...shape } = channelShape(channel);
  return shape;
}

/** A channel that an option names, with what the person and the bot may do in it. */
function resolvedChannel(world: World, channel: Channel, userId: string): Shape {
  const { id, name, type, parentId } = channel;
  const shape = channelShape(channel);
  return {
    id,
    name,
    type,
    permissions: String(permissionsIn(world, channel, userId)),
    app_permissions: String(appPermissions(world, channel)),
    ...(isThread(channel) ? { parent_id: parentId, thread_metadata: shape.thread_metadata } : {}),
  };
}

/** What options name, in full. */
export function resolved(
  world: World,
  userId: string,
  channels: readonly Channel[],
  roles: readonly Role[],
): { resolved?: Shape } {
  if (channels.length === 0 && roles.length === 0) return {};
  const entries = <One extends { id: string }>(list: readonly One[], shape: (one: One) => Shape) =>
    Object.fromEntries(list.map((one) => [one.id, shape(one)]));
  return {
    resolved: {
      ...(channels.length > 0
        ? { channels: entries(channels, (one) => resolvedChannel(world, one, userId)) }
        : {}),
      ...(roles.length > 0 ? { roles: entries(roles, (one) => roleShape(one, world.app.user.id)) } : {}),
    },
  };
}
