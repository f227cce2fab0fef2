import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import type { ArchivedPaper } from '../../src/store.ts';
import { HOSTILE_TEXTS } from '../contracts/adapter-cards.ts';
import { closeLibrary, type Library, MONDAY, openLibrary } from './kit.ts';

let library: Library;

beforeAll(async () => {
  library = await openLibrary();
});

afterAll(async () => {
  await closeLibrary(library);
});

const aText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 30 }), fc.lorem()),
    {
      maxLength: 4,
    },
  )
  .map((pieces) => pieces.join(' '));

const aCount = fc.nat(1_000_000_000);

/** Whatever the archive takes for a paper. */
const aPaper: fc.Arbitrary<Omit<Paper, 'id'>> = fc.record(
  {
    title: aText,
    upvotes: fc.integer(),
    url: aText,
    arxivUrl: aText,
    pdfUrl: aText,
    keywords: fc.array(aText, { maxLength: 4 }),
    abstract: aText,
    authors: fc.array(fc.record({ name: aText }), { maxLength: 4 }),
    publishedAt: aText,
    listedOn: fc.oneof(aText, fc.constantFrom('2026-11-23', '9999-99-99')),
    comments: aCount,
    thumbnailUrl: aText,
    organization: fc.record({ name: aText, displayName: aText }),
    submittedBy: aText,
    githubUrl: aText,
    githubStars: aCount,
    projectUrl: aText,
    summary: aText,
  },
  { requiredKeys: ['title', 'upvotes', 'url', 'arxivUrl', 'pdfUrl', 'keywords'] },
);

const archived: fc.Arbitrary<ArchivedPaper[]> = fc
  .array(fc.record({ paper: aPaper, listings: fc.array(aText, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((given) =>
    given.map(({ paper, listings }) => ({
      paper: { ...paper, id: '2611.00001' },
      firstSeenAt: '2026-11-23T05:00:00.000Z',
      listings,
    })),
  );

let numbered = 0;

/** A paper's topics are remembered for an hour, so that none may come again with another text. */
function withNewId(one: ArchivedPaper): ArchivedPaper {
  numbered += 1;
  return { ...one, paper: { ...one.paper, id: `2611.${String(numbered).padStart(5, '0')}` } };
}

describe('papers that mean ill', () => {
  it('come back as they are archived, whoever shows them', async () => {
    const everything = { offset: 0, limit: 100 };
    await fc.assert(
      fc.asyncProperty(archived, aText, async (given, text) => {
        const papers = given.map(withNewId);
        const { store, view } = library;
        const paperIds = papers.map(({ paper }) => paper.id);
        const listing = { kind: 'daily', key: MONDAY } as const;
        const fetchedAt = library.clock.now();
        await store.archive({ listing, paperIds, way: 'api', fetchedAt, sizes: [] }, papers);
        const kept = new Map(papers.map((one) => [one.paper.id, one]));
        const isKept = (one: ArchivedPaper) => expect(one).toEqual(kept.get(one.paper.id));
        const day = await view.day(MONDAY);
        expect(day?.papers).toHaveLength(papers.length);
        day?.papers.forEach(isKept);
        (await view.newest(1))[0]?.papers.forEach(isKept);
        for (const one of papers) {
          const shown = await view.paper(one.paper.id);
          expect(shown).toMatchObject(one);
          const topics = await view.topicsOf([one.paper]);
          expect(topics.get(one.paper.id)).toEqual(shown?.topics.map(({ topic }) => topic));
        }
        await view.search(text, everything);
        const inTopic = await view.topic('agents', everything);
        for (const one of inTopic?.papers ?? []) if (kept.has(one.paper.id)) isKept(one);
      }),
      { numRuns: 30 },
    );
  });
});
