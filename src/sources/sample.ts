import type { Clock } from '../clock.ts';
import type { FetchedListing, Listing } from '../domain/listing.ts';
import { arxivLinks, type Paper } from '../domain/paper.ts';
import type { ReadOptions, Source } from '../source.ts';
import { SAMPLE_DAY, SAMPLE_PAPERS, type SamplePaper } from './sample-papers.ts';

const WARNING = {
  code: 'sample',
  message: `This is sample data that comes with Paperwire: papers of ${SAMPLE_DAY}, not a live list.`,
};

/**
 * A dozen real papers that are bundled, so that there is something to look at without a network. Every listing shows
 * them; a search those that have all of its words. Never to be recorded as a list.
 */
export function createSampleSource({ clock }: { clock: Clock }): Source {
  const papers = SAMPLE_PAPERS.map(asPaper);
  return {
    id: 'sample',
    ways: ['sample'],
    async read(listing: Listing, options?: ReadOptions): Promise<FetchedListing> {
      checkOptions(options);
      return {
        listing,
        way: 'sample',
        fetchedAt: clock.now(),
        papers: structuredClone(listing.kind === 'search' ? matching(papers, listing.key) : papers),
        warnings: [{ ...WARNING }],
        confirmedBy: ['sample'],
      };
    },
    async paper(id, options) {
      checkOptions(options);
      return structuredClone(papers.find((paper) => paper.id === id));
    },
  };
}

function asPaper({ authors, ...told }: SamplePaper): Paper {
  return {
    ...told,
    url: `https://huggingface.co/papers/${told.id}`,
    ...arxivLinks(told.id),
    authors: authors.map((name) => ({ name })),
    listedOn: SAMPLE_DAY,
  };
}

function matching(papers: readonly Paper[], query: string): Paper[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return papers.filter((paper) => {
    const text = [paper.id, paper.title, paper.summary, ...paper.keywords].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function checkOptions(options: ReadOptions | undefined): void {
  options?.signal?.throwIfAborted();
  if (options?.way !== undefined && options.way !== 'sample') {
    throw new RangeError(`The sample has no way in called "${options.way}".`);
  }
}
