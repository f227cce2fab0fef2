import { describe, expect, it } from 'vitest';
import { failedCases, testSource } from './source.ts';
import { BROKEN_SOURCES } from './source-broken.ts';
import { SOURCE_CASES } from './source-cases.ts';
import { tinySubject } from './source-memory.ts';

testSource(tinySubject('tiny'));

describe('the source contract notices a source that', () => {
  it.each(BROKEN_SOURCES)('$how', async ({ how, spoil, fails }) => {
    const failed = await failedCases(tinySubject(how, spoil));
    for (const title of fails) {
      expect(
        SOURCE_CASES.some((one) => one.title.startsWith(title)),
        title,
      ).toBe(true);
      expect(failed.filter((one) => one.startsWith(title))).toHaveLength(1);
    }
  });
});
