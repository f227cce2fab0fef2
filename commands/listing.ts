import type { Services } from '../src/abilities.ts';
import type { Command, Invocation } from '../src/command.ts';
import { FEED_DEFAULTS } from '../src/domain/feed.ts';
import {
  currentListing,
  type Listing,
  type ListingKind,
  type PeriodFault,
  periodFault,
} from '../src/domain/listing.ts';
import { CommandError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, listCard, text, titleOf } from './cards.ts';
import { createCommand, type WrittenOption } from './command.ts';
import { LIMIT } from './paging.ts';

type Period = Exclude<ListingKind, 'search'>;

/** Makes the command that shows one kind of listing. */
export function createListingCommand(
  kind: Period,
  { name, period, example }: { name: string; period?: WrittenOption; example: string },
): Command {
  return createCommand({
    name,
    options: period ? [period, LIMIT] : [LIMIT],
    audience: 'member',
    example,
    async run(invocation, services) {
      const listing = askedListing(kind, period?.name, invocation);
      return await showListing(listing, invocation, services);
    },
  });
}

function askedListing(
  kind: Period,
  option: string | undefined,
  { options, at, locale }: Invocation,
): Listing {
  const asked = option === undefined ? undefined : options[option];
  if (asked === undefined || kind === 'trending') return currentListing(kind, at);
  const key = String(asked).trim();
  const fault = periodFault(kind, key, at);
  if (fault) throw new CommandError(faultText(fault, textsFor(locale)));
  return { kind, key };
}

/** What is wrong with a period, in a sentence. */
export function faultText(
  { kind, key, fault, bound }: PeriodFault,
  { listing } = textsFor(undefined),
): string {
  const name = listing.kinds[kind];
  if (fault === 'early') return listing.early(name, key, bound);
  return fault === 'late'
    ? listing.late(name, key, bound)
    : listing.noPeriod(key, listing.forms[kind], bound);
}

/** A listing as a reply; one without papers says so. */
async function showListing(listing: Listing, invocation: Invocation, services: Services) {
  const texts = textsFor(invocation.locale);
  const reading = await services.read(listing, invocation.signal);
  const papers = reading.fetched.papers.slice(0, Number(invocation.options.limit ?? FEED_DEFAULTS.limit));
  if (papers.length > 0) return answer([listCard(papers, reading, texts)], { ...reading.fetched, papers });
  const { none, notYet } = texts.listing;
  return answer([text(titleOf(reading.fetched.listing, texts), [none, notYet])], reading.fetched);
}
