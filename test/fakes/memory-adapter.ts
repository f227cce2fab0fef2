import type { Adapter, Host, Message, Sighting } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DeliveryId, Json, MessageId } from '../../src/domain/delivery.ts';
import { type Destination, directTo, type Platform } from '../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryUnavailableError } from '../../src/errors.ts';
import { createFakeClock } from './clock.ts';

/**
 * What a platform knows of what was sent to it. `nonce-and-history`: it takes a message sent again within
 * `REPEATABLE_MS` for the same and tells what was posted; `history`: it tells what was posted; `blind`: nothing.
 */
export const PLATFORM_KINDS = ['nonce-and-history', 'history', 'blind'] as const;
export type PlatformKind = (typeof PLATFORM_KINDS)[number];

/** For how long a platform with nonces takes a message sent again for the same. */
export const REPEATABLE_MS = 60 * SECOND_MS;
/** Clocks that differ by more do not agree. */
export const AGREEMENT_MS = 5 * MINUTE_MS;
/** The longest that a request can be under way. */
const REQUEST_MS = 30 * SECOND_MS;

/** One message as it arrived. */
export interface PostedMessage {
  /** The delivery's id. */
  id: DeliveryId;
  messageId: MessageId;
  destination: Destination;
  card: Card;
  /** By the platform's clock. */
  arrivedAt: Instant;
  /** How often its card was replaced. */
  edits: number;
}

export type Operation = 'send' | 'find' | 'edit' | 'installer';

/** Which call goes wrong, and what the platform does all the same. */
export interface Mishap {
  /** Default `send`. */
  of?: Operation;
  /** The platform does what it was asked for; only its answer is lost. */
  hasArrived?: boolean;
  /** It does so this much later by its clock; at most 30 s, as a request has no longer. */
  arrivesAfterMs?: number;
}

/** An adapter whose platform is this process. */
export interface MemoryAdapter extends Adapter {
  edit: NonNullable<Adapter['edit']>;
  /** Everything that arrived, in the order of arrival. */
  readonly posted: PostedMessage[];
  /** How often `send` was called, failed calls included; those that were aborted before are none. */
  readonly calls: number;
  /** How often another operation was called. */
  callsOf(operation: Operation): number;
  /** The host given to `start`; undefined before it and after `stop`. */
  readonly host: Host | undefined;
  /** The next call without a mishap of its own throws this; called twice, the next two fail in this order. */
  failNext(error: Error, mishap?: Mishap): void;
  /** The next call without a mishap of its own is not answered until its signal aborts. */
  hangNext(mishap?: Mishap): void;
  /** Closes a channel of every workspace to us, or opens it again. */
  closeChannel(channel: string, reason: 'forbidden' | 'gone' | undefined): void;
  /** Has a member refuse direct messages from now on, or take them again. */
  closeMember(member: string, reason: 'forbidden' | 'gone' | undefined): void;
  setInstaller(workspace: string, member: string | undefined): void;
}

export interface MemoryAdapterOptions {
  /** Default `terminal`. */
  platform?: Platform;
  /** Default `history`: nothing that is sent twice is hidden, and what is asked is answered. */
  kind?: PlatformKind;
  /** Ours. Without one no time passes on the platform: every message stays new, and `find` looks at them all. */
  clock?: Clock;
  /** The platform's own; default the same. */
  platformClock?: Clock;
}

/** Makes an adapter that keeps what it is given: obedient to the contract, without limits, one message a card. */
export function createMemoryAdapter(options: MemoryAdapterOptions = {}): MemoryAdapter {
  const { platform = 'terminal', kind = 'history', clock = createFakeClock(STANDSTILL) } = options;
  const state = createPlatform(platform, kind, options.platformClock ?? clock);
  const { call, ...line } = createLine(options.platformClock ?? clock);
  let host: Host | undefined;

  const sight = ({ id, destination }: Message, sinceAt: Instant): Sighting => {
    if (kind === 'blind') return { kind: 'unknown', reason: 'This platform does not tell what was posted.' };
    const from = options.clock ? addMs(sinceAt, -AGREEMENT_MS) : undefined;
    const messageId = state.search(id, destination, from);
    if (messageId !== undefined) return { kind: 'found', messageId };
    if (state.differenceMs(clock) <= AGREEMENT_MS) return { kind: 'absent' };
    return { kind: 'unknown', reason: 'The clock of the platform does not agree with ours.' };
  };

  return {
    platform,
    posted: state.posted,
    get calls() {
      return line.callsOf('send');
    },
    get host() {
      return host;
    },
    ...line,
    ...state.settings,
    async start(given) {
      host = given;
    },
    render: (card) => [JSON.parse(JSON.stringify(card)) as Json],
    send: (message, signal) => call('send', message.destination, (at) => state.post(message, at), signal),
    repeatableForMs: () => (kind === 'nonce-and-history' ? REPEATABLE_MS : 0),
    find: (message, sinceAt, signal) =>
      call('find', message.destination, () => sight(message, sinceAt), signal),
    edit: (message, signal) => call('edit', message.destination, () => state.change(message), signal),
    installer: (workspace) =>
      call('installer', { platform, workspace, channel: '' }, () => state.installers.get(workspace)),
    async stop() {
      host = undefined;
    },
  };
}

/** Any instant will do where none is compared. */
const STANDSTILL: Instant = '2026-11-23T00:00:00.000Z';

