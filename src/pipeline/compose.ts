import type { Card, CardSection, TextCard } from '../domain/card.ts';
import { type Edition, papersOf, type Section } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { type Listing, sameListing } from '../domain/listing.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import { dayName, listingTitle } from '../domain/title.ts';

const CREDIT = 'Hugging Face Daily Papers · arXiv';

/** The papers of an edition as they are to be shown. */
export type ShownPapers = ReadonlyMap<PaperId, Paper>;
/** Why papers are shown, as part of a sentence; those that need no reason have none. */
export type ShownReasons = ReadonlyMap<PaperId, string>;

const NO_REASONS: ShownReasons = new Map();

/**
 * The cards of an edition in the order of posting: one list for the `digest` layout, a heading and one card a paper
 * for `cards`. Empty when there is nothing to say. A paper that is not among `papers` is not shown.
 */
export function compose(
  edition: Edition,
  papers: ShownPapers,
  feed: Pick<Feed, 'announcesNothing' | 'isDigest' | 'isWhole' | 'role'>,
  reasons: ShownReasons = NO_REASONS,
): Card[] {
  const size = papersOf(edition).length;
  if (size === 0) return feed.announcesNothing ? [nothingNew(edition)] : [];
  // Who gets the whole list gets what everybody does.
  const isChosen = feed.isDigest && !feed.isWhole;
  const title = isChosen ? `For you: ${editionTitle(edition)}` : editionTitle(edition);
  const subtitle = `${count(size)}${edition.isSoFar ? ' so far: the list is not complete yet' : ''}`;
  const sections = composeSections(edition, feed, papers, reasons);
  const ping = feed.role === undefined ? {} : { ping: feed.role };
  if (edition.layout === 'digest')
    return [{ kind: 'list', title, subtitle, sections, notes: [CREDIT], ...ping }];
  const heading: TextCard = { kind: 'text', title, paragraphs: [subtitle, CREDIT], ...ping };
  return [heading, ...sections.flatMap((section) => paperCards(section, title))];
}

function paperCards({ heading, entries }: CardSection, under: string): Card[] {
  const notes = heading === undefined ? [] : [heading];
  return entries.map((entry) => ({ kind: 'paper', entry, notes, under }));
}

function editionTitle({ sections, listings }: Edition): string {
  const own = sections.filter(({ kind }) => kind === 'list').flatMap(({ listing }) => listing ?? []);
  const first = own[0] ?? listings[0];
  if (own.length > 1) {
    const days = own.map(({ key }) => key).sort();
    return `Papers of ${days.length} days, ${days[0]} to ${days.at(-1)}`;
  }
  return first ? listingTitle(first) : 'More papers';
}

function composeSections(
  edition: Edition,
  feed: Pick<Feed, 'isDigest'>,
  papers: ShownPapers,
  reasons: ShownReasons,
): CardSection[] {
  const hasOneGroup = edition.sections.length === 1 && edition.sections[0]?.kind === 'list';
  let number = 0;
  return edition.sections.map((section) => ({
    ...(hasOneGroup ? {} : { heading: sectionHeading(section, edition, feed) }),
    entries: section.paperIds.flatMap((id) => {
      const paper = papers.get(id);
      const reason = reasons.get(id);
      number += 1;
      return paper ? { number, paper, ...(reason === undefined ? {} : { reason }) } : [];
    }),
  }));
}

function sectionHeading(
  { kind, listing }: Section,
  edition: Edition,
  { isDigest }: Pick<Feed, 'isDigest'>,
): string {
  switch (kind) {
    case 'list': {
      const isAlone =
        edition.listings.length === 1 && listing && sameListing(listing, edition.listings[0] as Listing);
      return listing?.kind === 'daily' && !isAlone ? dayName(listing.key) : 'New';
    }
    case 'late':
      // Of a digest it may as well be that its member has begun to follow something since.
      if (isDigest) return `From the list of ${listing ? dayName(listing.key) : 'before'}`;
      return `Joined the list of ${listing ? dayName(listing.key) : 'before'} later`;
    case 'reached':
      return 'Now with enough votes';
    case 'rising':
      return 'Rising';
    default:
      return kind satisfies never;
  }
}

function nothingNew({ slot, listings }: Edition): TextCard {
  const listing = listings[0];
  const what = listing
    ? `${listingTitle(listing)}: nothing new.`
    : `There is no new list on ${dayName(slot.day)}.`;
  return { kind: 'text', title: 'Nothing new', paragraphs: [what] };
}

function count(papers: number): string {
  return papers === 1 ? '1 paper' : `${papers} papers`;
}
