import type { Command, Completion, Invocation, Reply } from './command.ts';
import type { Instant } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { Delivery, Json, MessageId } from './domain/delivery.ts';
import type { Platform } from './domain/feed.ts';

/** What an adapter may ask of the bot. */
export interface Host {
  /** The list that registration, parsing and help are made from. */
  readonly commands: readonly Command[];
  /**
   * How a text option may go on that is being typed; at most `MOST_SUGGESTIONS`, none where nothing is known. Errors:
   * `StoreError`.
   */
  complete(
    asked: Pick<Invocation, 'command' | 'place'> & { option: string; typed: string },
  ): Promise<Completion[]>;
  /** Carries an invocation out; never rejects but with the signal's reason: errors come as private replies. */
  run(invocation: Invocation): Promise<Reply>;
}

/** What a platform says of a message of which we do not know whether it arrived. */
export type Sighting =
  | { kind: 'found'; messageId: MessageId }
  /** It is surely not there. */
  | { kind: 'absent' }
  /** Nobody can tell; the reason is a sentence for the feed's manager. */
  | { kind: 'unknown'; reason: string };

/** What an adapter needs to know of a delivery. */
export type Message = Pick<Delivery, 'id' | 'destination' | 'payload'>;

/**
 * Our code for one platform. Members stand in the order of their use.
 *
 * A destination is a channel, or a member reached directly (`directTo`). Errors of `send`, `find` and `edit`:
 * `DeliveryThrottledError`, `DeliveryUnavailableError`, `DeliveryRefusedError`, `CardRejectedError`, or the signal's
 * reason where nothing has left yet; nothing else, and never an SDK's own. Once the signal has aborted nothing leaves
 * any more.
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
  send(message: Message, signal?: AbortSignal): Promise<MessageId>;
  /**
   * For how long after a message has left a repetition of it may leave, and is taken for the same even if it arrives a
   * minute late: the answer is then the first one's id. 0 where each is a new one.
   */
  repeatableForMs(message: Message): number;
  /**
   * Looks for a message by its delivery's id among those since an instant of our clock. `absent` only after the right
   * to read was checked, everything since then was read and the platform's own clock agrees with ours to a few minutes;
   * else `unknown`. Changes nothing.
   */
  find(message: Message, sinceAt: Instant, signal?: AbortSignal): Promise<Sighting>;
  /** Gives a posted message other content, in place. Absent where the platform cannot. */
  edit?(message: Message & { messageId: MessageId }, signal?: AbortSignal): Promise<void>;
  /**
   * Who stands for a workspace when a feed's manager is gone: the member who installed us, or its owner. Undefined when
   * nobody is known. Errors: `DeliveryUnavailableError`.
   */
  installer(workspace: string): Promise<string | undefined>;
  /** Lets go of everything; may be called when not started, and twice. */
  stop(): Promise<void>;
}
