import { expect } from 'vitest';
import { ADA, OTHERS, savedPaper } from './people-samples.ts';
import type { StoreCase } from './store-world.ts';

export const SAVED_CASES: readonly StoreCase[] = [
  {
    title: 'a paper is saved once, and its instant stays',
    async run({ store: { people } }) {
      const all = { offset: 0, limit: 10 };
      expect(await people.saved(ADA, all)).toEqual({ total: 0, papers: [] });
      expect(await people.save(ADA, savedPaper('a'))).toBe(true);
      expect(await people.save(ADA, savedPaper('a', 5))).toBe(false);
      expect(await people.saved(ADA, all)).toEqual({ total: 1, papers: [savedPaper('a')] });
      expect(await people.unsave(ADA, 'a')).toBe(true);
      expect(await people.save(ADA, savedPaper('a', 5))).toBe(true);
      expect(await people.saved(ADA, all)).toEqual({ total: 1, papers: [savedPaper('a', 5)] });
    },
  },
  {
    title: 'a paper that was not saved cannot be taken away',
    async run({ store: { people } }) {
      for (const id of ['a', 'b']) await people.save(ADA, savedPaper(id));
      expect(await people.unsave(ADA, 'a')).toBe(true);
      expect(await people.unsave(ADA, 'a')).toBe(false);
      for (const other of OTHERS) expect(await people.unsave(other, 'b')).toBe(false);
      expect((await people.saved(ADA, { offset: 0, limit: 10 })).papers).toEqual([savedPaper('b')]);
    },
  },
  {
    title: 'saved papers come in pages, the newest first, those of one instant by id',
    async run({ store: { people } }) {
      const papers = [savedPaper('c', 5), savedPaper('a', 9), savedPaper('d', 5), savedPaper('b', 5)];
      for (const one of papers) await people.save(ADA, one);
      await people.save({ ...ADA, id: 'bob' }, savedPaper('e', 7));
      const page = async (offset: number, limit: number) => {
        const { total, papers } = await people.saved(ADA, { offset, limit });
        return [total, papers.map(({ paperId }) => paperId).join('')];
      };
      expect(await page(0, 10)).toEqual([4, 'abcd']);
      expect(await page(0, 2)).toEqual([4, 'ab']);
      expect(await page(2, 2)).toEqual([4, 'cd']);
      expect(await page(3, 2)).toEqual([4, 'd']);
      expect(await page(4, 2)).toEqual([4, '']);
    },
  },
];
