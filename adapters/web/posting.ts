import type { Adapter, FeedNeeds, Message, Sighting } from '../../src/adapter.ts';
import { type Clock, othersFirst } from '../../src/clock.ts';
import { DAY_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Json, MessageId } from '../../src/domain/delivery.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryUnavailableError } from '../../src/errors.ts';
import type { Board } from './board/board.ts';
import { cardSchema } from './board/card-schema.ts';
import { isThere, PLAYGROUND } from './place.ts';

/** What an adapter does for deliveries. */
export type Posting = Pick<Adapter, 'render' | 'send' | 'repeatableForMs' | 'find' | 'obstacles'> & {
  edit: NonNullable<Adapter['edit']>;
};

/** The board knows every delivery by its id, for longer than any is in doubt. */
const REPEATABLE_MS = 365 * DAY_MS;

/** Posts on a board: what is sent under one id stands there once, however often it is sent. */
export function createPosting({ board, clock }: { board: Board; clock: Clock }): Posting {
  return {
    render,
    async send({ id, destination, payload }, signal) {
      // The board answers at once: an edition would keep everybody waiting until its last message is there.
      await othersFirst();
      signal?.throwIfAborted();
      const { channel } = enter(destination);
      const card = readCard(payload, destination);
      return ask(destination, () => board.post({ deliveryId: id, channel, card }, clock.now()));
    },
    repeatableForMs: () => REPEATABLE_MS,
    async find({ id, destination }, _sinceAt, signal) {
      signal?.throwIfAborted();
      enter(destination);
      return sightingOf(ask(destination, () => board.find(id)));
    },
    async edit({ destination, messageId, payload }: Message & { messageId: MessageId }, signal) {
      signal?.throwIfAborted();
      enter(destination);
      const card = readCard(payload, destination);
      if (!ask(destination, () => board.edit(messageId, card)))
        throw rejected(
          destination,
          'The message is not there any more.',
          'only a message that is there can be changed',
        );
    },
    obstacles: async (feed) => obstaclesOf(feed),
  };
}

/** One message: the card itself, which is drawn when somebody looks. */
function render(card: Card): Json[] {
  return [JSON.parse(JSON.stringify(card)) as Json];
}

function sightingOf(messageId: MessageId | undefined): Sighting {
  return messageId === undefined ? { kind: 'absent' } : { kind: 'found', messageId };
}

/** Errors: `DeliveryRefusedError` for a place that is not here. */
function enter(destination: Destination): Destination {
  if (isThere(destination)) return destination;
  const { platform, channel } = destination;
  const message = `The playground has no channel "${channel}": its one channel is "${PLAYGROUND.channel}".`;
  throw new DeliveryRefusedError(message, { platform, channel, reason: 'gone' });
}

function readCard(payload: Json, destination: Destination): Card {
  const { data, error } = cardSchema.safeParse(payload);
  if (data) return data;
  const [issue] = error.issues;
  const limit = `the payload is a card (${issue?.path.join('.')}: ${issue?.message})`;
  throw rejected(destination, 'The playground was given a message that is no card.', limit, error);
}

function rejected({ platform, channel }: Destination, message: string, limit: string, cause?: unknown) {
  return new CardRejectedError(message, { platform, channel, limit, cause });
}

/** What SQLite has not done it has not begun either; and what is sent again under one id is one message in any case. */
function ask<T>({ platform, channel }: Destination, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const failure = { platform, channel, mayHaveArrived: false, cause };
    throw new DeliveryUnavailableError('The board of the playground could not be used.', failure);
  }
}

function obstaclesOf({ destination, role }: FeedNeeds): string[] {
  const { channel } = PLAYGROUND;
  return [
    ...(isThere(destination)
      ? []
      : [`The playground has one channel, "${channel}". Leave out the channel, or name that one.`]),
    ...(role === undefined ? [] : ['The playground has no roles to call. Leave out the role.']),
  ];
}
