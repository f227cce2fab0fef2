import type { Locale } from '../../../src/domain/locale.ts';

/** A channel as `conversations.info` tells of it. */
export interface SlackChannel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct' | 'group';
  isGeneral: boolean;
  isArchived: boolean;
  /** We are in it. */
  isMember: boolean;
}

/** A member as `users.info` tells of them. */
export interface SlackMember {
  /** Admins and owners of the team. */
  isAdmin: boolean;
  isBot: boolean;
  /** IANA. */
  zone: string | undefined;
  locale: Locale | undefined;
}

/** What we know of a team's channels and members, a minute old at most. Errors: those of `Ask`. */
export interface Places {
  /** Undefined for a channel that is not there, or that we cannot see. */
  channel(workspace: string, id: string, signal?: AbortSignal): Promise<SlackChannel | undefined>;
  /** Undefined for one who is not there. */
  member(workspace: string, id: string, signal?: AbortSignal): Promise<SlackMember | undefined>;
  /** Joins a public channel. */
  join(workspace: string, channel: string, signal?: AbortSignal): Promise<void>;
  /** Who installed us, where that is known. */
  installer(workspace: string): Promise<string | undefined>;
  /** Our own user id there. */
  me(workspace: string, signal?: AbortSignal): Promise<string>;
}
