import { ChannelFlags, ChannelType, PermissionFlagsBits } from 'discord.js';
import type { FeedNeeds } from '../../../src/adapter.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { missing, type PermissionName } from './permissions.ts';
import { type Channel, isForum, isThread, type Place, type Places } from './places.ts';

/** Channels that take messages. */
const POSTABLE: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
]);

/** Whether editions are posted in channels of this kind. */
export function isPostable(channel: Pick<Channel, 'type'>): boolean {
  return POSTABLE.has(channel.type) || isForum(channel);
}

/** See `Adapter.obstacles`. Names the permission that is missing in that very channel. */
export async function obstacles(
  feed: FeedNeeds,
  places: Places,
  locale?: Locale,
  signal?: AbortSignal,
): Promise<string[]> {
  const { destination, role } = feed;
  if (memberOf(destination) !== undefined) return [];
  const { discord: texts } = textsFor(locale);
  const place = await places.place(destination.channel, signal);
  const server = place?.channel.guild_id;
  if (!place || (server !== undefined && server !== destination.workspace)) return [texts.hidden];
  if (server === undefined) return [texts.noServer];
  const { channel } = place;
  if (!isPostable(channel) && !isThread(channel)) return [texts.kind];
  const lacking = missing(place.permissions, neededPermissions(place, feed));
  return [
    ...lacking.map((name) => texts.lacks(texts.permissions[name], texts.reasons[name])),
    ...(needsTag(place) ? [texts.tag] : []),
    ...lackingRole(place, role, texts),
  ];
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

function needsTag({ channel }: Place): boolean {
  return ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
}

function lackingRole(
  { permissions, roles }: Place,
  role: string | undefined,
  texts: Texts['discord'],
): string[] {
  if (role === undefined) return [];
  const found = roles.find(({ id }) => id === role);
  if (!found) return [texts.noRole];
  const mayCall = found.mentionable || (permissions & PermissionFlagsBits.MentionEveryone) !== 0n;
  return mayCall ? [] : [texts.closedRole];
}
