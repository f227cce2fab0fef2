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
  /** Whoever joins the workspace is in it. */
  hasEverybody: boolean;
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

/** What the app is. */
export interface Application {
  id: string;
  appToken: string;
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** The old way to tell who sends; still in every payload. */
  verificationToken: string;
}

/** Something that somebody did and that the bot answers. */
export interface Exchange {
  person: User;
  team: Team;
  channel: Channel | undefined;
  /** What was pressed or used. */
  source: Message | View | undefined;
  /** The thread that it was done in. */
  threadTs: string | undefined;
  payload: Shape;
  startedAtMs: number;
  ackedAtMs?: number;
  acked?: unknown;
  responses: Shape[];
  messages: Message[];
  view?: View;
  errors: Record<string, string>;
  shown: number;
  triggerId: string;
  isTriggerUsed: boolean;
  responseToken: string | undefined;
  /** No acknowledgement came in time. */
  isOver: boolean;
}

/** A code that a browser brings back from Slack. */
export interface Code {
  team: Team;
  by: string;
  scopes: readonly string[];
  redirectUri: string;
}

/** All that there is, and the ways to change it that everything else uses. */
export interface World {
  readonly clock: Clock;
  readonly app: Application;
  /** `http://127.0.0.1:PORT`. */
  origin(): string;
  /** Milliseconds since 1970 by Slack's own clock. */
  now(): number;
  /** A fresh id: `newId('C')` gives `C0000000001`. */
  newId(prefix: string): string;
  /** A fresh `ts` of now, greater than all before. */
  newTs(): string;
  readonly teams: Map<string, Team>;
  /** By token, those that count no more too. */
  readonly installations: Map<string, Installation>;
  /** By refresh token; each counts once. */
  readonly refreshTokens: Map<string, Installation>;
  readonly codes: Map<string, Code>;
  /** Modals and Home tabs by id. */
  readonly views: Map<string, View>;
  /** Modals of a person, by user id, the top one last. */
  readonly modals: Map<string, View[]>;
  /** Home tabs by user id. */
  readonly homes: Map<string, View>;
  readonly exchanges: Exchange[];
  /** Ephemeral messages, oldest first. */
  readonly ephemerals: Message[];
  readonly files: Map<string, UploadedFile>;
  /** Composer previews: by unfurl id. */
  readonly previews: Map<string, Map<string, Shape>>;
  /** Something became of a message, also of one for a single person. */
  notice(message: Message, what: MessageNews): void;
  /** Anything else changed. */
  changed(): void;
  /** Tells an event where the app is subscribed and may hear it. */
  tell(team: Team, event: Shape): void;
  /** What a client did wrong. */
  problem(sentence: string): void;
  /** What is wrong with a message or a view, kept as a problem; empty for a good one. */
  check(what: 'message' | 'view', body: unknown, where: string): string[];
  readonly scopes: readonly string[];
  readonly rotatesTokens: boolean;
  readonly unfurlDomains: readonly string[];
  readonly editWindowMs: number;
  /** 15 objects of history at most. */
  readonly isCommercial: boolean;
}

/** Makes `ts` that rise even when the clock does not. */
export function createTimestamps(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(now() * 1000, last + 1);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
