import type { Command, Completion, Invocation, Reply } from './command.ts';
import type { Instant } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { Delivery, Json, MessageId } from './domain/delivery.ts';
import type { Destination, Feed, Platform } from './domain/feed.ts';
import type { Locale } from './domain/locale.ts';
import type { ReactedMessage, Reaction, StandingReaction } from './domain/reaction.ts';
import type { Workspace } from './people.ts';
import type { MailOrder, Subscribers } from './subscribers.ts';

/** What an adapter may ask of the bot. */
export interface Host {
  /** The list that registration, parsing and help are made from. */
  readonly commands: readonly Command[];
  /**
   * How a text option may go on that is being typed; at most `MOST_SUGGESTIONS`, none where nothing is known. Errors:
   * `StoreError`.
   */
  complete(
    asked: Pick<Invocation, 'command' | 'place' | 'member' | 'locale'> & { option: string; typed: string },
  ): Promise<Completion[]>;
  /** Carries an invocation out; never rejects but with the signal's reason: errors come as private replies. */
  run(invocation: Invocation): Promise<Reply>;
  reactions: Reactions;
  workspaces: Workspaces;
  subscribers: Subscribers;
  /**
   * True for the first, in all processes, who says within so long that it does this; what is named anew within that time
   * stays taken. Errors: `StoreError`.
   */
  isFirst(what: string, withinMs: number): Promise<boolean>;
  /**
   * How an adapter stands with its platform, told when that changes: what only the operator can mend, in words, or
   * undefined once we are let in. Errors: `StoreError`.
   */
  report(platform: Platform, trouble: string | undefined): Promise<void>;
}

/** What becomes of emoji on our messages. Errors of each: `StoreError`. */
export interface Reactions {
  /** The emoji that mean something on a panel, or on a card, of this workspace. */
  emoji(workspace: Workspace): Promise<readonly string[]>;
  /**
   * Whether one may change anything, whatever its message shows: to be asked before a look at a message, which costs a
   * request.
   */
  mayChange(reaction: Reaction): Promise<boolean>;
  /** Follows or saves what an emoji asks for, or takes it back; one that was seen before changes nothing more. */
  react(reaction: Reaction): Promise<void>;
  /** A panel was posted: its reactions are looked at after every absence. */
  watch(panel: ReactedMessage): Promise<void>;
  /** A message is gone. */
  unwatch(message: ReactedMessage): Promise<void>;
  /** What to look at after an absence. */
  watched(platform: Platform): Promise<WatchedMessages>;
  /**
   * All that stands on a message now: what differs from what was last seen is taken as if it had just happened. Out: true
   * where something did; another process may have taken what happened after the look, so that who looks once more is
   * sure. Rejects with the signal's reason: what is left is for the next time.
   */
  reconcile(
    on: ReactedMessage,
    standing: readonly StandingReaction[],
    signal?: AbortSignal,
  ): Promise<boolean>;
}

/** Messages whose reactions count after an absence. */
export interface WatchedMessages {
  panels: ReactedMessage[];
  /** Editions in `cards` layout of the last `CARDS_WATCHED_DAYS`. */
  editions: {
    destination: Destination;
    /** The heading, if it is out. */
    first?: MessageId;
    /** Those under it, in the order of sending; at least one. */
    messageIds: MessageId[];
  }[];
}

/** Who has us. Errors of each: `StoreError`. */
export interface Workspaces {
  /** We were let in; `back`: within the 90 days that all settings of a workspace are kept after it let us go. */
  joined(workspace: Workspace): Promise<'new' | 'back' | 'known'>;
  /** We were shown out: its feeds rest. */
  left(workspace: Workspace): Promise<void>;
  /**
   * All that a platform lets us be in, of those for which `isOwn` holds: what came and went meanwhile is taken as if it
   * happened now. Out: those of them in which nobody was greeted yet. `isOwn`: whether this process is told of a
   * workspace; default of all. Of the others nothing is said: another process is told of them.
   */
  present(
    platform: Platform,
    workspaces: readonly Workspace['workspace'][],
    isOwn?: (workspace: Workspace['workspace']) => boolean,
  ): Promise<Workspace['workspace'][]>;
  /** Whoever let us in was greeted, or needs not be. */
  greeted(workspace: Workspace): Promise<void>;
  /** All that have us, and those that let us go while anything of them is kept, in no order. */
  known(platform: Platform): Promise<KnownWorkspace[]>;
}

