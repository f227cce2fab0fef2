import { previewText } from '../../commands/feed/preview.ts';
import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import { addMs, type Instant, isDay, msBetween } from '../domain/calendar.ts';
import { wentWell } from '../domain/edition.ts';
import { FIRST_DAY } from '../domain/listing.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { textsFor } from '../texts/index.ts';
import { readArguments } from './arguments.ts';
import { withSession } from './session.ts';

const SPEC = {
  usage: 'paperwire post --feed … [--dry-run] [--now …]',
  options: { feed: { type: 'string' }, 'dry-run': { type: 'boolean' }, now: { type: 'string' } },
  help: {
    feed: 'The feed, as `paperwire status` names it',
    'dry-run': 'Show the edition and post nothing',
    now: 'Act as if it were this instant, for example 2026-11-23T09:00:00Z',
  },
} as const;

/** Whoever shares the store takes a time that is not theirs for a clock that is wrong, or what is on its way for lost. */
const ONLY_SHOWN =
  'With a store on a server --now only shows the edition, as other processes go by the present time: add --dry-run, or leave --now out.';

/** `paperwire post`: does one feed's slot of today now. Exit 1 when it did not go out, or could not be made to be shown. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  if (values.feed === undefined)
    throw new UsageError('Say which feed: paperwire post --feed <id>. See paperwire status.');
  const { feed: id } = values;
  const clock = values.now === undefined ? systemClock : clockFrom(readInstant(values.now));
  return await withSession(
    async ({ bot, signal, show }) => {
      const isOnlyShown = values['dry-run'] === true;
      if (values.now !== undefined && !isOnlyShown && bot.store.serverTime) throw new UsageError(ONLY_SHOWN);
      const feed = await bot.store.feeds.get(id);
      // A digest is somebody's own, and no command shows it to others.
      if (!feed || feed.isDigest)
        throw new UsageError(`There is no feed "${id}". paperwire status lists the ones there are.`);
      if (isOnlyShown) {
        const preview = await bot.feeds.preview(feed.destination, id, signal);
        await show(preview?.cards ?? []);
        process.stderr.write(`${previewText(preview ?? { cards: [] }, textsFor(undefined))}\n`);
        return preview?.reason === undefined ? 0 : 1;
      }
      const slot = await bot.feeds.run(feed.destination, id, signal);
      process.stderr.write(`${slot?.day}: ${slot?.state}. ${slot?.sentence}\n`);
      return slot && wentWell(slot.state) ? 0 : 1;
    },
    { clock, quietLog: true, withPlatforms: true },
  );
};

function readInstant(given: string): Instant {
  const [, day = '', year = ''] =
    /^((\d{4})-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.exec(given) ?? [];
  const isReal =
    isDay(day) && year >= FIRST_DAY.slice(0, 4) && year < '2100' && !Number.isNaN(Date.parse(given));
  if (!isReal) throw new UsageError(`"${given}" is no instant. Write it like 2026-11-23T09:00:00Z.`);
  return new Date(given).toISOString();
}

/** A clock that starts at another instant and runs from there. */
function clockFrom(start: Instant): Clock {
  const shiftMs = msBetween(systemClock.now(), start);
  return { ...systemClock, now: () => addMs(systemClock.now(), shiftMs) };
}
