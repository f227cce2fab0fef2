import type { Instant } from '../domain/calendar.ts';
import { LISTING_KINDS, type Listing, periodFault } from '../domain/listing.ts';

/** The listings that were written by `listingId`, daily ones first, the newest first; what is none is left out. */
export function readListings(written: readonly string[], at: Instant): Listing[] {
  return written
    .flatMap((one) => readListing(one, at) ?? [])
    .sort((one, other) => placeOf(one) - placeOf(other) || (one.key < other.key ? 1 : -1));
}

function placeOf({ kind }: Listing): number {
  return LISTING_KINDS.indexOf(kind);
}

function readListing(written: string, at: Instant): Listing | undefined {
  const [, name, key = ''] = /^([a-z]+):(.*)$/s.exec(written) ?? [];
  const kind = LISTING_KINDS.find((one) => one === name);
  switch (kind) {
    case undefined:
    case 'search':
      return undefined;
    case 'trending':
      return { kind, key };
    default:
      return periodFault(kind, key, at)?.fault === 'form' ? undefined : { kind, key };
  }
}