/** How a workspace stands to us. */
export interface KnownWorkspace {
  workspace: Workspace['workspace'];
  hasUs: boolean;
  /** Whoever let us in was greeted; true of each that let us go. */
  isGreeted: boolean;
}

/** What a platform says of a message of which we do not know whether it arrived. */
export type Sighting =
  | { kind: 'found'; messageId: MessageId }
  /** It is surely not there. */
  | { kind: 'absent' }
  /** Nobody can tell; the reason is a sentence for the feed's manager. */
  | { kind: 'unknown'; reason: string };

/** What an adapter needs to know of a delivery. */
export interface Message extends Pick<Delivery, 'id' | 'destination' | 'payload'> {
  /** The first message of its edition, once that is out: what belongs under it hangs there. */
  first?: MessageId;
}

/** Of all that shares a key no more than one may begin in each `everyMs`, in all processes together. */
export interface Rate {
  key: string;
  everyMs: number;
}

/** What a feed asks of its channel. */
export type FeedNeeds = Pick<Feed, 'destination' | 'layout'> & Partial<Pick<Feed, 'role'>>;

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
  /**
   * Connects; resolves once invocations arrive at the host, or, where the platform cannot be reached now, while it goes
   * on trying. Errors: `ConfigError` for what only a person can mend.
   */
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
   * How fast the platform lets all processes of one bot send to a destination; each rate has to be kept. Asked only where
   * several processes send: alone, an adapter keeps the pace itself. Absent where a platform sets none.
   */
  rates?(destination: Destination): Rate[];
  /**
   * Asked after a send: for how long after a message has left a repetition of it may leave, and is taken for the same even if it arrives a
   * minute late: the answer is then the first one's id. 0 where each is a new one.
   */
  repeatableForMs(message: Message): number;
  /**
   * Looks for a message by its delivery's id among those since an instant of our clock. `absent` only after the right
   * to read was checked, everything since then was read and the platform's own clock agrees with ours to a few minutes;
   * else `unknown`. Changes nothing.
   */
  find(message: Message, sinceAt: Instant, signal?: AbortSignal): Promise<Sighting>;
  /**
   * What keeps a feed from being posted as it is wanted, each as a sentence with the mend, in this language; empty
   * when nothing does.
   * Absent where a platform has no permissions. Errors: `DeliveryUnavailableError`, `DeliveryThrottledError`.
   */
  obstacles?(feed: FeedNeeds, locale?: Locale): Promise<string[]>;
  /** Gives a posted message other content, in place. Absent where the platform cannot. */
  edit?(message: Message & { messageId: MessageId }, signal?: AbortSignal): Promise<void>;
  /**
   * Opens a private place beside a channel for one member; the same again for the same. Absent where the platform has
   * none. Errors: as those of `send`.
   */
  privateThread?(place: Destination, member: string): Promise<Destination>;
  /**
   * Asks an address whether it wants what somebody ordered for it; nothing else comes there before its owner says so.
   * `asker`: who is limited when they ask too often. Out: `limited` when they do; never whether the address is known.
   * Absent where nobody is asked. Errors: `RefusedError` for what is no address, or more than a link carries;
   * `DeliveryUnavailableError` where it is not started.
   */
  invite?(address: string, order: MailOrder, asker: string): Promise<'asked' | 'limited'>;
  /**
   * Who stands for a workspace when a feed's manager is gone: the member who installed us, or its owner. Undefined when
   * nobody is known. Errors: `DeliveryUnavailableError`.
   */
  installer(workspace: string): Promise<string | undefined>;
  /** Lets go of everything; may be called when not started, and twice. */
  stop(): Promise<void>;
}
