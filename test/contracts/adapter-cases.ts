import fc from 'fast-check';
import { expect } from 'vitest';
import type { Card, ListCard } from '../../src/domain/card.ts';
import type { Json, MessageId } from '../../src/domain/delivery.ts';
import { PLATFORMS } from '../../src/domain/feed.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import type { AdapterBench, AdapterSubject, Fault, ShownPaper } from './adapter.ts';
import { aHostileCard, aList, CARDS, LONG, PAPER_CARD, TEXT_CARD } from './adapter-cards.ts';

/** What a `throttled` platform asks for. */
export const RETRY_AFTER_MS = 7000;

interface AdapterCase {
  title: string;
  /** Left out where the platform cannot do this. */
  needs?: Fault;
  run(subject: AdapterSubject): Promise<void>;
}

/** Which error each fault becomes, and what it carries. */
const ERRORS = {
  throttled: [DeliveryThrottledError, { code: 'delivery-throttled', retryAfterMs: RETRY_AFTER_MS }],
  'not-arrived': [DeliveryUnavailableError, { code: 'delivery-unavailable', mayHaveArrived: false }],
  'answer-lost': [DeliveryUnavailableError, { code: 'delivery-unavailable', mayHaveArrived: true }],
  forbidden: [DeliveryRefusedError, { code: 'delivery-refused', reason: 'forbidden' }],
  gone: [DeliveryRefusedError, { code: 'delivery-refused', reason: 'gone' }],
  rejected: [CardRejectedError, { code: 'card-rejected', limit: expect.stringMatching(/./) }],
} as const;

function faultCases(): AdapterCase[] {
  return Object.entries(ERRORS).map(([fault, [type, fields]]) => ({
    title: `tells the fault "${fault}" by its error, after one call`,
    needs: fault as Fault,
    async run(subject) {
      const error = await failure(subject, fault as Fault);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject(fields);
    },
  }));
}

