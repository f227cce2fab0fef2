import type { Day, Instant } from './domain/calendar.ts';
import type { MessageId } from './domain/delivery.ts';
import type { SlotId } from './domain/edition.ts';
import type { Destination, Platform } from './domain/feed.ts';
import type { ReactedMessage } from './domain/reaction.ts';
import type { Workspace } from './people.ts';

/** A reaction whose wish was done. */
export interface SeenReaction {
  /** As `emojiKey` writes it. */
  emoji: string;
  /** Tells this member on this message from all others; it stays when the member is forgotten. */
  mark: string;
  /** Absent once the member is forgotten. */
  member?: string;
}

/** The messages of an edition that are out. */
export interface SentEdition {
  slotId: SlotId;
  /** Where they were sent. */
  destination: Destination;
  /** In the order of sending, by their positions; never empty. */
  messageIds: Map<number, MessageId>;
}

/**
 * Which workspaces have us, and what stands on our messages there. Part of a store: on the same connection, each call
 * durable when it resolves. Errors: `StoreError`.
 */
export interface Presence {
  /**
   * A workspace has us from now on. `back`: it let us go after `keptSince`; its feeds are looked at at once, also those
   * that wait. `new`: it is not known, or let us go before: then all that was left of it is erased.
   */
  joined(workspace: Workspace, at: Instant, keptSince: Instant): Promise<'new' | 'back' | 'known'>;
  /**
   * A workspace has let us go: until it has us again its feeds, digests and notices rest, unchanged. False, and nothing
   * changes, for one that did not have us.
   */
  left(workspace: Workspace, at: Instant): Promise<boolean>;
  /** The workspaces that have us, by their ids. */
  present(platform: Platform): Promise<Workspace['workspace'][]>;
  /** Those that let us go, by their ids, until all that was left of them is erased. */
  departed(platform: Platform): Promise<Workspace['workspace'][]>;
  /** Those that have us in which nobody was greeted since they were new. */
  ungreeted(platform: Platform): Promise<Workspace['workspace'][]>;
  /** Whoever let us in was greeted, until the workspace is new again. */
  greeted(workspace: Workspace): Promise<void>;

  /** Keeps where a topic panel stands. */
  watch(panel: ReactedMessage): Promise<void>;
  /** Forgets a message with all that was seen on it. */
  unwatch(message: ReactedMessage): Promise<void>;
  /** The topic panels in the workspaces that have us, in the order they were posted. */
  panels(platform: Platform): Promise<ReactedMessage[]>;
  /**
   * Editions from a day on with messages that are out, oldest first; no digests, and none in a workspace that let us
   * go.
   */
  editions(platform: Platform, since: Day): Promise<SentEdition[]>;

  /** What was seen on a message. */
  reactions(on: ReactedMessage): Promise<SeenReaction[]>;
  /** Whether one was seen; by its emoji and mark. */
  hasSeen(on: ReactedMessage, reaction: SeenReaction): Promise<boolean>;
  /** Keeps that these were seen, all or none of them; what was seen before stays as it is. */
  see(on: ReactedMessage, reactions: readonly SeenReaction[], at: Instant): Promise<void>;
  /** These are gone, all or none of them. */
  unsee(on: ReactedMessage, reactions: readonly SeenReaction[]): Promise<void>;
}
