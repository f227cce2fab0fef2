import type { Adapter } from '../../src/adapter.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Destination } from '../../src/domain/feed.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import { createMemoryAdapter, type MemoryAdapter } from '../fakes/memory-adapter.ts';
import { type AdapterBench, type AdapterSubject, type Fault, RETRY_AFTER_MS } from './adapter.ts';

export const DESTINATION: Destination = {
  platform: 'terminal',
  workspace: 'workspace',
  channel: 'channel',
};
export const PLACE = { platform: 'terminal', channel: 'channel' };

const ERRORS: Record<Exclude<Fault, 'hang'>, Error> = {
  throttled: new DeliveryThrottledError('Slower.', { ...PLACE, retryAfterMs: RETRY_AFTER_MS }),
  'not-arrived': new DeliveryUnavailableError('Closed.', { ...PLACE, mayHaveArrived: false }),
  'answer-lost': new DeliveryUnavailableError('Lost.', { ...PLACE, mayHaveArrived: true }),
  forbidden: new DeliveryRefusedError('No.', { ...PLACE, reason: 'forbidden' }),
  gone: new DeliveryRefusedError('Gone.', { ...PLACE, reason: 'gone' }),
  rejected: new CardRejectedError('Too much.', { ...PLACE, limit: 'nothing fits' }),
};

/** The obedient fake as the suite sees it; `spoil` makes it break its word. */
export function memorySubject(
  name: string,
  spoil: (adapter: MemoryAdapter) => Partial<Adapter> = () => ({}),
): AdapterSubject {
  return {
    name,
    cannot: {},
    create(): AdapterBench {
      const memory = createMemoryAdapter();
      const cards = () => memory.posted.map(({ card }) => card);
      return {
        // Own properties of the fake are read through it, as some are getters.
        adapter: { ...pick(memory), ...spoil(memory) },
        destination: DESTINATION,
        calls: () => memory.calls,
        failNext(fault) {
          if (fault === 'hang') memory.hangNext();
          else memory.failNext(ERRORS[fault], { hasArrived: fault === 'answer-lost' });
        },
        shown: () => cards().flatMap(entriesOf),
        text: () => cards().map(wordsOf).join(' '),
        // What is kept as data acts on nothing; a spoiled one may say otherwise.
        assertInert() {},
      };
    },
  };
}

function pick({ platform, start, render, send, stop }: MemoryAdapter): Adapter {
  return { platform, start, render, send, stop };
}

function entriesOf(card: Card) {
  if (card.kind === 'text') return [];
  const entries = card.kind === 'list' ? card.sections.flatMap((section) => section.entries) : [card.entry];
  return entries.map(({ number, paper: { title, upvotes, url } }) => ({ number, title, upvotes, url }));
}

/** Every text of a card in the order of showing. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsOf).join(' ') : '';
}
