import { describe, expect, it } from 'vitest';
import { assertInert } from '../adapters/terminal/bench.ts';
import { PLATFORM_KINDS } from '../fakes/memory-adapter.ts';
import { type AdapterSubject, CASES, failedCases, testAdapter } from './adapter.ts';
import { BROKEN_ADAPTERS, HOSTILE } from './adapter-broken.ts';
import { BROKEN_EDITS } from './adapter-broken-edit.ts';
import { BROKEN_FINDS } from './adapter-broken-find.ts';
import { memorySubject } from './adapter-memory.ts';

for (const kind of PLATFORM_KINDS) testAdapter(memorySubject(`memory, ${kind}`, undefined, kind));

const broken = [...BROKEN_ADAPTERS, ...BROKEN_FINDS, ...BROKEN_EDITS];

describe('the adapter contract notices an adapter that', () => {
  it.each(broken)('$how', async ({ how, spoil, kind, fails }) => {
    expect(await failedCases(memorySubject(how, spoil, kind))).toEqual(expect.arrayContaining(fails));
  });

  it('lets escape sequences through', async () => {
    const subject = memorySubject('raw');
    const raw: AdapterSubject = {
      ...subject,
      create() {
        const bench = subject.create();
        return { ...bench, assertInert: () => assertInert(bench.text()) };
      },
    };
    expect(await failedCases(raw)).toEqual([HOSTILE]);
  });
});

it('the adapter contract has no case that every adapter passes', () => {
  const noticed = [HOSTILE, ...broken.flatMap(({ fails }) => fails)];
  expect(CASES.map(({ title }) => title).filter((title) => !noticed.includes(title))).toEqual([]);
});
