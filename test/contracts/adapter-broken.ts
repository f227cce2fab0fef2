import type { Adapter } from '../../src/adapter.ts';
import type { Json } from '../../src/domain/delivery.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../src/errors.ts';
import type { MemoryAdapter, PlatformKind } from '../fakes/memory-adapter.ts';
import type { Fault } from './adapter.ts';
import { DESTINATION, PLACE } from './adapter-memory.ts';

const EVERY_PAPER = 'shows every paper of a list once, under its number, with its votes and its page';
const LONG_PAPERS = 'drops no paper however long everything is';
export const HOSTILE = 'lets no text of a paper act, and drops no paper for it';
const SAME = 'renders the same card the same, whenever and by whichever adapter, and leaves the card alone';
const JSON_SAFE = 'renders every card into at least one message that JSON keeps as it is';
const ONE_CALL = 'answers each message with an id of its own, after one call to the platform';
const told = (fault: Fault) => `tells the fault "${fault}" by its error, after one call`;

const CUT_OFF = 'aborted while the platform hangs: ends at once, and the message may have arrived';

export interface BrokenAdapter {
  /** Ends the sentence "an adapter that …". */
  how: string;
  /** Of its platform; default `nonce-and-history`. */
  kind?: PlatformKind;
  /** What it does otherwise than the obedient one. */
  spoil(memory: MemoryAdapter): Partial<Adapter>;
  /** Cases that must fail; others may too. */
  fails: string[];
}

