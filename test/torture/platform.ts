import type { Adapter, Message, Sighting } from '../../src/adapter.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DeliveryId, Json, MessageId } from '../../src/domain/delivery.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import type { FakeClock } from '../fakes/clock.ts';

/** What a platform can be asked: whether a repetition is the same, and what it has. */
export const PLATFORM_KINDS = ['nonce and history', 'history', 'blind'] as const;
export type PlatformKind = (typeof PLATFORM_KINDS)[number];

/** A message as the platform has it. */
export interface Posted {
  messageId: MessageId;
  deliveryId: DeliveryId;
  channel: string;
  card: Card;
  arrivedAt: Instant;
  edits: number;
}

export interface Platform {
  adapter: Adapter;
  /** In the order of arrival. */
  readonly posted: readonly Posted[];
  /** A request that was under way when its sender died: it may arrive within a minute, or never. */
  limbo(message: Message): void;
  /** Closes the channels or opens them. */
  setClosed(isClosed: boolean): void;
  /** Closes the direct messages of a member or opens them. */
  setMemberClosed(member: string, isClosed: boolean): void;
  /** A channel was closed at some time. */
  readonly wasClosed: boolean;
  /** No request fails any more. */
  calm(): void;
}

export interface PlatformOptions {
  kind: PlatformKind;
  /** The true time. */
  clock: FakeClock;
  /** How far the clock of the bot is ahead of it. */
  skewMs: () => number;
  random: () => number;
  /** How likely a request fails, 0 to 1. */
  trouble: number;
}

/** Within these a platform still knows a nonce: "a few minutes". A repetition leaves within one and may be late. */
const NONCE_KNOWN_MS = [2 * MINUTE_MS, 5 * MINUTE_MS] as const;
const TIMEOUT_MS = 30 * SECOND_MS;
/** What has left may arrive so much later, whatever became of its sender. */
const LATEST_MS = 55 * SECOND_MS;
/** The bot's clock and the platform's agree when they are not further apart. */
const CLOCKS_AGREE_MS = 5 * MINUTE_MS;

