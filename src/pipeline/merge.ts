import type { Instant } from '../domain/calendar.ts';
import { ageHours, type FetchedListing, type Listing, listingId } from '../domain/listing.ts';
import { mergePaper, type Paper } from '../domain/paper.ts';
import type { ArchivedListing, ArchivedPaper, SizeObservation, Store } from '../store.ts';

/**
 * Keeps a listing and its papers in the archive: by id, latest values win, first-seen kept.
 *
 * Search results give papers but are not kept as a listing; an empty answer does not replace a fuller one. Out: the
 * papers as the archive now has them, in the order of the listing.
 */
export async function merge(fetched: FetchedListing, store: Store): Promise<Paper[]> {
  const { listing, fetchedAt, papers } = fetched;
  const id = listingId(listing);
  const [known, before] = await Promise.all([
    store.papers.getMany(papers.map((paper) => paper.id)),
    store.listings.get(id),
  ]);
  const isKept = listing.kind !== 'search';
  const merged = papers.map((paper): ArchivedPaper => {
    const archived = known.get(paper.id);
    const listings = archived?.listings ?? [];
    return {
      paper: mergePaper(archived?.paper, paper),
      firstSeenAt: archived?.firstSeenAt ?? fetchedAt,
      listings: !isKept || listings.includes(id) ? listings : [...listings, id],
    };
  });
  const isFuller = papers.length > 0 || !before;
  await store.archive(isKept && isFuller ? archivedListing(fetched, before) : undefined, merged);
  return merged.map(({ paper }) => paper);
}

function archivedListing(fetched: FetchedListing, before: ArchivedListing | undefined): ArchivedListing {
  const { listing, way, fetchedAt, papers } = fetched;
  const paperIds = papers.map(({ id }) => id);
  return {
    listing,
    paperIds,
    way,
    fetchedAt,
    sizes: observe(before?.sizes ?? [], listing, papers.length, fetchedAt),
  };
}

/** One observation an hour of the list's first two days is enough to know how lists grow. */
function observe(
  sizes: readonly SizeObservation[],
  { kind, key }: Listing,
  size: number,
  at: Instant,
): SizeObservation[] {
  if (kind !== 'daily') return [];
  const age = Math.round(ageHours(key, at) * 10) / 10;
  if (age > 48 && sizes.length > 0) return [...sizes];
  const others = sizes.filter((one) => Math.floor(one.ageHours) !== Math.floor(age));
  return [...others, { ageHours: age, size }].sort((one, other) => one.ageHours - other.ageHours);
}
