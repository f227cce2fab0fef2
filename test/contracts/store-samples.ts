import { HOUR_MS } from '../../src/domain/calendar.ts';
import { type Delivery, deliveryId } from '../../src/domain/delivery.ts';
import { type Consideration, type Edition, slotId } from '../../src/domain/edition.ts';
import { type Listing, listingId } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { ArchivedListing, ArchivedPaper, Plan, Store } from '../../src/store.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';

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

/** An edition of two papers. */
export function anEdition(feedId = 'feed01', day = '2026-11-23'): Edition {
  return {
    id: slotId({ feedId, day }),
    slot: { feedId, day, dueAt: START },
    plannedAt: START,
    layout: 'digest',
    isSoFar: false,
    sections: [{ kind: 'list', listing: MONDAY, paperIds: ['2611.00001', '2611.00002'] }],
    listings: [MONDAY],
    revisited: [{ kind: 'daily', key: '2026-11-20' }],
    awaited: [{ kind: 'daily', key: '2026-11-19' }],
  };
}

/** What such an edition looked at: its two papers and one more. */
export const CONSIDERED: readonly Consideration[] = [
  { paperId: '2611.00001', listing: MONDAY, fate: 'posted' },
  { paperId: '2611.00002', listing: MONDAY, fate: 'posted' },
  { paperId: 'hep-th/9901001', listing: MONDAY, fate: 'left-out' },
];
export const CONSIDERED_IDS: readonly string[] = CONSIDERED.map(({ paperId }) => paperId);

/** All that is frozen of an edition, without deliveries, under the claim that `planEdition` takes. */
export function aPlan(edition: Edition, given: Partial<Plan> = {}): Plan {
  const { slot } = edition;
  return {
    slot: { ...slot, state: 'due', sentence: 'It is on its way.', changedAt: START, isPlanned: true },
    edition,
    considered: CONSIDERED,
    deliveries: [],
    claim: { key: `feed:${slot.feedId}`, owner: 'run' },
    ...given,
  };
}

/** Makes feeds where they are missing: nothing is kept of a feed that is not there. */
export async function haveFeeds(store: Store, ...ids: string[]): Promise<void> {
  for (const id of ids) if (!(await store.feeds.get(id))) await store.saveFeed(aFeed({ id }), START);
}

/** Plans an edition as a run does, under its feed's claim; the feed is made where it is missing. */
export async function planEdition(store: Store, edition: Edition, given: Partial<Plan> = {}): Promise<void> {
  const plan = aPlan(edition, given);
  const { feedId } = plan.slot;
  await haveFeeds(store, feedId);
  await store.ledger.claim(plan.claim.key, plan.claim.owner, HOUR_MS);
  await store.plan(plan);
}

/** Deliveries of an edition, or of a notice, as planned. */
export function deliveriesOf({ id }: Pick<Edition, 'id'>, count: number): Delivery[] {
  return Array.from({ length: count }, (_, position) => ({
    id: deliveryId(id, position),
    slotId: id,
    position,
    destination: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
    payload: { text: `:card ${position}`, lines: [1, null, true, { deep: [] }] },
    state: 'planned',
    changedAt: START,
  }));
}
