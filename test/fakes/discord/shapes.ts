import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { isThread } from './permissions.ts';
import type {
  Attachment,
  Channel,
  GuildMember,
  Message,
  Role,
  Shape,
  Standing,
  User,
  World,
} from './state.ts';
import { timestamp } from './state.ts';

export function userShape(user: User): Shape {
  return {
    id: user.id,
    username: user.name.toLowerCase().replace(/[^a-z0-9_.]/g, '_'),
    discriminator: user.isBot ? '0001' : '0',
    global_name: user.isBot ? null : user.name,
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.isBot ? { bot: true } : {}),
  };
}

/** A member without the person, as some events carry it. */
export function memberPart(member: GuildMember): Shape {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: timestamp(member.joinedAtMs),
    nick: null,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

export function memberShape(member: GuildMember): Shape {
  return { ...memberPart(member), user: userShape(member.user) };
}

export function roleShape(role: Role, botId: string): Shape {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.isManaged,
    mentionable: role.isMentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.isManaged ? { tags: { bot_id: botId } } : {}),
  };
}

const FORUMS: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const VOICES: readonly number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];
const REQUIRE_TAG = 1 << 4;

export function isForum(channel: Channel): boolean {
  return FORUMS.includes(channel.type);
}

/** A channel as a route or an event shows it. */
export function channelShape(channel: Channel, { viewer }: { viewer?: string } = {}): Shape {
  if (channel.person) return dmShape(channel, channel.person);
  return isThread(channel) ? threadShape(channel, viewer) : guildChannelShape(channel);
}

function lastMessageId(channel: Channel): string | null {
  return [...channel.messages.keys()].at(-1) ?? null;
}

function dmShape(channel: Channel, person: User): Shape {
  const recipients = [userShape(person)];
  return {
    id: channel.id,
    type: ChannelType.DM,
    flags: 0,
    last_message_id: lastMessageId(channel),
    recipients,
  };
}

function guildChannelShape(channel: Channel): Shape {
  const shape = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild?.id,
    name: channel.name,
    position: channel.position,
    flags: channel.requiresTag ? REQUIRE_TAG : 0,
    parent_id: channel.parentId ?? null,
    permission_overwrites: [...channel.overwrites].map(([id, { type, allow, deny }]) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    nsfw: false,
  };
  if (channel.type === ChannelType.GuildCategory) return shape;
  return { ...shape, last_message_id: lastMessageId(channel), rate_limit_per_user: 0, ...kindShape(channel) };
}

/** What only channels of this kind have. */
function kindShape(channel: Channel): Shape {
  if (VOICES.includes(channel.type)) return { bitrate: 64_000, user_limit: 0, rtc_region: null };
  if (!isForum(channel)) return { topic: null };
  return {
    topic: null,
    available_tags: [...channel.tags].map(([id, name]) => ({
      id,
      name,
      moderated: false,
      emoji_id: null,
      emoji_name: null,
    })),
    default_reaction_emoji: null,
    default_sort_order: null,
    ...(channel.type === ChannelType.GuildForum ? { default_forum_layout: 0 } : {}),
  };
}

function threadShape(channel: Channel, viewer: string | undefined): Shape {
  const { thread, guild, messages } = channel;
  const count = [...messages.values()].filter(({ type }) => type !== MessageType.ThreadStarterMessage).length;
  const member = viewer !== undefined && thread?.members.has(viewer);
  const since = timestamp(thread?.archivedAtMs ?? 0);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: guild?.id,
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: thread?.ownerId,
    flags: 0,
    last_message_id: lastMessageId(channel),
    rate_limit_per_user: 0,
    message_count: count,
    total_message_sent: count,
    member_count: Math.min(thread?.members.size ?? 0, 50),
    thread_metadata: {
      archived: thread?.isArchived,
      archive_timestamp: since,
      auto_archive_duration: thread?.autoArchiveMinutes,
      locked: thread?.isLocked,
      create_timestamp: since,
      ...(channel.type === ChannelType.PrivateThread ? { invitable: false } : {}),
    },
    ...(thread && thread.appliedTags.length > 0 ? { applied_tags: thread.appliedTags } : {}),
    ...(member ? { member: threadMemberShape(channel, viewer) } : {}),
  };
}

export function threadMemberShape(channel: Channel, userId: string): Shape {
  const since = timestamp(channel.thread?.archivedAtMs ?? 0);
  return { id: channel.id, user_id: userId, join_timestamp: since, flags: 0 };
}

function attachmentShape({ id, filename, contentType, size }: Attachment): Shape {
  const url = `https://cdn.discordapp.com/attachments/1/${id}/${encodeURIComponent(filename)}`;
  return { id, filename, size, url, proxy_url: url, content_type: contentType };
}

function reactionShape({ id, name, users }: Standing, viewer: string): Shape {
  return {
    emoji: { id, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(viewer),
    me_burst: false,
  };
}

/** A message as its readers get it; `isBlank` where its content may not be seen. */
export function messageShape(world: World, message: Message, { isBlank = false } = {}): Shape {
  const { channel, reference, mentions } = message;
  const botId = world.app.user.id;
  const isAnswer = message.interaction !== undefined;
  const reactions = [...message.reactions.values()].map((standing) => reactionShape(standing, botId));
  const thread = message.hasThread ? world.channels.get(message.id) : undefined;
  return {
    id: message.id,
    type: message.type,
    channel_id: channel.id,
    author: userShape(message.author),
    content: isBlank ? '' : message.content,
    embeds: isBlank ? [] : message.embeds,
    components: isBlank ? [] : message.components,
    attachments: isBlank ? [] : message.attachments.map(attachmentShape),
    mentions: mentions.users.map(userShape),
    mention_roles: mentions.roles,
    mention_everyone: mentions.isEveryone,
    timestamp: timestamp(message.sentAtMs),
    edited_timestamp: message.editedAtMs === undefined ? null : timestamp(message.editedAtMs),
    flags: message.flags | (message.hasThread ? MessageFlags.HasThread : 0),
    pinned: false,
    tts: false,
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(isAnswer ? { application_id: world.app.id, webhook_id: world.app.id } : {}),
    ...(isAnswer ? { interaction_metadata: message.interaction } : {}),
    ...(reference ? referenceShape(world, reference) : {}),
    ...(thread ? { thread: channelShape(thread) } : {}),
  };
}

function referenceShape(world: World, reference: Message): Shape {
  const { channel } = reference;
  const message_reference = {
    type: 0,
    channel_id: channel.id,
    message_id: reference.id,
    ...(channel.guild ? { guild_id: channel.guild.id } : {}),
  };
  const { thread: _, ...shown } = messageShape(world, { ...reference, hasThread: false });
  const { referenced_message: __, reactions: ___, ...flat } = shown as Shape;
  return { message_reference, referenced_message: reference.isDeleted ? null : flat };
}
