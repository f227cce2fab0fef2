import type { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Clock } from '../../../src/clock.ts';
import type { Interaction } from './interaction.ts';

/** JSON as Discord writes it; its shape is checked by schemas, not by types. */
export type Shape = Record<string, unknown>;

/** A permission by Discord's name: `ViewChannel`. */
export type PermissionName = keyof typeof PermissionFlagsBits;

export interface User {
  id: string;
  name: string;
  isBot: boolean;
  /** Language of the person's own client: `en-US`, `de`, `zh-CN`. */
  locale: string;
  /** Refuses direct messages: sending answers 50007. */
  closesDms: boolean;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  isMentionable: boolean;
  /** The bot's own role, made when it was let in. */
  isManaged: boolean;
}

export interface GuildMember {
  user: User;
  /** Ids, without the one of `@everyone`. */
  roles: Set<string>;
  joinedAtMs: number;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  locale: string;
  /** By id; the one with the server's own id is `@everyone`. */
  roles: Map<string, Role>;
  members: Map<string, GuildMember>;
  /** Threads too. */
  channels: Map<string, Channel>;
  /** Custom emoji: name by id. */
  emoji: Map<string, string>;
  /** Is the bot in it? */
  hasBot: boolean;
  /** An outage: the gateway says it is unavailable. */
  isDown: boolean;
}

export interface Overwrite {
  allow: bigint;
  deny: bigint;
  /** `0` a role, `1` a member. */
  type: 0 | 1;
}

export interface ThreadState {
  ownerId: string;
  isArchived: boolean;
  isLocked: boolean;
  archivedAtMs: number;
  autoArchiveMinutes: number;
  /** User ids. */
  members: Set<string>;
  appliedTags: string[];
}

/** A channel of any kind, a thread or a direct message. */
export interface Channel {
  id: string;
  /** `ChannelType` of the API. */
  type: number;
  name: string;
  guild?: Guild;
  parentId?: string;
  position: number;
  overwrites: Map<string, Overwrite>;
  /** Of a forum: tags by id, and whether a post needs one. */
  tags: Map<string, string>;
  requiresTag: boolean;
  thread?: ThreadState;
  /** Of a direct message: the person at the other end. */
  person?: User;
  /** A direct channel between two people, which the bot is no part of. */
  isForeign?: true;
  /** By id, in order of arrival; private answers are not among them. */
  messages: Map<string, Message>;
}

/** One emoji under a message. */
export interface Standing {
  id: string | null;
  name: string;
  /** User ids in order of arrival. */
  users: Set<string>;
}

export interface Attachment {
  id: string;
  filename: string;
  contentType: string;
  size: number;
  /** As UTF-8. */
  text: string;
}

export interface Message {
  id: string;
  type: number;
  channel: Channel;
  author: User;
  content: string;
  embeds: Shape[];
  /** As Discord keeps them: with ids and defaults filled in. */
  components: Shape[];
  flags: number;
  /** As they were sent; defaults ping everybody who is named. */
  mentions: { users: User[]; roles: string[]; isEveryone: boolean };
  attachments: Attachment[];
  sentAtMs: number;
  editedAtMs?: number;
  /** How often it was edited, and how often of these when it was older than an hour. */
  edits: number;
  oldEdits: number;
  nonce?: string | number;
  reactions: Map<string, Standing>;
  /** Of an answer to an interaction. */
  interaction?: Shape;
  /** Seen by this person only. */
  onlyFor?: string;
  /** Of a reply or of what opens a thread: the message that it stands for. */
  reference?: Message;
  hasThread: boolean;
  isDeleted: boolean;
}

export type MessageNews = 'posted' | 'edited' | 'removed';

/** What the bot's application is. */
export interface Application {
  id: string;
  /** Who made it. */
  ownerId: string;
  /** `ApplicationFlags`. */
  flags: number;
  token: string;
  user: User;
  /** As registered and kept, in order. */
  commands: Shape[];
}

/** One thing that the gateway tells. */
export interface Dispatch {
  event: string;
  data: Shape;
  /** Whose server it happened in; undefined for direct messages and for what goes to everybody. */
  guildId?: string;
  /** Intents, one of which must have been asked for; 0 for what always comes. */
  intents: number;
  /** Is told instead where the content of messages may not be seen. */
  blank?: Shape;
}

/** All that there is, and the ways to change it that everything else uses. */
export interface World {
  readonly clock: Clock;
  readonly app: Application;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** The direct channel of a person by their id. */
  readonly dms: Map<string, Channel>;
  /** By author and nonce: the message and when it was sent. */
  readonly nonces: Map<string, Message>;
  /** Milliseconds since 1970 by Discord's own clock. */
  now(): number;
  /** A fresh snowflake of now, greater than all before. */
  newId(): string;
  tell(dispatch: Dispatch): void;
  /** Something became of a message, also of one for a single person. */
  notice(message: Message, what: MessageNews): void;
  /** The bot leaves, or is shown out. */
  removeBot(guild: Guild): void;
  /** What `GET /gateway/bot` says. */
  readonly gateway: { description(): Shape };
  /** By token. */
  readonly interactions: Map<string, Interaction>;
  /** People who have installed the bot for themselves. */
  readonly installedBy: Set<string>;
  /** How long an enforced nonce counts, and how often an old message may be edited. */
  readonly nonceWindowMs: number;
  readonly mostOldEdits: number;
  /** How long the first response to somebody is waited for. */
  readonly firstResponseMs: number;
  /** What privileged intents the portal allows, as bits. */
  readonly allowedIntents: number;
}

const EPOCH_MS = 1_420_070_400_000;

/** Makes snowflakes that rise even when the clock does not. */
export function createIds(now: () => number): () => string {
  let last = 0n;
  return () => {
    const fresh = BigInt(now() - EPOCH_MS) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}

/** A moment as Discord writes it. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
