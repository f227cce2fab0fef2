import type { Command, Invocation, Reply } from './command.ts';
import type { Card } from './domain/card.ts';
import type { Delivery, Json, MessageId } from './domain/delivery.ts';
import type { Platform } from './domain/feed.ts';

/** What an adapter may ask of the bot. */
export interface Host {
  /** The list that registration, parsing and help are made from. */
  readonly commands: readonly Command[];
  /** Carries an invocation out; never rejects but with the signal's reason: errors come as private replies. */
  run(invocation: Invocation): Promise<Reply>;
}

/**
 * Our code for one platform. Members stand in the order of their use.
 *
 * Errors of `send`: `DeliveryThrottledError`, `DeliveryUnavailableError`, `DeliveryRefusedError`,
 * `CardRejectedError`, or the signal's reason; nothing else, and never an SDK's own.
 */
export interface Adapter {
  readonly platform: Platform;
  /** Connects; resolves once invocations arrive at the host. */
  start(host: Host): Promise<void>;
  /**
   * Turns a card into messages in the platform's own form, in the order of sending; at least one. Pure: the same
   * card gives the same messages. Keeps every limit of the platform by shortening and splitting, never by dropping
   * a paper.
   */
  render(card: Card): Json[];
  /** Posts one rendered message. Sends once: whether to send again is the caller's decision. */
  send(delivery: Pick<Delivery, 'id' | 'destination' | 'payload'>, signal?: AbortSignal): Promise<MessageId>;
  /** Lets go of everything; may be called when not started, and twice. */
  stop(): Promise<void>;
}
