import type { FeedStatus } from './abilities.ts';
import type { Completion } from './command.ts';
import { MOST_SUGGESTIONS } from './search.ts';

const ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

/** Time zones that what was typed may mean: names that begin with it first, then those with a word that does. */
export function completeZone(typed: string): Completion[] {
  const wanted = plain(typed);
  return best(ZONES, (zone) => rank(plain(zone), wanted)).map((zone) => ({
    kind: 'zone',
    label: zone,
    value: zone,
  }));
}

/** Feeds of a workspace that what was typed may mean, by their id or anything of their label. */
export function completeFeed(typed: string, feeds: readonly FeedStatus[]): Completion[] {
  const wanted = plain(typed);
  const all = feeds.map(({ feed: { id, destination, time, zone } }) => ({
    kind: 'feed' as const,
    label: `${id} · ${destination.channel} · ${time} ${zone}`,
    value: id,
  }));
  return best(all, ({ label }) => rank(plain(label), wanted));
}

/** As people type it: `new york` for `America/New_York`. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}+:-]+/gu, ' ')
    .trim();
}

/** 0 begins with it, 1 a word begins with it, 2 it stands somewhere; undefined where it does not. */
function rank(text: string, wanted: string): number | undefined {
  if (text.startsWith(wanted)) return 0;
  if (` ${text}`.includes(` ${wanted}`)) return 1;
  return text.includes(wanted) ? 2 : undefined;
}

/** Those that have a rank, the lowest first, of equals in the given order. */
function best<T>(all: readonly T[], rankOf: (one: T) => number | undefined): T[] {
  const ranked = all.flatMap((one) => {
    const rank = rankOf(one);
    return rank === undefined ? [] : [{ one, rank }];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ one }) => one);
}
