import type { Listing } from '../../domain/listing.ts';
import type { Paper, PaperId } from '../../domain/paper.ts';
import { tidyTitle } from '../../text/tidy.ts';
import type { Finding } from './entries.ts';
import { agrees, claimOfAddress, isUndatedKind, otherPeriod, type Page, undated } from './page.ts';
import { unknownShape } from './shape.ts';
import { look, type Sight } from './sight.ts';
import { linksOf, present } from './translate.ts';

/**
 * Reads a listing out of what a page shows to people: ids, titles, votes and comments.
 *
 * Empty when the page shows another period. Votes that are not shown count as none. Errors: `SourceFormatError`.
 */
export function readMarkup({ url, html }: Page, listing: Listing): Finding {
  const seen = look(html);
  const claims = [claimOfAddress(url), ...seen.claims].filter((claim) => claim !== undefined);
  const other = claims.find((claim) => agrees(listing, claim) === false);
  if (other) return { papers: [], warnings: [otherPeriod(listing, other)] };
  if (seen.titles.size === 0) {
    const isEmptySearch = listing.kind === 'search' && /papers/i.test(seen.pageTitle);
    if (isEmptySearch) return { papers: [], warnings: [] };
    throw unknownShape('markup', 'no heading links to a paper', 'h3 a');
  }
  const papers = [...seen.titles].map(([id, title]) => paperOf(id, title, listing, seen));
  // The address tells nothing here: the site shows another day without changing it.
  const isTold = isUndatedKind(listing) || seen.claims.some((claim) => agrees(listing, claim));
  return { papers, warnings: isTold ? [] : [undated(listing)] };
}

/** Reads the paper of a paper's page: title and votes. Errors: `SourceFormatError`. */
export function readPaperMarkup({ html }: Page, id: PaperId): Paper {
  const seen = look(html);
  const title = tidyTitle(seen.heading);
  if (title === '') throw unknownShape('markup', 'the page has no heading', 'h1');
  if (seen.shownId !== undefined && seen.shownId !== id) {
    throw unknownShape('markup', `the page shows ${seen.shownId} instead of ${id}`, 'og:url');
  }
  return { id, title, upvotes: seen.votes.get(id) ?? 0, ...linksOf(id), keywords: [] };
}

function paperOf(id: PaperId, title: string, listing: Listing, { votes, comments }: Sight): Paper {
  return {
    id,
    title,
    upvotes: votes.get(id) ?? 0,
    ...linksOf(id),
    keywords: [],
    ...present('comments', comments.get(id)),
    ...present('listedOn', listing.kind === 'daily' ? listing.key : undefined),
  };
}
