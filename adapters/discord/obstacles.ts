import { ChannelFlags, ChannelType, PermissionFlagsBits } from 'discord.js';
import type { FeedNeeds } from '../../src/adapter.ts';
import { memberOf } from '../../src/domain/feed.ts';
import { missing, PERMISSIONS, type PermissionName } from './permissions.ts';
import { isForum, isThread, type Place, type Places } from './places.ts';

/** Channels that take messages. */
const POSTABLE: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
]);

/** See `Adapter.obstacles`. Names the permission that is missing in that very channel. */
export async function obstacles(feed: FeedNeeds, places: Places): Promise<string[]> {
  const { destination, role } = feed;
  if (memberOf(destination) !== undefined) return [];
  const place = await places.place(destination.channel);
  if (!place || (place.channel.guild_id !== undefined && place.channel.guild_id !== destination.workspace)) {
    return ['The bot cannot see this channel. Give it View Channel there, or choose another one.'];
  }
  const { channel } = place;
  if (channel.guild_id === undefined) return ['A feed needs a channel of a server.'];
  if (!POSTABLE.has(channel.type) && !isForum(channel) && !isThread(channel))
    return ['Nothing can be posted in a channel of this kind. Choose a text channel, a thread or a forum.'];
  return [...lackingPermissions(place, feed), ...lackingTag(place), ...lackingRole(place, role)];
}

/** What it takes to post a feed in a channel of this kind. */
export function neededPermissions(
  { channel }: Pick<Place, 'channel'>,
  { layout }: FeedNeeds,
): PermissionName[] {
  const posting: PermissionName[] = isThread(channel)
    ? ['SendMessagesInThreads']
    : isForum(channel)
      ? ['SendMessages', 'SendMessagesInThreads']
      : ['SendMessages'];
  const hasThread = layout === 'cards' && !isForum(channel) && !isThread(channel);
  const threading: PermissionName[] = hasThread ? ['CreatePublicThreads', 'SendMessagesInThreads'] : [];
  return ['ViewChannel', ...posting, 'ReadMessageHistory', ...threading];
}

function lackingPermissions(place: Place, feed: FeedNeeds): string[] {
  const lacking = missing(place.permissions, neededPermissions(place, feed));
  return lacking.map((name) => {
    const { name: shown, why } = PERMISSIONS[name];
    return `The bot lacks the permission ${shown} in this channel, ${why}. Give it in the channel’s settings, under Permissions.`;
  });
}

function lackingTag({ channel }: Place): string[] {
  const isNeeded = ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
  if (!isNeeded) return [];
  return ['This forum asks for a tag on every post. Take that requirement off, or choose another channel.'];
}

function lackingRole({ permissions, roles }: Place, role: string | undefined): string[] {
  if (role === undefined) return [];
  const found = roles.find(({ id }) => id === role);
  if (!found) return ['There is no such role in this server.'];
  if (found.mentionable || permissions & PermissionFlagsBits.MentionEveryone) return [];
  return ['This role cannot be called by the bot. Allow anyone to @mention it in the role’s settings.'];
}
