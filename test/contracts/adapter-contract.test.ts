import { describe, expect, it } from 'vitest';
import { assertInert } from '../adapters/terminal/bench.ts';
import { type AdapterSubject, failedCases, testAdapter } from './adapter.ts';
import { BROKEN_ADAPTERS, HOSTILE } from './adapter-broken.ts';
import { memorySubject } from './adapter-memory.ts';

testAdapter(memorySubject('memory'));

describe('the adapter contract notices an adapter that', () => {
  it.each(BROKEN_ADAPTERS)('$how', async ({ how, spoil, fails }) => {
    expect(await failedCases(memorySubject(how, spoil))).toEqual(expect.arrayContaining(fails));
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
