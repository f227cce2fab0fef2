import fc from 'fast-check';
import { expect } from 'vitest';
import type { ListCard } from '../../src/domain/card.ts';
import { directTo, PLATFORMS } from '../../src/domain/feed.ts';
import { DEAF_HOST } from '../fakes/deaf-host.ts';
import type { AdapterCase, ShownPaper } from './adapter.ts';
import { ACTION_CARD, aHostileCard, aList, CARDS, LONG, PAPER_CARD, TEXT_CARD } from './adapter-cards.ts';
import { cutOff, errorOf, expectCutOff, expectError, TOLD_FAULTS } from './adapter-faults.ts';
import { aMessage, post, thaw } from './adapter-post.ts';

function faultCases(): AdapterCase[] {
  return TOLD_FAULTS.map((fault) => ({
    title: `tells the fault "${fault}" by its error, after one call`,
    needs: [fault],
    async run({ create }) {
      const bench = create();
      bench.failNext(fault);
      expectError(fault, await errorOf(post(bench, TEXT_CARD)), bench);
      expect(bench.calls()).toBe(1);
      await expect(post(bench, TEXT_CARD, 'next')).resolves.toHaveLength(1);
    },
  }));
}

/** What `src/adapter.ts` promises of an adapter's life, of rendering and of sending; no case depends on another. */
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
      await adapter.start(DEAF_HOST);
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
    title: 'shows what the reader may do',
    async run({ create }) {
      const bench = create();
      await post(bench, ACTION_CARD);
      const labels = ACTION_CARD.actions?.map(({ label }) => label) ?? [];
      expectInOrder(bench.text(), [ACTION_CARD.title, ...ACTION_CARD.paragraphs, ...labels]);
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
    title: 'reaches a member directly',
    async run({ create }) {
      const { adapter, destination, member, text, calls } = create();
      const direct = directTo(destination, member);
      await post({ adapter, destination: direct }, TEXT_CARD);
      expect(text(direct)).toContain(TEXT_CARD.title);
      expect(calls()).toBe(1);
    },
  },
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
    title: 'aborted while it is on its way: nothing leaves any more',
    async run({ create }) {
      const bench = create();
      const stop = new AbortController();
      const sending = errorOf(bench.adapter.send(aMessage(bench), stop.signal));
      stop.abort(new Error('Stopped.'));
      const left = bench.calls();
      await sending;
      for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
      expect(bench.calls()).toBe(left);
    },
  },
  {
    title: 'aborted while the platform hangs: ends at once, and the message may have arrived',
    needs: ['hang'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      expectCutOff(await cutOff(bench, 'send', (signal) => bench.adapter.send(message, signal)));
      expect(bench.calls()).toBe(1);
    },
  },
  {
    title: 'tells who stands for a workspace',
    async run({ create }) {
      const { adapter, destination, installer } = create();
      expect(await adapter.installer(destination.workspace)).toBe(installer);
    },
  },
];

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

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
