import type { Services } from '../src/abilities.ts';
import type { Command, Invocation } from '../src/command.ts';
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
import { askedPage, LIMIT, PAGE, turnPages } from './paging.ts';

type Period = Exclude<ListingKind, 'search'>;

/** Makes the command that shows one kind of listing. */
export function createListingCommand(
  kind: Period,
  { name, period, example }: { name: string; period?: WrittenOption; example: string },
): Command {
  return createCommand({
    name,
    options: period ? [period, PAGE, LIMIT] : [PAGE, LIMIT],
    audience: 'member',
    isReading: true,
    example,
    async run(invocation, services) {
      const listing = askedListing(kind, period?.name, invocation);
      // Pages of today's list are of that day, whenever they are turned.
      const pinned = period ? { [period.name]: listing.key } : {};
      return await showListing(listing, invocation, services, pinned);
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
  if (fault) throw new CommandError(faultText(fault, textsFor(locale)), option);
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

/** A page of a listing as a reply; one without papers says so. `pinned`: the options by which it is had again. */
async function showListing(
  listing: Listing,
  invocation: Invocation,
  services: Services,
  pinned: Invocation['options'],
) {
  const texts = textsFor(invocation.locale);
  const { number, offset, limit } = askedPage(invocation);
  const reading = await services.read(listing, invocation.signal);
  const { fetched } = reading;
  const papers = fetched.papers.slice(offset, offset + limit);
  const again = { ...invocation, options: { ...invocation.options, ...pinned } };
  const actions = turnPages(again, number, offset + papers.length < fetched.papers.length);
  const more = actions.length > 0 ? { actions } : {};
  if (papers.length > 0) {
    const card = listCard(papers, reading, texts, offset);
    const { subtitle = '' } = card;
    const paged = number === 1 ? {} : { subtitle: texts.search.page(number, subtitle) };
    return answer([{ ...card, ...paged, ...more }], { ...fetched, papers });
  }
  const { none, noMore, notYet } = texts.listing;
  const why = fetched.papers.length > 0 ? [noMore] : [none, notYet];
  return answer([{ ...text(titleOf(fetched.listing, texts), why), ...more }], { ...fetched, papers });
}
