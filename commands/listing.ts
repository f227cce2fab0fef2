import type { Services } from '../src/abilities.ts';
import type { Command, Invocation, Option } from '../src/command.ts';
import { FEED_DEFAULTS } from '../src/domain/feed.ts';
import { currentListing, type Listing, type ListingKind, periodProblem } from '../src/domain/listing.ts';
import { listingTitle } from '../src/domain/title.ts';
import { CommandError } from '../src/errors.ts';
import { answer, listCard, text } from './cards.ts';
import { LIMIT } from './paging.ts';

type Period = Exclude<ListingKind, 'search'>;

/** Makes the command that shows one kind of listing. */
export function createListingCommand(
  kind: Period,
  options: {
    name: string;
    summary: string;
    period?: Option;
    example: string;
  },
): Command {
  return {
    name: options.name,
    summary: options.summary,
    options: options.period ? [options.period, LIMIT] : [LIMIT],
    audience: 'member',
    example: options.example,
    async run(invocation, services) {
      const listing = askedListing(kind, options.period?.name, invocation);
      return await showListing(listing, invocation, services);
    },
  };
}

function askedListing(kind: Period, option: string | undefined, { options, at }: Invocation): Listing {
  const asked = option === undefined ? undefined : options[option];
  if (asked === undefined || kind === 'trending') return currentListing(kind, at);
  const key = String(asked).trim();
  const problem = periodProblem(kind, key, at);
  if (problem) throw new CommandError(problem);
  return { kind, key };
}

/** A listing as a reply; one without papers says so. */
async function showListing(listing: Listing, invocation: Invocation, services: Services) {
  const reading = await services.read(listing, invocation.signal);
  const papers = reading.fetched.papers.slice(0, Number(invocation.options.limit ?? FEED_DEFAULTS.limit));
  if (papers.length > 0) return answer([listCard(papers, reading)], { ...reading.fetched, papers });
  const why = 'The source lists no papers there (yet).';
  return answer([text(listingTitle(reading.fetched.listing), ['No papers.', why])], reading.fetched);
}