/** Every promise of `src/adapter.ts`; no case depends on another. */
export const ADAPTER_CASES: readonly AdapterCase[] = [
  {
    title: 'names a platform that we know',
    async run({ create }) {
      const { adapter, destination } = create();
      expect(PLATFORMS).toContain(adapter.platform);
      expect(destination.platform).toBe(adapter.platform);
    },
  },
  {
    title: 'stops without a start, and twice',
    async run({ create }) {
      const { adapter } = create();
      await adapter.stop();
      await adapter.start({ commands: [], run: () => Promise.reject(new Error('Nobody asked.')) });
      await adapter.stop();
      await adapter.stop();
    },
  },
  {
    title: 'renders every card into at least one message that JSON keeps as it is',
    async run({ create }) {
      for (const card of CARDS) {
        const messages = create().adapter.render(card);
        expect(messages.length).toBeGreaterThan(0);
        expect(thaw(messages)).toStrictEqual(messages);
      }
    },
  },
  {
    title: 'renders the same card the same, whenever and by whichever adapter, and leaves the card alone',
    async run({ create }) {
      const { adapter } = create();
      for (const card of CARDS) {
        const before = structuredClone(card);
        const messages = adapter.render(deepFreeze(structuredClone(card)));
        expect(adapter.render(card)).toStrictEqual(messages);
        expect(create().adapter.render(card)).toStrictEqual(messages);
        expect(card).toStrictEqual(before);
      }
    },
  },
  {
    title: 'renders without calling the platform',
    async run({ create }) {
      const { adapter, calls } = create();
      for (const card of CARDS) adapter.render(card);
      expect(calls()).toBe(0);
    },
  },
  {
    title: 'shows every paper of a list once, under its number, with its votes and its page',
    async run({ create }) {
      for (const count of [1, 2, 10, 50]) {
        const bench = create();
        const card = aList(count);
        await post(bench, card);
        expect(bench.shown()).toEqual(expected(card));
      }
    },
  },
  {
    title: 'drops no paper however long everything is',
    async run({ create }) {
      const bench = create();
      const card = aList(50, (index) => ({ ...LONG, title: `${index} ${LONG.title}` }));
      await post(bench, card);
      expect(bench.shown().map(({ title: _, ...rest }) => rest)).toEqual(
        expected(card).map(({ title: _, ...rest }) => rest),
      );
    },
  },
  {
    title: 'shows title, subtitle, headings, reasons and notes in their order',
    async run({ create }) {
      const bench = create();
      const card = aList(4);
      const third = card.sections[1]?.entries[0];
      if (third) third.reason = 'The reason';
      await post(bench, card);
      const words = 'The title|The subtitle|First heading|Quokka 2|Second heading|The reason|The note';
      expectInOrder(bench.text(), words.split('|'));
    },
  },
  {
    title: 'shows one paper whole',
    async run({ create }) {
      const bench = create();
      await post(bench, PAPER_CARD);
      const { title, upvotes, url } = PAPER_CARD.entry.paper;
      expect(bench.shown()).toMatchObject([{ title, upvotes, url }]);
      expectInOrder(bench.text(), ['Quokka alone', 'About it.', 'The note']);
    },
  },
  {
    title: 'shows an answer with its paragraphs and rows',
    async run({ create }) {
      const bench = create();
      await post(bench, TEXT_CARD);
      const rows = TEXT_CARD.rows?.flatMap(({ name, value }) => [name, value]) ?? [];
      expectInOrder(bench.text(), [TEXT_CARD.title, ...TEXT_CARD.paragraphs, ...rows]);
      expect(bench.shown()).toEqual([]);
    },
  },
  {
    title: 'lets no text of a paper act, and drops no paper for it',
    async run({ create }) {
      await fc.assert(
        fc.asyncProperty(aHostileCard, async (card) => {
          const bench = create();
          await post(bench, card);
          bench.assertInert();
          if (card.kind !== 'list') return;
          const shown = bench.shown().flatMap(({ number }) => number ?? []);
          expect(shown).toEqual(expected(card).map(({ number }) => number));
        }),
      );
    },
  },
  {
    title: 'answers each message with an id of its own, after one call to the platform',
    async run({ create }) {
      const bench = create();
      const ids = [...(await post(bench, aList(3), 'one')), ...(await post(bench, TEXT_CARD, 'two'))];
      expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
      expect(bench.calls()).toBe(ids.length);
    },
  },
  ...faultCases(),
  {
    title: 'aborted before: gives the reason and does not call the platform',
    async run({ create }) {
      const bench = create();
      const reason = new Error('Stopped.');
      await expect(post(bench, TEXT_CARD, 'one', AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(bench.calls()).toBe(0);
    },
  },
  {
    title: 'aborted while the platform hangs: gives the reason',
    needs: 'hang',
    async run({ create }) {
      const bench = create();
      const stop = new AbortController();
      const reason = new Error('Stopped.');
      bench.failNext('hang');
      const sending = post(bench, TEXT_CARD, 'one', stop.signal);
      stop.abort(reason);
      // An adapter that goes on waiting would wait for ever; it has as long as the event loop needs to turn.
      const deaf = new Promise((resolve) => setImmediate(() => setImmediate(resolve, 'deaf')));
      await expect(Promise.race([sending, deaf])).rejects.toBe(reason);
    },
  },
];

/** Renders a card and sends its messages as they come back from the ledger. */
async function post(
  { adapter, destination }: AdapterBench,
  card: Card,
  slot = 'slot',
  signal?: AbortSignal,
): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (const [position, payload] of thaw(adapter.render(card)).entries()) {
    ids.push(await adapter.send({ id: `${slot}#${position}`, destination, payload }, signal));
  }
  return ids;
}

/** The error of one send, after checking what every one owes: its place, one call only, and no harm to the next. */
async function failure({ create }: AdapterSubject, fault: Fault): Promise<unknown> {
  const bench = create();
  bench.failNext(fault);
  const error = await post(bench, TEXT_CARD).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { platform, channel } = bench.destination;
  expect(error).toMatchObject({ platform, channel });
  expect(bench.calls()).toBe(1);
  await expect(post(bench, TEXT_CARD, 'next')).resolves.toHaveLength(1);
  return error;
}

function expected(card: ListCard): ShownPaper[] {
  return card.sections.flatMap(({ entries }) =>
    entries.map(({ number, paper: { title, upvotes, url } }) => ({ number, title, upvotes, url })),
  );
}

/** The words in this order, whatever stands between them. */
function expectInOrder(text: string, words: readonly string[]): void {
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word, from);
    expect(at, `"${word}" after ${from} in: ${text}`).toBeGreaterThanOrEqual(0);
    from = at + word.length;
  }
}

/** What the ledger makes of payloads. */
function thaw(messages: Json[]): Json[] {
  return JSON.parse(JSON.stringify(messages)) as Json[];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