/** Ways of breaking what is promised of rendering and sending, with the cases that notice them. */
export const BROKEN_ADAPTERS: readonly BrokenAdapter[] = [
  {
    how: 'drops the papers after the tenth',
    spoil: (memory) => ({
      render: (card) =>
        memory.render(
          card.kind === 'list'
            ? {
                ...card,
                sections: card.sections.map(({ entries, ...rest }) => ({
                  ...rest,
                  entries: entries.slice(0, 10),
                })),
              }
            : card,
        ),
    }),
    fails: [EVERY_PAPER, LONG_PAPERS],
  },
  {
    how: 'shows a paper twice',
    spoil: (memory) => ({
      render: (card) =>
        memory.render(
          card.kind === 'list'
            ? { ...card, sections: [...card.sections, ...card.sections.slice(0, 1)] }
            : card,
        ),
    }),
    fails: [EVERY_PAPER],
  },
  {
    how: 'renders differently each time',
    spoil: (memory) => {
      let count = 0;
      return {
        render: (card) => memory.render(card).map((message) => ({ ...(message as object), nonce: ++count })),
      };
    },
    fails: [SAME],
  },
  {
    how: 'changes the card',
    spoil: (memory) => ({
      render(card) {
        if (card.kind === 'list') card.notes.push('changed');
        return memory.render(card);
      },
    }),
    fails: [SAME],
  },
  {
    how: 'renders what JSON cannot keep',
    spoil: (memory) => ({
      render: (card) =>
        memory.render(card).map((message) => ({ ...(message as object), at: undefined }) as unknown as Json),
    }),
    fails: [JSON_SAFE],
  },
  {
    how: 'renders nothing',
    spoil: () => ({ render: () => [] }),
    fails: [
      JSON_SAFE,
      EVERY_PAPER,
      'shows title, subtitle, headings, reasons and notes in their order',
      'shows one paper whole',
      'shows an answer with its paragraphs and rows',
    ],
  },
  {
    how: 'sends again by itself',
    spoil: (memory) => ({
      send: (delivery, signal) => memory.send(delivery, signal).catch(() => memory.send(delivery, signal)),
    }),
    fails: [told('throttled'), told('not-arrived'), told('answer-lost')],
  },
  {
    how: 'posts twice',
    kind: 'history',
    spoil: (memory) => ({
      async send(delivery, signal) {
        await memory.send(delivery, signal);
        return await memory.send(delivery, signal);
      },
    }),
    fails: [EVERY_PAPER, ONE_CALL],
  },
  {
    how: 'throws the platform’s own errors',
    spoil: (memory) => ({
      send: (delivery, signal) =>
        memory.send(delivery, signal).catch((error: Error) => {
          throw new Error(error.message);
        }),
    }),
    fails: [told('throttled'), told('forbidden'), told('gone'), told('rejected')],
  },
  {
    how: 'swallows failures',
    spoil: (memory) => ({ send: (delivery, signal) => memory.send(delivery, signal).catch(() => 'sent') }),
    fails: [
      told('request-lost'),
      told('answer-lost'),
      told('forbidden'),
      'aborted before: gives the reason and does not call the platform',
    ],
  },
  {
    how: 'tells seconds for milliseconds',
    spoil: (memory) => ({
      send: (delivery, signal) =>
        memory.send(delivery, signal).catch((error) => {
          if (!(error instanceof DeliveryThrottledError)) throw error;
          throw new DeliveryThrottledError('Slower.', { ...PLACE, retryAfterMs: error.retryAfterMs / 1000 });
        }),
    }),
    fails: [told('throttled')],
  },
  {
    how: 'takes a lost answer for a lost message',
    spoil: (memory) => ({
      send: (delivery, signal) =>
        memory.send(delivery, signal).catch((error) => {
          if (!(error instanceof DeliveryUnavailableError)) throw error;
          throw new DeliveryUnavailableError('Closed.', { ...PLACE, mayHaveArrived: false });
        }),
    }),
    fails: [told('answer-lost')],
  },
  {
    how: 'does not hear the signal',
    spoil: (memory) => ({ send: (delivery) => memory.send(delivery) }),
    fails: ['aborted before: gives the reason and does not call the platform', CUT_OFF],
  },
  {
    how: 'takes what was cut off for not sent',
    spoil: (memory) => ({
      send: (message, signal) =>
        memory.send(message, signal).catch((error) => {
          throw signal?.aborted ? signal.reason : error;
        }),
    }),
    fails: [CUT_OFF],
  },
  {
    how: 'waits for its turn and does not look at the signal again',
    spoil: (memory) => ({
      async send(message, signal) {
        signal?.throwIfAborted();
        await new Promise(setImmediate);
        return await memory.send(message);
      },
    }),
    fails: ['aborted while it is on its way: nothing leaves any more'],
  },
  {
    how: 'shows in the channel what is for a member',
    spoil: (memory) => ({
      send: (message, signal) => memory.send({ ...message, destination: DESTINATION }, signal),
    }),
    fails: ['reaches a member directly'],
  },
  {
    how: 'does not show what the reader may do',
    spoil: (memory) => ({
      render: (card) => memory.render(card.kind === 'text' ? { ...card, actions: [] } : card),
    }),
    fails: ['shows what the reader may do'],
  },
  {
    how: 'does not know who installed it',
    spoil: () => ({ installer: async () => undefined }),
    fails: ['tells who stands for a workspace'],
  },
  {
    how: 'answers every message with the same id',
    spoil: (memory) => ({ send: (delivery, signal) => memory.send(delivery, signal).then(() => 'id') }),
    fails: [ONE_CALL],
  },
  {
    how: 'calls the platform while rendering',
    spoil: (memory) => ({
      render(card) {
        const messages = memory.render(card);
        memory.send({ id: 'early', destination: DESTINATION, payload: messages[0] ?? null }).catch(() => {});
        return messages;
      },
    }),
    fails: ['renders without calling the platform'],
  },
  {
    how: 'cannot be stopped before its start',
    spoil: (memory) => ({
      async stop() {
        if (!memory.host) throw new TypeError('not connected');
        await memory.stop();
      },
    }),
    fails: ['stops without a start, and twice'],
  },
  {
    how: 'calls itself by a name that nobody knows',
    spoil: () => ({ platform: 'teletype' as Adapter['platform'] }),
    fails: ['names a platform that we know'],
  },
];
