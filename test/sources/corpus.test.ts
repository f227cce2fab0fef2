import { describe, expect, it } from 'vitest';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readHydration } from '../../src/sources/hugging-face/hydration.ts';
import { readMarkup } from '../../src/sources/hugging-face/markup.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { listPage, PAGE_STYLES } from '../fakes/source-server-pages.ts';
import type { ServedItem } from '../fakes/source-server-papers.ts';
import { readCorpus } from '../shared.ts';

const corpus = readCorpus();

describe.skipIf(corpus.length === 0)('the corpus (skipped where ../shared/corpus is missing)', () => {
  it('is read whole: every entry, without a warning', () => {
    let read = 0;
    for (const { day, items } of corpus) {
      const { papers, warnings } = readEntries(items, { kind: 'daily', key: day }, { way: 'api' });
      expect(warnings, day).toEqual([]);
      expectPapers(papers);
      read += papers.length;
    }
    expect(read).toBe(7_792);
  });

  it('is the same by every way, in pages of every year', () => {
    for (const { day, items } of corpus.filter((_, index) => index % 15 === 0)) {
      const listing = { kind: 'daily', key: day } as const;
      const byApi = readEntries(items, listing, { way: 'api' }).papers;
      for (const style of PAGE_STYLES) {
        const html = listPage({ ...listing, items: items as ServedItem[] }, style);
        const page = { url: `https://huggingface.co/papers/date/${day}`, html };
        expect(readHydration(page, listing).papers).toEqual(byApi);
        const shown = readMarkup(page, listing).papers;
        expect(shown.map(({ id, title, upvotes }) => ({ id, title, upvotes }))).toEqual(
          byApi.map(({ id, title, upvotes }) => ({ id, title, upvotes })),
        );
      }
    }
  });
});