/** What the platform keeps, and the rules by which it does. */
function createPlatform(name: Platform, kind: PlatformKind, clock: Clock) {
  const posted: PostedMessage[] = [];
  const installers = new Map<string, string>();
  const { enter, ...doors } = createDoors(name);

  return {
    posted,
    installers,
    differenceMs: (other: Clock) => Math.abs(msBetween(clock.now(), other.now())),
    post({ id, destination, payload }: Message, arrivedAt: Instant): MessageId {
      enter(destination);
      const isSame = (known: PostedMessage) =>
        known.id === id && Math.abs(msBetween(known.arrivedAt, arrivedAt)) < REPEATABLE_MS;
      const first = kind === 'nonce-and-history' ? posted.find(isSame) : undefined;
      if (first) return first.messageId;
      const messageId = `${name}-${posted.length + 1}`;
      posted.push({ id, messageId, destination, card: cardOf(payload), arrivedAt, edits: 0 });
      return messageId;
    },
    /** Throws where the channel is closed: nobody who may not read it can say what is not there. */
    search(id: DeliveryId, destination: Destination, from: Instant | undefined): MessageId | undefined {
      enter(destination);
      const isThere = (one: PostedMessage) => one.id === id && isSamePlace(one.destination, destination);
      return posted.find((one) => isThere(one) && (from === undefined || one.arrivedAt >= from))?.messageId;
    },
    change({ destination, messageId, payload }: Message & { messageId: MessageId }): void {
      enter(destination);
      const message = posted.find((one) => one.messageId === messageId);
      if (!message) throw vanished(destination);
      message.card = cardOf(payload);
      message.edits += 1;
    },
    settings: {
      ...doors,
      setInstaller(workspace, member) {
        if (member === undefined) installers.delete(workspace);
        else installers.set(workspace, member);
      },
    } satisfies Partial<MemoryAdapter>,
  };
}

/** Which places are closed to us. */
function createDoors(platform: Platform) {
  const closed = new Map<string, 'forbidden' | 'gone'>();
  const closeChannel: MemoryAdapter['closeChannel'] = (channel, reason) => {
    if (reason) closed.set(channel, reason);
    else closed.delete(channel);
  };
  const closeMember: MemoryAdapter['closeMember'] = (member, reason) =>
    closeChannel(directTo({ platform, workspace: '' }, member).channel, reason);
  return {
    closeChannel,
    closeMember,
    enter({ channel }: Destination): void {
      const reason = closed.get(channel);
      if (reason) throw new DeliveryRefusedError(`Closed: ${reason}.`, { platform, channel, reason });
    },
  };
}

/** A copy, so that a caller who changes the payload afterwards does not change what was posted. */
function cardOf(payload: Json): Card {
  return structuredClone(payload) as unknown as Card;
}

function isSamePlace(one: Destination, other: Destination): boolean {
  return one.workspace === other.workspace && one.channel === other.channel;
}

function vanished({ platform, channel }: Destination): CardRejectedError {
  const limit = 'only a message that is there can be changed';
  return new CardRejectedError('The message is not there any more.', { platform, channel, limit });
}

/** The way to the platform, on which calls go wrong. */
function createLine(clock: Clock) {
  const calls: Record<Operation, number> = { send: 0, find: 0, edit: 0, installer: 0 };
  const mishaps: (Mishap & { error?: Error })[] = [];

  const add = (mishap: Mishap & { error?: Error }) => {
    const { arrivesAfterMs = 0 } = mishap;
    if (arrivesAfterMs > REQUEST_MS) throw new RangeError('No request is under way for longer than 30 s.');
    mishaps.push(mishap);
  };
  const take = (of: Operation) => {
    const index = mishaps.findIndex((mishap) => (mishap.of ?? 'send') === of);
    return index < 0 ? undefined : mishaps.splice(index, 1)[0];
  };

  return {
    callsOf: (operation: Operation) => calls[operation],
    failNext: (error: Error, mishap: Mishap = {}) => add({ ...mishap, error }),
    hangNext: (mishap: Mishap = {}) => add(mishap),
    /** Does what is asked for, at an instant of the platform's clock, or has it go wrong. */
    async call<T>(
      of: Operation,
      place: Destination,
      act: (at: Instant) => T,
      signal?: AbortSignal,
    ): Promise<T> {
      signal?.throwIfAborted();
      calls[of] += 1;
      const mishap = take(of);
      if (!mishap) return act(clock.now());
      const { hasArrived = false, arrivesAfterMs, error } = mishap;
      if (arrivesAfterMs !== undefined) later(clock, arrivesAfterMs, act);
      else if (hasArrived) act(clock.now());
      if (error) throw error;
      return await cutOff(place, signal);
    },
  };
}

function later(clock: Clock, afterMs: number, act: (at: Instant) => unknown): void {
  const at = addMs(clock.now(), afterMs);
  const arrive = () => {
    try {
      act(at);
    } catch {
      // It was refused when it came, and nobody waits for the answer any more.
    }
  };
  clock.deadline(afterMs).addEventListener('abort', arrive, { once: true });
}

/** Ends with the signal, when nobody knows how far the request came; without a signal it never ends. */
function cutOff({ platform, channel }: Destination, signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => {
    const failure = { platform, channel, mayHaveArrived: true, cause: signal?.reason };
    reject(new DeliveryUnavailableError('The platform had not answered.', failure));
  };
  signal?.addEventListener('abort', end, { once: true });
  return promise;
}
