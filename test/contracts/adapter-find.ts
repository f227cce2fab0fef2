import { expect } from 'vitest';
import type { Message, Sighting } from '../../src/adapter.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { DeliveryRefusedError } from '../../src/errors.ts';
import type { AdapterBench, AdapterCase } from './adapter.ts';
import { cutOff, errorOf, expectCutOff, expectError, type ToldFault } from './adapter-faults.ts';
import { aMessage, countOf } from './adapter-post.ts';

/** What may go wrong with a question. */
const LOOK_FAULTS = ['throttled', 'not-arrived', 'answer-lost', 'forbidden', 'gone'] as const;

/** Looks as the line does: an hour back, and after a restart. */
function look(bench: AdapterBench, message: Message, signal?: AbortSignal): Promise<Sighting> {
  return bench.restarted().find(message, addMs(bench.now(), -HOUR_MS), signal);
}

/** Whether a platform may answer like this when it could not look. */
function expectNoAnswer(fault: ToldFault, outcome: Sighting | Error, bench: AdapterBench): void {
  // Who may not read a channel may still post in it.
  const mayBeUnknown = fault === 'forbidden' || fault === 'gone';
  if (mayBeUnknown && !(outcome instanceof DeliveryRefusedError)) expectUnknown(outcome);
  else expectError(fault, outcome, bench, { isQuestion: true });
}

function expectUnknown(outcome: unknown): void {
  expect(outcome).toEqual({ kind: 'unknown', reason: expect.stringMatching(/^\p{Lu}.*\.$/u) });
}

function faultCases(): AdapterCase[] {
  return LOOK_FAULTS.map((fault) => ({
    title: `looking: says nothing of a message when the platform fails with "${fault}"`,
    needs: ['find', fault],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      const messageId = await bench.adapter.send(message);
      bench.failNext(fault, 'find');
      expectNoAnswer(fault, await look(bench, message).catch((error: Error) => error), bench);
      expect(await look(bench, message)).toEqual({ kind: 'found', messageId });
    },
  }));
}

