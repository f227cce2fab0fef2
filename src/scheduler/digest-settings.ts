import type { DigestSettings, FeedStatus } from '../abilities.ts';
import type { Instant } from '../domain/calendar.ts';
import { type Destination, FEED_DEFAULTS, type Feed, type FeedId } from '../domain/feed.ts';
import { RefusedError } from '../errors.ts';
import { changeInWords, wanted } from './digest-changes.ts';
import type { DigestsDependencies } from './digests.ts';
import { leadingHere } from './leading.ts';
import { lookNow } from './look-now.ts';
import { bringTo, openThread } from './thread.ts';
import { timed } from './timed.ts';

/** See `Digests.change`. */
export async function setDigest(
  id: FeedId,
  { place, member, settings }: { place: Destination; member: string; settings: DigestSettings },
  dependencies: DigestsDependencies,
): Promise<FeedStatus | undefined> {
  const { store, clock, privateThread } = dependencies;
  const leading = settings.withEdition ? await leadingHere(place, store) : undefined;
  if (settings.withEdition && !leading) throw new RefusedError('no-edition-here');
  const kept = await store.feeds.get(id);
  const shown = kept && (await timed(kept, store));
  if (!shown) return undefined;
  const thread = settings.inThread ? await openThread(place, member, privateThread) : undefined;
  // Should we die before the change, what is planned goes there with the next daily look.
  if (thread) await bringTo(thread, id, dependencies);
  const given = { ...settings, shown, leading: leading?.id, thread, at: clock.now() };
  const status = await changeInWords(id, (feed) => changed(feed, given), dependencies);
  // What waits for the end of quiet hours need not wait for it any more.
  if (settings.quiet !== undefined) await lookNow(id, { store, clock });
  return status;
}

/** What a member wants of their digest, and what that means here. */
interface Change extends DigestSettings {
  /** The time that it keeps until now, be it that of another feed; whoever gives one part of it keeps the other. */
  shown: Pick<Feed, 'time' | 'zone'>;
  /** The feed whose time it keeps from now on. */
  leading: FeedId | undefined;
  /** Where it comes from now on. */
  thread: Destination | undefined;
  at: Instant;
}

function changed(feed: Feed, given: Change): Feed {
  const { every, time, zone, limit, quiet, shown, leading, thread, at } = given;
  const { alongside, quiet: quietBefore, ...rest } = feed;
  const quietNow = quiet === 'none' ? undefined : (quiet ?? quietBefore);
  const hasOwnTime = time !== undefined || zone !== undefined;
  const led = leading ?? (hasOwnTime ? undefined : alongside);
  const timedAnew = {
    ...rest,
    ...(led === undefined ? {} : { alongside: led }),
    ...(hasOwnTime ? { time: time ?? shown.time, zone: zone ?? shown.zone } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(quietNow === undefined ? {} : { quiet: quietNow }),
  };
  // Whoever wants it in a thread wants it.
  const placed = thread
    ? { ...wanted(timedAnew, at), state: 'active' as const, destination: thread }
    : timedAnew;
  return every === undefined ? placed : withCadence(placed, every, at);
}

function withCadence(feed: Feed, every: NonNullable<DigestSettings['every']>, at: Instant): Feed {
  const { isResting: _, ...kept } = feed;
  if (every === 'never') return { ...kept, state: 'paused' };
  if (every === 'weekly') return { ...wanted(feed, at), listing: 'weekly', days: ['mon'] };
  return { ...wanted(feed, at), listing: 'daily', days: [...FEED_DEFAULTS.days] };
}
