import { addDays, type Instant } from '../domain/calendar.ts';
import type { Consideration, Edition, Fate, Section } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { type Listing, listingId, sameListing } from '../domain/listing.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import type { Considered } from '../store.ts';
import { REACH_DAYS } from './choose.ts';

/** The most papers in a "Rising" section. */
const MOST_RISING = 3;

/**
 * Says whether a feed wants a paper, and why: undefined when it does not, no reason where none need be told. Votes are
 * judged apart.
 */
export type Wants = (paper: Paper) => readonly string[] | undefined;

/** A listing with its papers as they are now. */
export interface ListedPapers {
  listing: Listing;
  papers: readonly Paper[];
}

/** What an edition is made of, and what it looked at. */
export interface Selection extends Pick<Edition, 'sections' | 'listings' | 'revisited' | 'awaited'> {
  /** Every paper that was looked at for the first time and every one whose fate changed. */
  considered: Consideration[];
}

/** All that a choice depends on. */
export interface Choice {
  feed: Feed;
  at: Instant;
  /** Lists taken for the first time, newest first. */
  fresh: readonly ListedPapers[];
  /** Lists of the last two editions, newest first. */
  revisited: readonly ListedPapers[];
  /** Older lists of which some papers had too few votes, newest first. */
  awaited: readonly ListedPapers[];
  /** What this feed has done with any of these papers before. */
  considered: ReadonlyMap<PaperId, Considered>;
  wants: Wants;
}

/**
 * Chooses the papers of one edition.
 *
 * Out: the fresh lists (up to the feed's limit each, most votes first), what joined the revisited ones since, what has
 * reached the wanted votes, and what rose. No paper that the feed posted before, none twice.
 */
export function select(choice: Choice): Selection {
  const seen = new Set(choice.considered.keys());
  const parts = [
    ...choice.fresh.map((listed) => selectNew(choice, 'list', listed, seen)),
    ...choice.revisited.map((listed) => selectNew(choice, 'late', listed, seen)),
    selectReached(choice),
    selectRising(choice),
  ];
  const considered = parts.flatMap((part) => part.considered);
  const lacking = considered.filter(({ fate }) => fate === 'below-votes').map(({ listing }) => listing);
  return {
    sections: parts.map(({ section }) => section).filter(({ paperIds }) => paperIds.length > 0),
    listings: choice.fresh.map(({ listing }) => listing),
    revisited: choice.revisited.map(({ listing }) => listing),
    awaited: [...new Map(lacking.map((listing) => [listingId(listing), listing])).values()],
    considered,
  };
}

interface Part {
  section: Section;
  considered: Consideration[];
}

/** The papers of one list that the feed has never looked at. Adds them to `seen`. */
function selectNew(
  choice: Choice,
  kind: 'list' | 'late',
  { listing, papers }: ListedPapers,
  seen: Set<PaperId>,
): Part {
  const { feed, wants } = choice;
  const unseen = papers.filter(({ id }) => !seen.has(id));
  const judged = unseen.map((paper) => ({ paper, fate: judge(paper, feed, wants) }));
  const ordered = judged.filter(({ fate }) => fate === 'posted').map(({ paper }) => paper);
  // The order of the trending list is its whole meaning; all others are ranked by votes.
  const chosen = (listing.kind === 'trending' ? ordered : byVotes(ordered)).slice(0, feed.limit);
  const considered = judged.map(({ paper, fate }) => {
    const isLeftOut = fate === 'posted' && !chosen.includes(paper);
    return { paperId: paper.id, listing, fate: isLeftOut ? ('left-out' as const) : fate };
  });
  const kept = considered.filter(({ fate }) => isKept(fate, listing, feed));
  for (const { paperId } of kept) seen.add(paperId);
  return { section: { kind, listing, paperIds: idsOf(chosen) }, considered: kept };
}

/**
 * Nobody is left out of the trending list for ever: what climbs it tomorrow is news tomorrow. Of a digest only what its
 * member wanted is kept: there are many members, and what they begin to follow may be on the lists of these days.
 */
function isKept(fate: Fate, listing: Listing, feed: Feed): boolean {
  if (listing.kind === 'trending') return fate === 'posted';
  return feed.isDigest === undefined || fate !== 'filtered';
}

function judge(paper: Paper, feed: Feed, wants: Wants): Exclude<Fate, 'left-out'> {
  if (wants(paper) === undefined) return 'filtered';
  return paper.upvotes < feed.filters.minVotes ? 'below-votes' : 'posted';
}

/** Papers that had too few votes for the feed when it looked at them, not longer than two weeks ago. */
function selectReached(choice: Choice): Part {
  const { feed, at, wants, considered } = choice;
  const oldest = addDays(at.slice(0, 10), -REACH_DAYS);
  // On whatever list it is seen now: a paper that comes back on a later day may be gone from its own.
  const seen = [...choice.fresh, ...choice.revisited, ...choice.awaited].flatMap(({ papers }) => papers);
  const waiting = new Map(seen.map((paper) => [paper.id, paper]));
  const reached = [...waiting.values()].filter((paper) => {
    const known = considered.get(paper.id);
    return (
      known?.fate === 'below-votes' && known.consideredOn >= oldest && judge(paper, feed, wants) === 'posted'
    );
  });
  return postAgain(choice, 'reached', byVotes(reached).slice(0, feed.limit));
}

/** Papers that the limit left out and that now have more votes than the lowest posted one of their list. */
function selectRising(choice: Choice): Part {
  const lowest = lowestPosted(choice);
  const rising = knownPapers(choice.revisited, choice.considered, 'left-out').filter((paper) => {
    const listing = choice.considered.get(paper.id)?.listing;
    return (
      listing !== undefined && paper.upvotes > (lowest.get(listingId(listing)) ?? Number.POSITIVE_INFINITY)
    );
  });
  return postAgain(choice, 'rising', byVotes(rising).slice(0, MOST_RISING));
}

/** The papers that met this fate on the list they are seen on. */
function knownPapers(lists: readonly ListedPapers[], considered: Choice['considered'], fate: Fate): Paper[] {
  return lists.flatMap(({ listing, papers }) =>
    papers.filter(({ id }) => {
      const known = considered.get(id);
      return known?.fate === fate && sameListing(known.listing, listing);
    }),
  );
}

/** By listing: the fewest votes that a posted paper of it has now. */
function lowestPosted(choice: Choice): Map<string, number> {
  const lowest = new Map<string, number>();
  for (const paper of knownPapers(choice.revisited, choice.considered, 'posted')) {
    const listing = choice.considered.get(paper.id)?.listing as Listing;
    const id = listingId(listing);
    lowest.set(id, Math.min(lowest.get(id) ?? Number.POSITIVE_INFINITY, paper.upvotes));
  }
  return lowest;
}

function postAgain(choice: Choice, kind: 'reached' | 'rising', papers: Paper[]): Part {
  const considered = papers.map(({ id }) => {
    const listing = choice.considered.get(id)?.listing as Listing;
    return { paperId: id, listing, fate: 'posted' as const };
  });
  return { section: { kind, paperIds: idsOf(papers) }, considered };
}

function idsOf(papers: readonly Paper[]): PaperId[] {
  return papers.map(({ id }) => id);
}

/** Most votes first; ties in the order of the source. */
function byVotes(papers: readonly Paper[]): Paper[] {
  return [...papers].sort((one, other) => other.upvotes - one.upvotes);
}
