import type { Adapter } from '../../src/adapter.ts';
import { addMs, type Instant } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Destination } from '../../src/domain/feed.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter, type PlatformKind } from '../fakes/memory-adapter.ts';
import {
  type AdapterBench,
  type AdapterSubject,
  type Fault,
  RETRY_AFTER_MS,
  type ShownPaper,
} from './adapter.ts';

export const DESTINATION: Destination = {
  platform: 'terminal',
  workspace: 'workspace',
  channel: 'channel',
};
export const PLACE = { platform: 'terminal', channel: 'channel' };
const NOW: Instant = '2026-11-23T09:00:00.000Z';
/** The fake tells everything at once; who reads a part of it only is to be noticed. */
const PAGE_SIZE = 20;

const ERRORS: Record<Exclude<Fault, 'hang'>, Error> = {
  throttled: new DeliveryThrottledError('Slower.', { ...PLACE, retryAfterMs: RETRY_AFTER_MS }),
  'not-arrived': new DeliveryUnavailableError('Closed.', { ...PLACE, mayHaveArrived: false }),
  'request-lost': new DeliveryUnavailableError('Lost.', { ...PLACE, mayHaveArrived: true }),
  'answer-lost': new DeliveryUnavailableError('Lost.', { ...PLACE, mayHaveArrived: true }),
  forbidden: new DeliveryRefusedError('No.', { ...PLACE, reason: 'forbidden' }),
  gone: new DeliveryRefusedError('Gone.', { ...PLACE, reason: 'gone' }),
  rejected: new CardRejectedError('Too much.', { ...PLACE, limit: 'nothing fits' }),
};

/** What the platforms of each kind cannot do. */
export const CANNOT: Record<PlatformKind, AdapterSubject['cannot']> = {
  'nonce-and-history': {},
  history: { repeat: 'each message that this platform is sent is a new one' },
  blind: {
    repeat: 'each message that this platform is sent is a new one',
    find: 'this platform does not tell what was posted',
  },
};

/** The obedient fake as the suite sees it; `spoil` makes it break its word. */
export function memorySubject(
  name: string,
  spoil: (adapter: MemoryAdapter) => Partial<Adapter> = () => ({}),
  kind: PlatformKind = 'nonce-and-history',
): AdapterSubject {
  return { name, cannot: CANNOT[kind], create: () => createBench(kind, spoil) };
}

function createBench(kind: PlatformKind, spoil: (adapter: MemoryAdapter) => Partial<Adapter>): AdapterBench {
  const clock = createFakeClock(NOW);
  const platformClock = createFakeClock(NOW);
  const memory = createMemoryAdapter({ kind, clock, platformClock });
  memory.setInstaller(DESTINATION.workspace, 'installer');
  const cards = (at?: Destination) =>
    memory.posted
      .filter(({ destination }) => at === undefined || destination.channel === at.channel)
      .map(({ card }) => card);
  // Own properties of the fake are read through it, as some are getters.
  const restarted = () => ({ ...pick(memory), ...spoil(memory) });
  return {
    adapter: restarted(),
    restarted,
    destination: DESTINATION,
    member: 'member',
    installer: 'installer',
    pageSize: PAGE_SIZE,
    now: clock.now,
    skew: (byMs) => platformClock.set(addMs(clock.now(), byMs)),
    calls: (operation = 'send') => memory.callsOf(operation),
    failNext(fault, of = 'send') {
      if (fault === 'hang') memory.hangNext({ of });
      else memory.failNext(ERRORS[fault], { of, hasArrived: fault === 'answer-lost' });
    },
    shown: () => cards().flatMap(entriesOf),
    text: (at) => cards(at).map(wordsOf).join(' '),
    // What is kept as data acts on nothing; a spoiled one may say otherwise.
    assertInert() {},
  };
}

function pick(memory: MemoryAdapter): Adapter {
  const { platform, start, render, send, repeatableForMs, find, edit, installer, stop } = memory;
  return { platform, start, render, send, repeatableForMs, find, edit, installer, stop };
}

/** The papers of a card that is kept as data. */
export function entriesOf(card: Card): ShownPaper[] {
  if (card.kind === 'text' || card.kind === 'panel') return [];
  const entries = card.kind === 'list' ? card.sections.flatMap((section) => section.entries) : [card.entry];
  return entries.map(({ number, paper: { title, upvotes, url } }) => ({ number, title, upvotes, url }));
}

/** Every text of a card in the order of showing. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsOf).join(' ') : '';
}
