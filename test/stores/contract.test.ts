import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/stores/index.ts';
import { failedCases, STORE_CASES, testStore } from '../contracts/store.ts';
import type { StoreSubject } from '../contracts/store-world.ts';
import { BROKEN_STORES } from './broken/index.ts';
import type { BrokenStore } from './broken/kit.ts';
import { sqliteFile, sqliteMemory } from './subjects.ts';

testStore(sqliteFile);
testStore(sqliteMemory);

function broken({ fault, breaks }: BrokenStore): StoreSubject {
  return {
    name: fault,
    async makePlace() {
      const place = await sqliteMemory.makePlace();
      return { ...place, open: async (dependencies) => breaks(await place.open(dependencies)) };
    },
  };
}

const forgetful: StoreSubject = {
  name: 'everything is forgotten at the end',
  async makePlace() {
    const place = await sqliteMemory.makePlace();
    return { ...place, open: (dependencies) => openStore('memory:', dependencies) };
  },
};

/** Cases about data that stays. */
const LASTING = [
  'what outlives the store is there',
  'a claim outlives its process',
  'what people follow, keep and judge outlives its process',
  'where we are and what was seen outlives its process',
];

describe('the contract notices when', () => {
  it.each(BROKEN_STORES)('$fault', async (one) => {
    const { failed, tried } = await failedCases(broken(one), one.noticedBy);
    expect(tried).not.toEqual([]);
    expect(failed).toEqual(tried);
  });

  it.each(LASTING)('everything is forgotten at the end: %s', async (part) => {
    const { failed, tried } = await failedCases(forgetful, part);
    expect(failed).toEqual(tried);
  });

  it('each of its cases can fail', () => {
    const parts = [...BROKEN_STORES.map(({ noticedBy }) => noticedBy), ...LASTING];
    const unproven = STORE_CASES.filter(({ title }) => !parts.some((part) => title.includes(part)));
    expect(unproven.map(({ title }) => title)).toEqual([]);
  });
});
