import { type Delivery, deliveryId } from '../../src/domain/delivery.ts';
import { type Consideration, type Edition, slotId } from '../../src/domain/edition.ts';
import { type Listing, listingId } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { ArchivedListing, ArchivedPaper } from '../../src/store.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';

/** The instant at which every case begins. */
export const START = '2026-11-23T09:00:00.000Z';

export const MONDAY: Listing = { kind: 'daily', key: '2026-11-23' };
export const MONDAY_ID: string = listingId(MONDAY);

/** A paper with every property, and text that trips up encodings: Keyv's own marks, quotes, NUL, beyond the BMP. */
export const RICH_PAPER: Paper = aPaper({
  id: '2611.01234',
  title: ':bigint:12 – ℓ₂ "norms" \\ 𝒪(n) \u0000 🧠',
  upvotes: 41,
  keywords: [':base64:AAAA', 'ドラッグ'],
  abstract: ": a colon first, then a line\nbreak, then {'json': [1]}",
  authors: [{ name: 'A. Author' }, { name: '' }],
  publishedAt: '2026-11-20T00:00:00.000Z',
  listedOn: '2026-11-23',
  comments: 0,
  thumbnailUrl: 'https://example.org/t.png',
  organization: { name: 'lab', displayName: 'The Lab' },
  submittedBy: 'member',
  githubUrl: 'https://github.com/lab/code',
  githubStars: 1200,
  projectUrl: 'https://example.org',
  summary: 'It works.',
});

export function archived(paper: Paper, given: Partial<ArchivedPaper> = {}): ArchivedPaper {
  return { paper, firstSeenAt: START, listings: [MONDAY_ID], ...given };
}

export function anArchivedListing(given: Partial<ArchivedListing> = {}): ArchivedListing {
  return {
    listing: MONDAY,
    paperIds: ['2611.00002', '2611.00001'],
    way: 'api',
    fetchedAt: START,
    sizes: [{ ageHours: 11.5, size: 2 }],
    ...given,
  };
}

/** An edition of two papers that looked at one more. */
export function anEdition(feedId = 'feed01', day = '2026-11-23'): Edition {
  const papers = somePapers('2611', [9, 5]);
  const considered: Consideration[] = [
    ...papers.map(({ id }) => ({ paperId: id, listing: MONDAY, fate: 'posted' as const })),
    { paperId: 'hep-th/9901001', listing: MONDAY, fate: 'left-out' },
  ];
  return {
    id: slotId({ feedId, day }),
    slot: { feedId, day, dueAt: START },
    plannedAt: START,
    isSoFar: false,
    sections: [{ kind: 'list', listing: MONDAY, papers }],
    listings: [MONDAY],
    revisited: [{ kind: 'daily', key: '2026-11-20' }],
    considered,
  };
}

/** Deliveries of an edition, as planned. */
export function deliveriesOf(edition: Edition, count: number): Delivery[] {
  return Array.from({ length: count }, (_, position) => ({
    id: deliveryId(edition.id, position),
    slotId: edition.id,
    position,
    destination: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
    payload: { text: `:card ${position}`, lines: [1, null, true, { deep: [] }] },
    state: 'planned',
    changedAt: START,
  }));
}
