import type { FeedStatus, Services } from './abilities.ts';
import type { Host } from './adapter.ts';
import type { Command, Completion } from './command.ts';
import type { Locale } from './domain/locale.ts';
import { memberAt } from './domain/member.ts';
import { type Subscription, whatOf } from './domain/subscription.ts';
import { MOST_SUGGESTIONS } from './search.ts';
import { summaryIn, type Texts, textsFor } from './texts/index.ts';
import { labelIn, topicIn } from './texts/topic.ts';

/** See `Host.complete`. */
export async function complete(
  asked: Parameters<Host['complete']>[0],
  commands: readonly Command[],
  services: Pick<Services, 'feeds' | 'people' | 'search'>,
): Promise<Completion[]> {
  const command = commands.find(({ name }) => name === asked.command);
  const option = command?.options.find(({ name }) => name === asked.option);
  if (!option?.isList) return await completeOne(asked, option?.completedBy ?? [], commands, services);
  // What stands before the last comma stays.
  const [, before = '', typed = ''] = /^(.*,)?\s*(.*)$/s.exec(asked.typed) ?? [];
  const completions = await completeOne({ ...asked, typed }, option.completedBy ?? [], commands, services);
  if (before === '') return completions;
  return completions.map((one) => ({
    ...one,
    label: `${before} ${one.label}`,
    value: `${before}${one.value}`,
  }));
}

async function completeOne(
  { typed, place, member, locale }: Parameters<Host['complete']>[0],
  kinds: NonNullable<Command['options'][number]['completedBy']>,
  commands: readonly Command[],
  { feeds, people, search }: Pick<Services, 'feeds' | 'people' | 'search'>,
): Promise<Completion[]> {
  const texts = textsFor(locale);
  if (kinds.includes('zone')) return completeZone(typed);
  if (kinds.includes('feed')) return completeFeed(typed, await feeds.list(place), texts);
  if (kinds.includes('command')) {
    const open = commands.filter(({ audience }) => audience === 'member' || member.isManager);
    return completeCommand(typed, open, locale);
  }
  if (kinds.includes('followed')) {
    const { subscriptions } = await people.following(memberAt(place, member.id));
    return completeFollowed(typed, subscriptions, texts);
  }
  if (kinds.length === 0) return [];
  return await search.complete(typed, kinds, place, (topic) => topicIn(topic, texts).name);
}

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
function completeFeed(typed: string, feeds: readonly FeedStatus[], { feed: say }: Texts): Completion[] {
  const wanted = plain(typed);
  const all = feeds.map(({ feed: { id, listing, time, zone } }) => ({
    kind: 'feed' as const,
    label: `${id} · ${say.listings[listing]} · ${time} ${zone}`,
    value: id,
  }));
  return best(all, ({ label }) => rank(plain(label), wanted));
}

/** What somebody follows and may mean, by the name they read or the one they type. */
function completeFollowed(typed: string, followed: readonly Subscription[], texts: Texts): Completion[] {
  const wanted = plain(typed);
  const all = followed.map((one) => ({
    kind: 'followed' as const,
    label: labelIn(one, texts),
    value: whatOf(one),
  }));
  return best(all, ({ label, value }) => rank(plain(label), wanted) ?? rank(plain(value), wanted));
}

/** Commands by their name, each with what it does. */
function completeCommand(
  typed: string,
  commands: readonly Command[],
  locale: Locale | undefined,
): Completion[] {
  const wanted = plain(typed);
  return best(commands, ({ name }) => rank(name, wanted)).map((command) => ({
    kind: 'command',
    label: `${command.name} · ${summaryIn(locale, command) ?? command.summary}`,
    value: command.name,
  }));
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