/** What `src/adapter.ts` promises of looking for a message, and of sending it again; no case depends on another. */
export const FIND_CASES: readonly AdapterCase[] = [
  {
    title: 'looking: says of no message what it cannot know',
    async run({ create, cannot }) {
      const bench = create();
      const message = aMessage(bench);
      const messageId = await bench.adapter.send(message);
      const there = await look(bench, message);
      const notThere = await look(bench, aMessage(bench, 'never#0'));
      if (there.kind !== 'found') expectUnknown(there);
      else expect(there.messageId).toBe(messageId);
      if (notThere.kind !== 'absent') expectUnknown(notThere);
      const kinds = cannot.find === undefined ? ['found', 'absent'] : ['unknown', 'unknown'];
      expect([there.kind, notThere.kind]).toEqual(kinds);
    },
  },
  {
    title: 'looking: tells each message by its id, and no other',
    needs: ['find'],
    async run({ create }) {
      const bench = create();
      const messages = ['slot#10', 'slot#2', 'other#2'].map((id) => aMessage(bench, id));
      const ids: string[] = [];
      for (const message of messages) ids.push(await bench.adapter.send(message));
      for (const [index, message] of messages.entries()) {
        expect(await look(bench, message)).toEqual({ kind: 'found', messageId: ids[index] });
      }
      for (const id of ['slot#1', 'other#20', 'slot']) {
        expect(await look(bench, aMessage(bench, id))).toEqual({ kind: 'absent' });
      }
    },
  },
  {
    title: 'looking: a message whose request was lost is absent',
    needs: ['find', 'request-lost'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      bench.failNext('request-lost');
      expect(await errorOf(bench.adapter.send(message))).toMatchObject({ mayHaveArrived: true });
      expect(await look(bench, message)).toEqual({ kind: 'absent' });
    },
  },
  {
    title: 'looking: a message whose answer was lost is found',
    needs: ['find', 'answer-lost'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      bench.failNext('answer-lost');
      expect(await errorOf(bench.adapter.send(message))).toMatchObject({ mayHaveArrived: true });
      expect(await look(bench, message)).toEqual({ kind: 'found', messageId: expect.stringMatching(/./) });
    },
  },
  {
    title: 'looking: finds a message among more of them than the platform tells at once',
    needs: ['find'],
    async run({ create }) {
      const bench = create();
      const crowd = async (slot: string) => {
        for (let index = 0; index <= bench.pageSize; index += 1) {
          await bench.adapter.send(aMessage(bench, `${slot}#${index}`));
        }
      };
      await crowd('before');
      const message = aMessage(bench);
      const messageId = await bench.adapter.send(message);
      await crowd('after');
      expect(await look(bench, message)).toEqual({ kind: 'found', messageId });
    },
  },
  {
    title: 'looking: changes nothing and posts nothing',
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      await bench.adapter.send(message);
      const before = [bench.text(), bench.calls(), bench.calls('edit')];
      await look(bench, message);
      await look(bench, aMessage(bench, 'never#0', 'Never sent'));
      expect([bench.text(), bench.calls(), bench.calls('edit')]).toEqual(before);
    },
  },
  {
    title: 'looking: finds a message also where the platform’s clock is a little behind or ahead',
    needs: ['find', 'skew'],
    async run({ create }) {
      for (const byMs of [-2 * MINUTE_MS, 2 * MINUTE_MS]) {
        const bench = create();
        bench.skew(byMs);
        const message = aMessage(bench);
        const sinceAt = bench.now();
        const messageId = await bench.adapter.send(message);
        expect(await bench.restarted().find(message, sinceAt)).toEqual({ kind: 'found', messageId });
      }
    },
  },
  {
    title: 'looking: calls nothing absent where the platform’s clock is far from ours',
    needs: ['find', 'skew'],
    async run({ create }) {
      for (const byMs of [-2 * HOUR_MS, 2 * HOUR_MS]) {
        const bench = create();
        bench.skew(byMs);
        const message = aMessage(bench);
        const messageId = await bench.adapter.send(message);
        const there = await look(bench, message);
        if (there.kind !== 'found') expectUnknown(there);
        else expect(there.messageId).toBe(messageId);
        expectUnknown(await look(bench, aMessage(bench, 'never#0')));
      }
    },
  },
  ...faultCases(),
  {
    title: 'looking: aborted before: gives the reason and does not call the platform',
    needs: ['find'],
    async run({ create }) {
      const bench = create();
      const reason = new Error('Stopped.');
      await expect(look(bench, aMessage(bench), AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(bench.calls('find')).toBe(0);
    },
  },
  {
    title: 'looking: aborted while the platform hangs: ends at once',
    needs: ['find', 'hang'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      const error = await cutOff(bench, 'find', (signal) => look(bench, message, signal));
      expectCutOff(error, { isQuestion: true });
      const callsBefore = bench.calls('find');
      await new Promise(setImmediate);
      expect(bench.calls('find')).toBe(callsBefore);
    },
  },
  {
    title: 'sending again: tells for how long its platform takes a message for the same',
    async run({ create, cannot }) {
      const bench = create();
      await bench.adapter.send(aMessage(bench));
      const forMs = bench.adapter.repeatableForMs(aMessage(bench, 'slot#1'));
      expect(forMs).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(forMs)).toBe(true);
      expect(forMs > 0).toBe(cannot.repeat === undefined);
    },
  },
  {
    title: 'sending again: posts a message once and gives its id again, also after a restart',
    needs: ['repeat'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      const first = await bench.adapter.send(message);
      expect(await bench.adapter.send(message)).toBe(first);
      expect(await bench.restarted().send(message)).toBe(first);
      expect(countOf('An answer', bench.text())).toBe(1);
    },
  },
  {
    title: 'sending again: posts a message once whose answer was lost',
    needs: ['repeat', 'answer-lost'],
    async run({ create }) {
      const bench = create();
      const message = aMessage(bench);
      bench.failNext('answer-lost');
      await errorOf(bench.adapter.send(message));
      expect(await bench.restarted().send(message)).toEqual(expect.stringMatching(/./));
      expect(countOf('An answer', bench.text())).toBe(1);
    },
  },
  {
    title: 'sending again: takes messages that only look the same for two',
    async run({ create }) {
      const bench = create();
      const ids = ['slot#1', 'slot#10', 'slot#2'].map((id) => bench.adapter.send(aMessage(bench, id)));
      expect(new Set(await Promise.all(ids)).size).toBe(3);
      expect(countOf('An answer', bench.text())).toBe(3);
    },
  },
];
