import { ChannelType, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import type { Content } from './compose.ts';
import { isThread, may, writing } from './permissions.ts';
import { refusal } from './refusal.ts';
import { channelShape, isForum, memberPart, messageShape } from './shapes.ts';
import type { Channel, Message, Shape, User, World } from './state.ts';

/** For how long a nonce that is enforced names a message: Discord says “a few minutes”. */
export const NONCE_WINDOW_MS = 180_000;

/** A message that is old enough for its edits to be counted. */
const OLD_MS = 3_600_000;

/** What a new message is besides its content. */
export interface Posting {
  channel: Channel;
  author: User;
  content: Content;
  /** Default 0, what somebody wrote. */
  type?: number;
  id?: string;
  nonce?: string | number;
  reference?: Message;
  interaction?: Shape;
  onlyFor?: string;
}

const EMPTY: Content = {
  content: '',
  embeds: [],
  components: [],
  flags: 0,
  mentions: { users: [], roles: [], isEveryone: false },
  attachments: [],
};

/** The content of one line of text, or of none. */
export function plainContent(content = '', more: Partial<Content> = {}): Content {
  return { ...EMPTY, content, ...more };
}

/** Stores a message, wakes an archived thread, and tells of it unless it is for one person only. */
export function post(world: World, { channel, author, content, type = 0, ...rest }: Posting): Message {
  const message: Message = {
    ...content,
    ...rest,
    id: rest.id ?? world.newId(),
    type,
    channel,
    author,
    sentAtMs: world.now(),
    edits: 0,
    oldEdits: 0,
    reactions: new Map(),
    hasThread: false,
    isDeleted: false,
  };
  if (message.onlyFor !== undefined) {
    world.notice(message, 'posted');
    return message;
  }
  channel.messages.set(message.id, message);
  if (channel.thread?.isArchived) setArchived(world, channel, false);
  tellMessage(world, 'MESSAGE_CREATE', message);
  world.notice(message, 'posted');
  return message;
}

/** Gives a message other content. */
export function rewrite(world: World, message: Message, content: Content): void {
  Object.assign(message, content);
  message.editedAtMs = world.now();
  message.edits += 1;
  if (message.onlyFor === undefined) tellMessage(world, 'MESSAGE_UPDATE', message);
  world.notice(message, 'edited');
}

/** Counts an edit of an old message. Errors: 30046 for one too many. */
export function countOldEdit(world: World, message: Message, most: number): void {
  if (world.now() - message.sentAtMs < OLD_MS) return;
  if (message.oldEdits >= most) throw refusal(30046);
  message.oldEdits += 1;
}

export function remove(world: World, message: Message): void {
  const { channel, id } = message;
  message.isDeleted = true;
  world.notice(message, 'removed');
  if (message.onlyFor !== undefined) return;
  channel.messages.delete(id);
  if (!may(world, channel, world.app.user.id, 'ViewChannel')) return;
  const guild = channel.guild ? { guild_id: channel.guild.id } : {};
  world.tell({
    event: 'MESSAGE_DELETE',
    data: { id, channel_id: channel.id, ...guild },
    intents: channel.guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages,
    ...guildOf(channel),
  });
}

/** Is the content hidden from the bot? Not of its own messages, in direct ones, nor where it is named. */
function isHidden(world: World, { author, channel, mentions }: Message): boolean {
  if (author === world.app.user || !channel.guild) return false;
  return !mentions.users.includes(world.app.user);
}

/** A message as the bot may read it by request. */
export function readable(world: World, message: Message): Shape {
  const isAllowed = (world.allowedIntents & GatewayIntentBits.MessageContent) !== 0;
  return messageShape(world, message, { isBlank: !isAllowed && isHidden(world, message) });
}

function tellMessage(world: World, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): void {
  const { channel, author } = message;
  if (!may(world, channel, world.app.user.id, 'ViewChannel')) return;
  const member = channel.guild?.members.get(author.id);
  const place = channel.guild ? { guild_id: channel.guild.id } : {};
  const part = { ...place, channel_type: channel.type, ...(member ? { member: memberPart(member) } : {}) };
  world.tell({
    event,
    data: { ...messageShape(world, message), ...part },
    intents: channel.guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages,
    ...(isHidden(world, message)
      ? { blank: { ...messageShape(world, message, { isBlank: true }), ...part } }
      : {}),
    ...guildOf(channel),
  });
}

export function guildOf({ guild }: Channel): { guildId?: string } {
  return guild ? { guildId: guild.id } : {};
}

/** Archives a thread or takes it out of the archive. */
export function setArchived(world: World, channel: Channel, isArchived: boolean, isLocked?: boolean): void {
  if (!channel.thread) return;
  Object.assign(channel.thread, { isArchived, archivedAtMs: world.now() });
  if (isLocked !== undefined) channel.thread.isLocked = isLocked;
  tellChannel(world, 'THREAD_UPDATE', channel);
}

export function tellChannel(world: World, event: string, channel: Channel, more: Shape = {}): void {
  const viewer = world.app.user.id;
  world.tell({
    event,
    data: { ...channelShape(channel, { viewer }), ...more },
    intents: channel.guild ? GatewayIntentBits.Guilds : 0,
    ...guildOf(channel),
  });
}

const WRITABLE: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.DM,
];

