import type { FeedSettings, Services } from '../../src/abilities.ts';
import type { Invocation } from '../../src/command.ts';
import { isTimeOfDay, isZone, WEEKDAYS, type Weekday } from '../../src/domain/calendar.ts';
import {
  FEED_LISTINGS,
  type FeedId,
  type FeedListing,
  type Layout,
  MAX_LIMIT,
  memberOf,
} from '../../src/domain/feed.ts';
import { slugIn } from '../../src/domain/topic.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import type { WrittenOption } from '../command.ts';

/** What `feed add` and `feed edit` can set, in the order of importance. */
export const SETTINGS: readonly WrittenOption[] = [
  { name: 'channel', type: 'channel' },
  { name: 'time', type: 'text' },
  { name: 'zone', type: 'text', completedBy: ['zone'] },
  { name: 'listing', type: 'text', choices: FEED_LISTINGS },
  { name: 'days', type: 'text' },
  { name: 'limit', type: 'integer', min: 1, max: MAX_LIMIT },
  { name: 'layout', type: 'text', choices: ['digest', 'cards'] },
  { name: 'include', type: 'text' },
  { name: 'exclude', type: 'text' },
  { name: 'topics', type: 'text', completedBy: ['topic'], isList: true },
  { name: 'code-only', type: 'flag' },
  { name: 'min-votes', type: 'integer', min: 0, max: 10_000 },
  { name: 'role', type: 'role' },
  { name: 'ripe-hours', type: 'integer', min: 0, max: 48 },
  { name: 'patience-hours', type: 'integer', min: 0, max: 24 },
  { name: 'refresh-hours', type: 'integer', min: 0, max: 168 },
  { name: 'say-nothing-new', type: 'flag' },
];

function readDays(given: string, { feed: say }: Texts): Weekday[] {
  const wanted = given.toLowerCase().trim();
  if (['daily', 'all', 'every day'].includes(wanted)) return [...WEEKDAYS];
  const ranges = wanted.split(/[\s,]+/).map(dayRange);
  if (ranges.some((range) => !range)) throw new CommandError(say.noDays(given), 'days');
  return WEEKDAYS.filter((day) => ranges.some((range) => range?.includes(day)));
}

/** `mon-fri` or `wed`; a range may run over the week's end. Undefined for anything else. */
function dayRange(part: string): Weekday[] | undefined {
  const [from, to = from, ...more] = part.split(/[-–]/).map(dayIndex);
  if (from === undefined || to === undefined || from < 0 || to < 0 || more.length > 0) return undefined;
  return WEEKDAYS.filter((_, index) =>
    from <= to ? index >= from && index <= to : index >= from || index <= to,
  );
}

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `mon`, `tues` or `wednesday`; -1 for anything else. */
function dayIndex(name: string): number {
  return name.length < 3 ? -1 : DAY_NAMES.findIndex((day) => day.startsWith(name));
}

/** A channel is not a member: what is posted on a schedule comes to nobody who did not ask for it. */
function readChannel(given: string, { feed: say }: Texts): string {
  const channel = given.trim();
  if (channel === '' || memberOf({ channel }) !== undefined)
    throw new CommandError(say.noChannel(given), 'channel');
  return channel;
}

function readWords(given: string): string[] {
  const words = given.split(',').map((word) => word.trim());
  return words.filter((word) => word !== '' && word !== 'none');
}

/** As slugs; whether there are such topics is asked where it is known. */
function readTopics(given: string): string[] {
  return readWords(given)
    .map(slugIn)
    .filter((slug) => slug !== '');
}

/** Turns options into settings; throws `CommandError` with what is wrong and an example. */
export function readSettings({ options, locale }: Invocation): FeedSettings {
  const texts = textsFor(locale);
  const { time, zone } = options;
  if (time !== undefined && !isTimeOfDay(String(time)))
    throw new CommandError(texts.feed.noTime(String(time)), 'time');
  if (zone !== undefined && !isZone(String(zone)))
    throw new CommandError(texts.feed.noZone(String(zone)), 'zone');
  const given = <T>(name: string, read: (value: string, texts: Texts) => T): T | undefined =>
    options[name] === undefined ? undefined : read(String(options[name]), texts);
  const filters = {
    include: given('include', readWords),
    exclude: given('exclude', readWords),
    topics: given('topics', readTopics),
    codeOnly: given('code-only', (value) => value === 'true'),
    minVotes: given('min-votes', Number),
  };
  const settings = {
    channel: given('channel', readChannel),
    time: given('time', String),
    zone: given('zone', String),
    listing: given('listing', (value) => value as FeedListing),
    days: given('days', readDays),
    limit: given('limit', Number),
    layout: given('layout', (value) => value as Layout),
    role: given('role', (value) => value.trim().replace(/^none$/i, '')),
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
  { place, locale }: Invocation,
  people: Services['people'],
): Promise<void> {
  const wanted = filters?.topics ?? [];
  if (wanted.length === 0) return;
  const known = (await people.topics(place)).map(({ topic }) => topic.slug);
  const unknown = wanted.find((slug) => !known.includes(slug));
  if (unknown !== undefined) throw new CommandError(textsFor(locale).topics.unknown(unknown), 'topics');
}

/** Errors: `CommandError` with what keeps the feed, a new one or one that is there, from being posted so. */
export async function checkObstacles(
  settings: FeedSettings,
  { place, locale }: Invocation,
  feeds: Services['feeds'],
  id?: FeedId,
): Promise<void> {
  const asked = { place, ...(id === undefined ? {} : { id }), ...(locale === undefined ? {} : { locale }) };
  const obstacles = await feeds.obstacles(asked, settings);
  if (obstacles.length > 0)
    throw new CommandError(textsFor(locale).feed.obstacles(obstacles.join(' ')), 'channel');
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
