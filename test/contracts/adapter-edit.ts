import { expect } from 'vitest';
import type { Adapter, Message } from '../../src/adapter.ts';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import type { AdapterBench, AdapterCase } from './adapter.ts';
import { cutOff, errorOf, expectCutOff, expectError, TOLD_FAULTS } from './adapter-faults.ts';
import { aMessage, countOf } from './adapter-post.ts';

/** What `edit` is given. */
type Posted = Parameters<NonNullable<Adapter['edit']>>[0];

/** Posts a message and gives it with other content. */
async function posted(bench: AdapterBench, id: string, title: string, newTitle: string): Promise<Posted> {
  const messageId = await bench.adapter.send(aMessage(bench, id, title));
  return { ...aMessage(bench, id, newTitle), messageId };
}

/** Edits as the line does, long after the process that posted it has ended. */
async function edit(bench: AdapterBench, message: Posted, signal?: AbortSignal): Promise<void> {
  const adapter = bench.restarted();
  expect(adapter.edit).toBeTypeOf('function');
  await adapter.edit?.(message, signal);
}

async function idOf(bench: AdapterBench, message: Message): Promise<string | undefined> {
  const sighting = await bench.adapter.find(message, addMs(bench.now(), -HOUR_MS));
  return sighting.kind === 'found' ? sighting.messageId : undefined;
}

function faultCases(): AdapterCase[] {
  return TOLD_FAULTS.map((fault) => ({
    title: `editing: tells the fault "${fault}" by its error, after one call`,
    needs: ['edit', fault],
    async run({ create }) {
      const bench = create();
      const message = await posted(bench, 'one#0', 'Old words', 'New words');
      bench.failNext(fault, 'edit');
      expectError(fault, await errorOf(edit(bench, message)), bench);
      expect(bench.calls('edit')).toBe(1);
      await edit(bench, message);
      expect(bench.text()).toContain('New words');
    },
  }));
}

/** What `src/adapter.ts` promises of editing; no case depends on another. */
export const EDIT_CASES: readonly AdapterCase[] = [
  {
    title: 'editing: is there where the platform can, and only there',
    async run({ create, cannot }) {
      expect(create().adapter.edit === undefined).toBe(cannot.edit !== undefined);
    },
  },
  {
    title: 'editing: changes what one message shows, in its place, and posts nothing',
    needs: ['edit'],
    async run({ create }) {
      const bench = create();
      const first = await posted(bench, 'one#0', 'Old words', 'New words');
      const second = await posted(bench, 'two#0', 'Other words', 'Last words');
      await edit(bench, first);
      expect(bench.text()).toMatch(/New words.*Other words/);
      expect(bench.text()).not.toContain('Old words');
      expect(bench.calls()).toBe(2);
      await edit(bench, second);
      expect(bench.text()).toMatch(/New words.*Last words/);
    },
  },
  {
    title: 'editing: done twice is the same as done once',
    needs: ['edit'],
    async run({ create }) {
      const bench = create();
      const message = await posted(bench, 'one#0', 'Old words', 'New words');
      await edit(bench, message);
      const once = bench.text();
      await edit(bench, message);
      expect(bench.text()).toBe(once);
      expect(countOf('New words', once)).toBe(1);
    },
  },
  {
    title: 'editing: a message keeps its id and is found as before',
    needs: ['edit', 'find'],
    async run({ create }) {
      const bench = create();
      const message = await posted(bench, 'one#0', 'Old words', 'New words');
      await edit(bench, message);
      expect(await idOf(bench, message)).toBe(message.messageId);
    },
  },
  ...faultCases(),
  {
    title: 'editing: aborted before: gives the reason and does not call the platform',
    needs: ['edit'],
    async run({ create }) {
      const bench = create();
      const message = await posted(bench, 'one#0', 'Old words', 'New words');
      const reason = new Error('Stopped.');
      await expect(edit(bench, message, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(bench.calls('edit')).toBe(0);
      expect(bench.text()).toContain('Old words');
    },
  },
  {
    title: 'editing: aborted while the platform hangs: ends at once',
    needs: ['edit', 'hang'],
    async run({ create }) {
      const bench = create();
      const message = await posted(bench, 'one#0', 'Old words', 'New words');
      expectCutOff(await cutOff(bench, 'edit', (signal) => edit(bench, message, signal)));
      expect(bench.calls('edit')).toBe(1);
    },
  },
];
