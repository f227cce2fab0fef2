import { type Instant, msBetween } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DeliveryId, MessageId } from '../../src/domain/delivery.ts';
import { type Operation, type PlatformKind, REPEATABLE_MS } from './memory-adapter.ts';

/** Messages that one answer tells of; the rest stands on further pages. */
export const PAGE_SIZE = 20;

/** One message as it arrived. */
export interface LoopbackMessage {
  /** The delivery's id. */
  id: DeliveryId;
  messageId: MessageId;
  /** Given by the sender, so that the same message sent again is recognised. */
  nonce?: string;
  workspace: string;
  channel: string;
  card: Card;
  arrivedAt: Instant;
  /** How often its card was replaced. */
  edits: number;
}

/** What somebody asks of the platform. */
export interface Asked {
  operation: Operation;
  workspace: string;
  /** Empty for `installer`. */
  channel: string;
  /** Of the message to be changed. */
  messageId?: MessageId;
  query: URLSearchParams;
  body: { id?: unknown; nonce?: unknown; card?: unknown };
}

/** A status with what is said about it. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** What the platform keeps, and the rules by which it answers. Every answer is made in one go, as in one transaction. */
export interface LoopbackMessages {
  /** In the order of arrival. */
  readonly messages: readonly LoopbackMessage[];
  answer(asked: Asked): Answer;
  closeChannel(channel: string, reason: 'forbidden' | 'gone' | undefined): void;
  setInstaller(workspace: string, member: string | undefined): void;
}

export function createLoopbackMessages(kind: PlatformKind, now: () => Instant): LoopbackMessages {
  const messages: LoopbackMessage[] = [];
  const closed = new Map<string, 'forbidden' | 'gone'>();
  const installers = new Map<string, string>();

  function take({ workspace, channel, body: { id, nonce, card } }: Asked): Answer {
    if (typeof id !== 'string' || !isCard(card)) return refusal(422, 'a message has an id and a card');
    const arrivedAt = now();
    const isFirst = (known: LoopbackMessage) =>
      known.nonce === nonce && Math.abs(msBetween(known.arrivedAt, arrivedAt)) < REPEATABLE_MS;
    const hasNonce = kind === 'nonce-and-history' && typeof nonce === 'string';
    const first = hasNonce ? messages.find(isFirst) : undefined;
    if (first) return { status: 200, body: { messageId: first.messageId } };
    const messageId = `loopback-${messages.length + 1}`;
    const known = { id, messageId, workspace, channel, card, arrivedAt, edits: 0 };
    messages.push(hasNonce ? { ...known, nonce } : known);
    return { status: 200, body: { messageId } };
  }

  function change({ messageId, channel, body: { card } }: Asked): Answer {
    const message = messages.find((one) => one.messageId === messageId && one.channel === channel);
    if (!message) return refusal(404, 'no such message');
    if (!isCard(card)) return refusal(422, 'a message has a card');
    message.card = card;
    message.edits += 1;
    return { status: 200, body: {} };
  }

  return {
    messages,
    answer(asked) {
      if (asked.operation === 'installer') return tellInstaller(installers.get(asked.workspace));
      const reason = closed.get(asked.channel);
      if (reason) return reason === 'gone' ? refusal(404, 'no such channel') : refusal(403, 'closed to you');
      if (asked.operation === 'find') return kind === 'blind' ? NO_HISTORY : pageOf(messages, asked);
      return asked.operation === 'send' ? take(asked) : change(asked);
    },
    closeChannel(channel, reason) {
      if (reason) closed.set(channel, reason);
      else closed.delete(channel);
    },
    setInstaller(workspace, member) {
      if (member === undefined) installers.delete(workspace);
      else installers.set(workspace, member);
    },
  };
}

/** Oldest first, so that what arrives meanwhile comes on a later page and none is passed over. */
function pageOf(messages: readonly LoopbackMessage[], { workspace, channel, query }: Asked): Answer {
  const since = query.get('since') ?? '';
  const after = Number(query.get('after') ?? -1);
  const isAsked = (one: LoopbackMessage) =>
    one.workspace === workspace && one.channel === channel && one.arrivedAt >= since;
  const all = [...messages.entries()].filter(([index, one]) => index > after && isAsked(one));
  const page = all.slice(0, PAGE_SIZE);
  const next = all.length > PAGE_SIZE ? page.at(-1)?.[0] : undefined;
  const told = page.map(([, { id, messageId }]) => ({ id, messageId }));
  return { status: 200, body: { messages: told, ...(next === undefined ? {} : { next }) } };
}

export function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

const NO_HISTORY = refusal(403, 'history is closed');

function tellInstaller(member: string | undefined): Answer {
  return member === undefined ? refusal(404, 'nobody is known') : { status: 200, body: { member } };
}

function isCard(card: unknown): card is Card {
  return typeof card === 'object' && card !== null && 'kind' in card;
}
