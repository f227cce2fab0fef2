import { listCard } from '../../commands/cards.ts';
import { faultText } from '../../commands/listing.ts';
import type { Reading } from '../abilities.ts';
import type { Instant } from '../domain/calendar.ts';
import { currentListing, type Listing, MAX_QUERY_LENGTH, newestDay, periodFault } from '../domain/listing.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { dailyHistory } from '../pipeline/recall.ts';
import { settle } from '../pipeline/settle.ts';
import { readArguments } from './arguments.ts';
import type { FetchJson } from './json.ts';
import { printJson, type Session, withSession } from './session.ts';

const SPEC = {
  usage: 'paperwire fetch [--day … | --week … | --month … | --trending | --search …] [--way …] [--json]',
  options: {
    day: { type: 'string' },
    date: { type: 'string' },
    week: { type: 'string' },
    month: { type: 'string' },
    trending: { type: 'boolean' },
    search: { type: 'string' },
    way: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    day: 'A daily list, as YYYY-MM-DD; the newest when nothing is said',
    date: 'The same as --day',
    week: 'A weekly list, as YYYY-Www',
    month: 'A monthly list, as YYYY-MM',
    trending: 'The trending list',
    search: 'What the source finds for some words',
    way: 'Only this way in: api, hydration or markup; nothing is completed from elsewhere',
    json: 'One JSON document instead of text',
  },
} as const;

type Values = NonNullable<ReturnType<typeof readArguments<(typeof SPEC)['options']>>>;

/** `paperwire fetch`: reads one listing and shows it. Exit 1 where it could not be read; what stands in for it is shown. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  return await withSession(
    async (session) => {
      const listing = askedListing(values, session.clock.now());
      const way = checkWay(values.way, session.bot.source.ways);
      const reading = await session.wait(
        `Reading ${listing.kind} ${listing.key}`,
        way ? readByWay(listing, way, session) : session.bot.reader.read(listing, session.signal),
      );
      if (values.json) await printJson(toJson(reading));
      else await session.show([listCard(reading.fetched.papers, reading)]);
      const standIn = standInText(reading);
      if (standIn === undefined) return 0;
      process.stderr.write(`${standIn}\n`);
      return 1;
    },
    { quietLog: true },
  );
};

function askedListing({ day, date, week, month, trending, search }: Values, at: Instant): Listing {
  const asked = [
    { kind: 'daily', key: day },
    { kind: 'daily', key: date },
    { kind: 'weekly', key: week },
    { kind: 'monthly', key: month },
    { kind: 'trending', key: trending ? 'now' : undefined },
    { kind: 'search', key: search?.trim() },
  ].filter((one): one is Listing => one.key !== undefined);
  if (asked.length > 1)
    throw new UsageError('Ask for one listing at a time: a day, a week, a month, trending or a search.');
  const listing = asked[0] ?? currentListing('daily', at);
  if (listing.kind === 'search' && (listing.key === '' || listing.key.length > MAX_QUERY_LENGTH)) {
    throw new UsageError(`Say what to search for, in up to ${MAX_QUERY_LENGTH} characters.`);
  }
  const isPeriod = listing.kind !== 'trending' && listing.kind !== 'search';
  const fault = isPeriod ? periodFault(listing.kind as 'daily', listing.key, at) : undefined;
  if (fault) throw new UsageError(faultText(fault));
  return listing;
}

function checkWay(way: string | undefined, ways: readonly string[]): string | undefined {
  if (way === undefined || ways.includes(way)) return way;
  throw new UsageError(`"${way}" is no way in. There are: ${ways.join(', ')}.`);
}

async function readByWay(listing: Listing, way: string, { bot, clock, signal }: Session): Promise<Reading> {
  const fetched = await bot.source.read(listing, { way, signal });
  const at = clock.now();
  const history = await dailyHistory(listing.kind === 'daily' ? listing.key : newestDay(at), bot.store);
  return { fetched, state: settle(fetched, history, at).state };
}

/** What was shown in the place of a listing, and why; undefined for one that was read. */
function standInText({ fetched: { way, warnings } }: Reading): string | undefined {
  if (way !== 'sample' && way !== 'archive') return undefined;
  const shown =
    way === 'sample' ? 'the sample that comes with Paperwire, and no real list' : 'what the archive has';
  const reasons = warnings.filter(({ code }) => code === 'source').map(({ message }) => message);
  return [`The source could not be read. This is ${shown}.`, ...reasons].join(' ');
}

function toJson({ fetched, state }: Reading): FetchJson {
  const { listing, way, fetchedAt, papers, warnings } = fetched;
  return { listing, state, way, fetchedAt, papers, warnings };
}