/** A chat platform that fails in every way in which platforms fail. */
export function createPlatform({ kind, clock, skewMs, random, trouble }: PlatformOptions): Platform {
  const posted: Posted[] = [];
  let underWay: { at: Instant; message: Message }[] = [];
  /** Cards that the platform does not take, now or ever. */
  const rejected = new Set<DeliveryId>();
  let isClosed = false;
  let wasClosed = false;
  const closedMembers = new Set<string>();
  /** The manager takes no direct messages, or has left; only whoever installed us can be told. */
  const manager = (['open', 'open', 'forbidden', 'gone'] as const)[Math.floor(random() * 4)];
  let chance = trouble;

  function arrive({ id, destination: { channel }, payload }: Message, arrivedAt: Instant): MessageId {
    const known = posted.find((one) => one.deliveryId === id);
    if (known && kind === 'nonce and history') {
      const [low, high] = NONCE_KNOWN_MS;
      if (msBetween(known.arrivedAt, arrivedAt) < low + random() * (high - low)) return known.messageId;
    }
    const messageId = `m${posted.length + 1}`;
    posted.push({
      messageId,
      deliveryId: id,
      channel,
      card: payload as unknown as Card,
      arrivedAt,
      edits: 0,
    });
    return messageId;
  }

  /** What was under way and has arrived by now. */
  function settle(): void {
    const now = clock.now();
    const due = underWay.filter(({ at }) => at <= now).sort((one, other) => (one.at < other.at ? -1 : 1));
    underWay = underWay.filter(({ at }) => at > now);
    for (const { message, at } of due) arrive(message, at);
  }

  function limbo(message: Message): void {
    settle();
    const isLost = isClosedTo(message) || channelIsAway(message) || random() < 0.3;
    if (!isLost) underWay.push({ message, at: addMs(clock.now(), random() * LATEST_MS) });
  }

  async function fail(message: Message): Promise<never> {
    const where = { platform: 'web', channel: message.destination.channel };
    const lost = (mayHaveArrived: boolean) =>
      new DeliveryUnavailableError('No answer.', { ...where, mayHaveArrived });
    const which = Math.floor(random() * 8);
    if (which === 0)
      throw new DeliveryThrottledError('Slow.', { ...where, retryAfterMs: random() * 2 * MINUTE_MS });
    if (which === 1) throw lost(false);
    if (which === 2) reject(message);
    if (which === 3 || which === 4) {
      arrive(message, clock.now());
      throw which === 3 ? lost(true) : new TypeError('a fault of the adapter');
    }
    if (which === 5) throw lost(true);
    // The answer never comes; what was asked for may come later.
    limbo(message);
    await clock.sleep(TIMEOUT_MS);
    settle();
    throw lost(true);
  }

  function channelIsAway({ destination: { channel } }: Message): boolean {
    return channel === '@manager' && manager !== 'open';
  }

  function isClosedTo({ destination: { channel } }: Message): boolean {
    return channel.startsWith('@') ? closedMembers.has(channel) : isClosed;
  }

  function reject({ id, destination: { channel } }: Message): never {
    rejected.add(id);
    throw new CardRejectedError('Too long.', { platform: 'web', channel, limit: 'length' });
  }

  function refuseIfClosed(message: Message): void {
    const { channel } = message.destination;
    if (channel === '@manager' && manager && manager !== 'open')
      throw new DeliveryRefusedError('No.', { platform: 'web', channel, reason: manager });
    if (!isClosedTo(message)) return;
    throw new DeliveryRefusedError('The channel is closed.', {
      platform: 'web',
      channel,
      reason: 'forbidden',
    });
  }

  async function find(message: Message, sinceAt: Instant): Promise<Sighting> {
    settle();
    if (kind === 'blind') return { kind: 'unknown', reason: 'This platform cannot be asked.' };
    refuseIfClosed(message);
    if (random() < chance / 2) {
      const where = { platform: 'web', channel: message.destination.channel };
      throw random() < 0.5
        ? new DeliveryUnavailableError('No answer.', { ...where, mayHaveArrived: false })
        : new DeliveryThrottledError('Slow.', { ...where, retryAfterMs: MINUTE_MS });
    }
    const since = addMs(sinceAt, -skewMs());
    const found = posted.find((one) => one.deliveryId === message.id && one.arrivedAt >= since);
    if (found) return { kind: 'found', messageId: found.messageId };
    if (Math.abs(skewMs()) > CLOCKS_AGREE_MS) return { kind: 'unknown', reason: 'The clocks do not agree.' };
    return { kind: 'absent' };
  }

  const adapter: Adapter = {
    platform: 'web',
    async start() {},
    render: (card) => [card as unknown as Json],
    async send(message, signal) {
      // A process that was frozen finds that its time is over before anything leaves.
      signal?.throwIfAborted();
      settle();
      refuseIfClosed(message);
      if (rejected.has(message.id)) reject(message);
      if (random() < chance) return await fail(message);
      if (random() < 0.2) await clock.sleep(random() * 20 * SECOND_MS);
      settle();
      return arrive(message, clock.now());
    },
    repeatableForMs: () => (kind === 'nonce and history' ? MINUTE_MS : 0),
    find,
    async edit({ messageId, payload }) {
      settle();
      const message = posted.find((one) => one.messageId === messageId);
      if (!message)
        throw new CardRejectedError('There is no such message.', {
          platform: 'web',
          channel: '',
          limit: 'unknown',
        });
      message.card = payload as unknown as Card;
      message.edits += 1;
    },
    installer: async () => 'installer',
    async stop() {},
  };

  return {
    adapter,
    posted,
    get wasClosed() {
      return wasClosed;
    },
    limbo,
    setClosed(is) {
      isClosed = is;
      wasClosed ||= is;
    },
    setMemberClosed(member, is) {
      if (is) closedMembers.add(`@${member}`);
      else closedMembers.delete(`@${member}`);
    },
    calm() {
      chance = 0;
      isClosed = false;
      closedMembers.clear();
    },
  };
}
