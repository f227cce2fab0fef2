import type { Instant } from '../../../src/domain/calendar.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { DeliveryId, MessageId } from '../../../src/domain/delivery.ts';

/** A message as it stands on the board. */
export interface BoardMessage {
  id: MessageId;
  /** `papers`, or `@member` for what is for one member. */
  channel: string;
  card: Card;
  postedAt: Instant;
  /** Grows over the whole board with each change of a message: posted, edited, reacted to. */
  sequence: number;
  /** By emoji, in the order they were first set: who set it. */
  reactions: ReadonlyMap<string, readonly string[]>;
}

/**
 * What the playground is to its adapter: the platform that keeps messages and reactions. It lies in a file of its own, so
 * that it outlives the process, and may be open in several processes at once. Calls are durable when they return; errors
 * are those of SQLite, and `ConfigError` where its file cannot be used.
 */
export interface Board {
  /** Tells this board from one that was made anew in its place. */
  readonly id: string;
  /** The same message for the same delivery. */
  post(message: { deliveryId: DeliveryId; channel: string; card: Card }, at: Instant): MessageId;
  find(deliveryId: DeliveryId): MessageId | undefined;
  /** False when it is not there. */
  edit(id: MessageId, card: Card): boolean;
  message(id: MessageId): BoardMessage | undefined;
  /** The newest of a channel, oldest first; those before one where that is named. */
  messages(channel: string, limit: number, before?: MessageId): BoardMessage[];
  /** What changed after a place in the sequence, in these channels, in the order of change; at most `limit`. */
  changes(channels: readonly string[], after: number, limit: number): BoardMessage[];
  /** The newest place in the sequence, also when another process made it; 0 on an empty board. */
  sequence(): number;
  /** Sets or takes away an emoji; false when nothing changes, or the message is gone. */
  react(id: MessageId, emoji: string, member: string, isAdded: boolean): boolean;
  /** Messages on which emoji stand. */
  reacted(): BoardMessage[];
  /** Erases what is there of a member: their channel and their reactions. */
  forget(member: string): void;
  close(): void;
}

/** The newest so many messages of a channel are kept. */
export const MOST_MESSAGES = 500;
