import type { FeedSettings, Services } from '../../src/abilities.ts';
import type { Invocation, Option } from '../../src/command.ts';
import { isTimeOfDay, isZone, WEEKDAYS, type Weekday } from '../../src/domain/calendar.ts';
import { FEED_LISTINGS, type FeedListing, type Layout, MAX_LIMIT } from '../../src/domain/feed.ts';
import { slugOf } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';

/** What `feed add` and `feed edit` can set, in the order of importance. */
export const SETTINGS: readonly Option[] = [
  { name: 'time', summary: 'When to post, as HH:MM in the feed’s zone (default 09:00)', type: 'text' },
  { name: 'zone', summary: 'Time zone, such as Europe/Berlin (default UTC)', type: 'text' },
  { name: 'listing', summary: 'Which list (default daily)', type: 'text', choices: FEED_LISTINGS },
  { name: 'days', summary: 'Weekdays, such as mon,wed or daily (default mon-fri)', type: 'text' },
  {
    name: 'limit',
    summary: `Papers of each list, 1 to ${MAX_LIMIT} (default 10)`,
    type: 'integer',
    min: 1,
    max: MAX_LIMIT,
  },
  {
    name: 'layout',
    summary: 'One message, or one a paper (default digest)',
    type: 'text',
    choices: ['digest', 'cards'],
  },
  { name: 'include', summary: 'Only papers with one of these words, separated by commas', type: 'text' },
  { name: 'exclude', summary: 'No papers with one of these words, separated by commas', type: 'text' },
  { name: 'topics', summary: 'Only papers of one of these topics, separated by commas', type: 'text' },
  { name: 'code-only', summary: 'Only papers with code', type: 'flag' },
  { name: 'min-votes', summary: 'Only papers with so many votes', type: 'integer', min: 0, max: 10_000 },
  {
    name: 'ripe-hours',
    summary: 'How long a daily list is left to grow first (default 5)',
    type: 'integer',
    min: 0,
    max: 48,
  },
  {
    name: 'patience-hours',
    summary: 'How long to wait for a list that is late (default 4)',
    type: 'integer',
    min: 0,
    max: 24,
  },
  {
    name: 'refresh-hours',
    summary: 'Bring votes and stars of posted cards up to date once, after so long; 0 never (default 24)',
    type: 'integer',
    min: 0,
    max: 168,
  },
  { name: 'say-nothing-new', summary: 'Post a line when there is nothing new', type: 'flag' },
];

function readDays(given: string): Weekday[] {
  const wanted = given.toLowerCase().trim();
  if (['daily', 'all', 'every day'].includes(wanted)) return [...WEEKDAYS];
  const days = wanted.split(/[\s,]+/).flatMap((part) => dayRange(part, given));
  return WEEKDAYS.filter((day) => days.includes(day));
}

/** `mon-fri` or `wed`; a range may run over the week's end. */
function dayRange(part: string, given: string): Weekday[] {
  const [from, to = from, ...more] = part.split(/[-–]/).map(dayIndex);
  if (from === undefined || to === undefined || from < 0 || to < 0 || more.length > 0) {
    throw new CommandError(`"${given}" are no weekdays. Write them as mon,wed,fri or mon-fri, or daily.`);
  }
  return WEEKDAYS.filter((_, index) =>
    from <= to ? index >= from && index <= to : index >= from || index <= to,
  );
}

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `mon`, `tues` or `wednesday`; -1 for anything else. */
function dayIndex(name: string): number {
  return name.length < 3 ? -1 : DAY_NAMES.findIndex((day) => day.startsWith(name));
}

function readWords(given: string): string[] {
  const words = given.split(',').map((word) => word.trim());
  return words.filter((word) => word !== '' && word !== 'none');
}

/** As slugs; whether there are such topics is asked where it is known. */
function readTopics(given: string): string[] {
  return readWords(given)
    .map(slugOf)
    .filter((slug) => slug !== '');
}

/** Turns options into settings; throws `CommandError` with what is wrong and an example. */
export function readSettings({ options }: Invocation): FeedSettings {
  const { time, zone } = options;
  if (time !== undefined && !isTimeOfDay(String(time))) {
    throw new CommandError(`"${time}" is not a time of day. Write it as HH:MM, for example 09:00 or 17:30.`);
  }
  if (zone !== undefined && !isZone(String(zone))) {
    throw new CommandError(
      `"${zone}" is not a time zone. Give one such as Europe/Berlin, America/New_York or UTC.`,
    );
  }
  const given = <T>(name: string, read: (value: string) => T): T | undefined =>
    options[name] === undefined ? undefined : read(String(options[name]));
  const filters = {
    include: given('include', readWords),
    exclude: given('exclude', readWords),
    topics: given('topics', readTopics),
    codeOnly: given('code-only', (value) => value === 'true'),
    minVotes: given('min-votes', Number),
  };
  const settings = {
    time: given('time', String),
    zone: given('zone', String),
    listing: given('listing', (value) => value as FeedListing),
    days: given('days', readDays),
    limit: given('limit', Number),
    layout: given('layout', (value) => value as Layout),
    ripeHours: given('ripe-hours', Number),
    patienceHours: given('patience-hours', Number),
    refreshHours: given('refresh-hours', Number),
    announcesNothing: given('say-nothing-new', (value) => value === 'true'),
  };
  return { ...defined(settings), filters: defined(filters) };
}

/** Errors: `CommandError` for a topic that the workspace does not know: it would let nothing through. */
export async function checkTopics(
  { filters }: FeedSettings,
  { place }: Invocation,
  people: Services['people'],
): Promise<void> {
  const wanted = filters?.topics ?? [];
  if (wanted.length === 0) return;
  const known = (await people.topics(place)).map(({ topic }) => topic.slug);
  const unknown = wanted.find((slug) => !known.includes(slug));
  if (unknown !== undefined)
    throw new CommandError(`There is no topic "${unknown}". "topics list" shows what there is.`);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
