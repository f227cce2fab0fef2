import type { FetchedListing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Source } from '../../src/source.ts';
import type { TinySite } from './source-memory.ts';

interface BrokenSource {
  /** Ends the sentence "a source that …". */
  how: string;
  /** What it does otherwise than the obedient one. */
  spoil(source: Source, site: TinySite): Partial<Source>;
  /** Begins of the titles of cases that must fail; others may too. */
  fails: string[];
}

/** A source whose listings are changed before anyone sees them. */
function reading(change: (fetched: FetchedListing, site: TinySite) => unknown): BrokenSource['spoil'] {
  return (source, site) => ({
    read: async (listing, options) => change(await source.read(listing, options), site) as FetchedListing,
  });
}

const papersAs = (change: (paper: Paper) => unknown) =>
  reading((fetched) => ({ ...fetched, papers: fetched.papers.map(change) }));

/** A source that does something else where the obedient one throws. */
function instead(ofThrowing: (source: Source) => Partial<Source>): BrokenSource['spoil'] {
  return (source) => ofThrowing(source);
}

const SHOWS = 'shows every paper as the domain wants it';

/** Ways of breaking the contract with the cases that notice them. */
export const BROKEN_SOURCES: readonly BrokenSource[] = [
  {
    how: 'has a name with blanks',
    spoil: () => ({ id: 'Tiny Source' }),
    fails: ['names itself'],
  },
  {
    how: 'says null where there is nothing',
    spoil: papersAs((paper) => ({ ...paper, summary: null })),
    fails: [SHOWS],
  },
  {
    how: 'says undefined where there is nothing',
    spoil: papersAs((paper) => ({ ...paper, summary: undefined })),
    fails: [SHOWS],
  },
  {
    how: 'leaves line breaks in titles',
    spoil: papersAs((paper) => ({ ...paper, title: 'Invented\n  paper' })),
    fails: [SHOWS],
  },
  {
    how: 'links to something that is no web page',
    spoil: papersAs((paper) => ({ ...paper, projectUrl: 'javascript:alert(1)' })),
    fails: [SHOWS],
  },
  {
    how: 'has properties of its own',
    spoil: papersAs((paper) => ({ ...paper, discussionId: 'x' })),
    fails: [SHOWS],
  },
  {
    how: 'leaves out the votes',
    spoil: papersAs(({ upvotes: _, ...paper }) => paper),
    fails: [SHOWS],
  },
  {
    how: 'repeats ids',
    spoil: reading((fetched) => ({ ...fetched, papers: [...fetched.papers, ...fetched.papers] })),
    fails: [SHOWS],
  },
  {
    how: 'repeats ids only when the site does',
    spoil: reading((fetched, site) => ({
      ...fetched,
      papers: site.trouble === 'repeats' ? [...fetched.papers, ...fetched.papers] : fetched.papers,
    })),
    fails: ['shows a repeated entry once'],
  },
  {
    how: 'gives away its own list',
    spoil: (source, site) => ({
      read: async (listing, options) => {
        const fetched = await source.read(listing, options);
        return fetched.papers.length === 0 ? fetched : { ...fetched, papers: site.papers };
      },
    }),
    fails: ['answers each reading afresh'],
  },
  {
    how: 'does not say who confirms',
    spoil: reading((fetched) => ({ ...fetched, confirmedBy: [] })),
    fails: ['reads a listing', 'shows an empty listing'],
  },
  {
    how: 'answers with another listing',
    spoil: reading((fetched) => ({ ...fetched, listing: { kind: 'daily', key: '2026-08-20' } })),
    fails: ['reads a listing'],
  },
  {
    how: 'shows papers where there are none',
    spoil: (source) => ({
      read: async (listing, options) => ({
        ...(await source.read({ kind: 'daily', key: '2026-08-21' }, options)),
        listing,
      }),
    }),
    fails: ['shows an empty listing'],
  },
  {
    how: 'loses an entry without a word',
    spoil: reading((fetched) => ({ ...fetched, warnings: [] })),
    fails: ['gives up a damaged entry'],
  },
  {
    how: 'loses the whole list over one entry',
    spoil: reading((fetched, site) => ({
      ...fetched,
      papers: site.trouble === 'bad-entries' ? [] : fetched.papers,
    })),
    fails: ['gives up a damaged entry'],
  },
  {
    how: 'calls a failure an empty list',
    spoil: instead((source) => ({
      read: async (listing, options) =>
        await source.read(listing, options).catch((error: unknown) => {
          options?.signal?.throwIfAborted();
          void error;
          return { listing, way: 'api', fetchedAt: '', papers: [], warnings: [], confirmedBy: ['api'] };
        }),
    })),
    fails: ['never shows a site that refuses as an empty listing', 'tells an unknown shape'],
  },
  {
    how: 'throws errors of no kind',
    spoil: instead((source) => ({
      read: async (listing, options) =>
        await source.read(listing, options).catch((error: Error) => {
          throw new Error(error.message);
        }),
      paper: async (id, options) =>
        await source.paper(id, options).catch((error: Error) => {
          throw new Error(error.message);
        }),
    })),
    fails: [
      'never shows a site that refuses as an empty listing',
      'tells an unknown shape',
      'never calls a paper unknown when the site refuses',
      'ends the reading of a listing',
    ],
  },
  {
    how: 'knows every paper',
    spoil: (_source, site) => ({ paper: async () => structuredClone(site.papers[1]) }),
    fails: ['has no answer for a paper'],
  },
  {
    how: 'says null for a paper that it does not know',
    spoil: (source) => ({
      paper: async (id, options) => (await source.paper(id, options)) ?? (null as unknown as undefined),
    }),
    fails: ['has no answer for a paper'],
  },
  {
    how: 'calls a paper unknown when it cannot be read',
    spoil: (source) => ({
      paper: async (id, options) => {
        options?.signal?.throwIfAborted();
        return await source.paper(id, options).catch(() => undefined);
      },
    }),
    fails: [
      'never calls a paper unknown when the site refuses',
      'never calls a paper unknown when the answer',
    ],
  },
  {
    how: 'does not look at the signal',
    spoil: (source, site) => ({
      read: async (listing) => await createUnhurried(source, site).read(listing),
      paper: async (id) => await createUnhurried(source, site).paper(id),
    }),
    fails: ['does not begin for a signal', 'ends the reading of a listing', 'ends the reading of a paper'],
  },
];

/** Where the obedient one would wait for ever, it answers: the suite shall not hang on what it looks for. */
function createUnhurried(source: Source, site: TinySite): Source {
  if (site.trouble === 'hang') site.trouble = undefined;
  return source;
}