/** Refuses what somebody may not write there: 50001, 50013, 50007 closed direct messages, 50008 forums. */
export function demandWriting(world: World, channel: Channel, author: User): void {
  if (!may(world, channel, author.id, 'ViewChannel')) throw refusal(50001);
  if (isForum(channel) || !WRITABLE.includes(channel.type)) throw refusal(50008);
  if (!may(world, channel, author.id, writing(channel))) throw refusal(50013);
  if (channel.person && author === world.app.user && closesTo(world, channel.person)) throw refusal(50007);
  const { thread } = channel;
  if (thread?.isLocked && !may(world, channel, author.id, 'ManageThreads')) {
    throw refusal(thread.isArchived ? 50083 : 160005);
  }
}

/** Takes somebody no messages from the bot: closed ones, or no server in common any more. */
function closesTo(world: World, person: User): boolean {
  const isMet = [...world.guilds.values()].some(({ hasBot, members }) => hasBot && members.has(person.id));
  return person.closesDms || (!isMet && !world.installedBy.has(person.id));
}

/** Adds a thread that a message opens, or that stands alone. */
export function addThread(
  world: World,
  parent: Channel,
  fields: Pick<Channel, 'id' | 'type' | 'name'> & {
    owner: User;
    appliedTags?: string[];
    autoArchiveMinutes?: number;
  },
): Channel {
  const { id, type, name, owner, appliedTags = [], autoArchiveMinutes = 4320 } = fields;
  const channel: Channel = {
    id,
    type,
    name,
    parentId: parent.id,
    position: 0,
    overwrites: new Map(),
    tags: new Map(),
    requiresTag: false,
    messages: new Map(),
    ...(parent.guild ? { guild: parent.guild } : {}),
    thread: {
      ownerId: owner.id,
      isArchived: false,
      isLocked: false,
      archivedAtMs: world.now(),
      autoArchiveMinutes,
      members: new Set([owner.id]),
      appliedTags,
    },
  };
  world.channels.set(id, channel);
  parent.guild?.channels.set(id, channel);
  tellChannel(world, 'THREAD_CREATE', channel, { newly_created: true });
  return channel;
}

/** Opens the thread of a message; it has the message's id and begins with a sign that stands for it. */
export function openThread(
  world: World,
  message: Message,
  owner: User,
  name: string,
  autoArchiveMinutes?: number,
): Channel {
  const { channel, id } = message;
  const isNews = channel.type === ChannelType.GuildAnnouncement;
  const type = isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
  const thread = addThread(world, channel, {
    id,
    type,
    name,
    owner,
    ...(autoArchiveMinutes ? { autoArchiveMinutes } : {}),
  });
  message.hasThread = true;
  tellMessage(world, 'MESSAGE_UPDATE', message);
  post(world, {
    channel: thread,
    author: message.author,
    content: plainContent(),
    type: MessageType.ThreadStarterMessage,
    reference: message,
  });
  return thread;
}

/** Takes a channel away with its threads. */
export function removeChannel(world: World, channel: Channel): void {
  for (const other of [...(channel.guild?.channels.values() ?? [])]) {
    if (other.parentId === channel.id && isThread(other)) drop(world, other);
  }
  drop(world, channel);
  if (isThread(channel)) {
    const { id, guild, parentId, type } = channel;
    const data = { id, guild_id: guild?.id, parent_id: parentId, type };
    world.tell({ event: 'THREAD_DELETE', data, intents: GatewayIntentBits.Guilds, ...guildOf(channel) });
    return;
  }
  tellChannel(world, 'CHANNEL_DELETE', channel);
}

function drop(world: World, channel: Channel): void {
  world.channels.delete(channel.id);
  channel.guild?.channels.delete(channel.id);
}

/** Finds a message that everybody may see. Errors: 10008. */
export function findMessage(channel: Channel, id: string): Message {
  const message = channel.messages.get(id);
  if (!message) throw refusal(10008);
  return message;
}
