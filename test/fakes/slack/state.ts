import type { Clock } from '../../../src/clock.ts';

/** JSON as Slack writes it; its shape is checked by schemas, not by types. */
export type Shape = Record<string, unknown>;

export interface User {
  id: string;
  name: string;
  team: Team;
  role: 'member' | 'admin' | 'owner';
  isBot: boolean;
  /** IANA. */
  tz: string;
  /** `en-US`, `de-DE`, `zh-CN`. */
  locale: string;
  /** Left the workspace. */
  isDeleted: boolean;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
  /** Our bot's user there, made with the workspace. */
  bot: User;
  /** By id, bots too. */
  users: Map<string, User>;
  /** Direct messages too. */
  channels: Map<string, Channel>;
  usergroups: { id: string; handle: string; name: string }[];
  /** The token that counts now; undefined where we are not installed. */
  installation?: Installation;
  /** The workspace is shut, or the bot user: every token of it answers `account_inactive`. */
  isInactive: boolean;
}

/** What a workspace gave the app. */
export interface Installation {
  token: string;
  team: Team;
  scopes: Set<string>;
  /** User id. */
  installedBy: string;
  /** Of token rotation: what the next token is asked for with, once. */
  refreshToken?: string;
  /** Of token rotation: by the fake's clock. */
  expiresAtMs?: number;
  /** Was taken back: answers `token_revoked`. */
  isRevoked: boolean;
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  id: string;
  name: string;
  team: Team;
  kind: ChannelKind;
  isGeneral: boolean;
  isArchived: boolean;
  /** Is it deleted? Then nobody finds it any more. */
  isDeleted: boolean;
  /** Only admins may post: answers `restricted_action`. */
  isRestricted: boolean;
  /** User ids, the bot's too. */
  members: Set<string>;
  /** Of a direct message: the person at the other end. */
  person?: User;
  /** By `ts`, in order of arrival; private ones are not among them. */
  messages: Map<string, Message>;
  createdAtMs: number;
}

/** One emoji under a message. */
export interface Standing {
  /** Short name, with the skin tone: `wave::skin-tone-3`. */
  name: string;
  /** User ids in order of arrival. */
  users: Set<string>;
}

export interface Message {
  /** Unique in its workspace; `1764061200.000100`. */
  ts: string;
  channel: Channel;
  author: User;
  text: string;
  /** As Slack keeps them: with `block_id` and `action_id` filled in. */
  blocks: Shape[];
  attachments: Shape[];
  /** Files shared with it. */
  files: UploadedFile[];
  metadata?: { event_type: string; event_payload: Shape };
  /** Under which message it stands. */
  threadTs?: string;
  sentAtMs: number;
  editedAtMs?: number;
  edits: number;
  reactions: Map<string, Standing>;
  /** Seen by this person only: an ephemeral message. */
  onlyFor?: string;
  /** Previews by the app: what `chat.unfurl` said, by link. */
  unfurls: Map<string, Shape>;
  isDeleted: boolean;
}

export type MessageNews = 'posted' | 'edited' | 'removed';

export interface UploadedFile {
  id: string;
  name: string;
  title: string;
  size: number;
  /** As UTF-8. */
  text: string;
  isComplete: boolean;
}

/** A modal or a Home tab as it stands. */
export interface View {
  id: string;
  team: Team;
  person: User;
  type: 'modal' | 'home';
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  title: Shape | undefined;
  submit: Shape | undefined;
  close: Shape | undefined;
  blocks: Shape[];
  notifyOnClose: boolean;
  clearOnClose: boolean;
  hash: string;
  rootId: string;
  previousId: string | undefined;
  /** What was entered: by `block_id` and `action_id`, as `view.state.values` has it. */
  values: Map<string, Map<string, Shape>>;
  /** Errors that the last submission was answered with, by `block_id`. */
  errors: Record<string, string>;
  isOpen: boolean;
}

/** Whose time, whose names: what everything else in the fake shares. */
export interface World {
  readonly clock: Clock;
  /** Milliseconds since 1970 by Slack's own clock. */
  now(): number;
  /** A fresh id: `newId('C')` gives `C0000000001`. */
  newId(prefix: string): string;
  /** A fresh `ts` of now, greater than all before. */
  newTs(): string;
}
