import type { FeedStatus } from '../../src/abilities.ts';
import { type Instant, localTime } from '../../src/domain/calendar.ts';
import type { CardRow } from '../../src/domain/card.ts';
import { isUndecided } from '../../src/domain/delivery.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { utcText } from '../../src/domain/title.ts';
import type { Texts } from '../../src/texts/index.ts';
import { daysText } from '../cards.ts';

type Rows = CardRow[];

/** A slot in words: its date, what became of it and why. The reason is a record and English. */
export function slotText(
  { day, state, sentence, lookAgainAt }: SlotRecord,
  { standing: say }: Texts,
): string {
  const slot = say.slot(day, say.slotStates[state], sentence);
  return lookAgainAt ? `${slot} ${say.looksAgain(utcText(lookAgainAt))}` : slot;
}

/** An instant in a feed's zone and in UTC. */
export function dueText({ zone }: Pick<Feed, 'zone'>, at: Instant): string {
  const { day, time } = localTime(at, zone);
  return zone === 'UTC' ? utcText(at) : `${day} ${time} ${zone} (${utcText(at)})`;
}

/** What a feed is set to and how it stands, as rows. */
export function feedRows(status: FeedStatus, texts: Texts): Rows {
  const { feed } = status;
  const say = texts.settings;
  const listing = texts.feed.listings[feed.listing];
  return [
    { name: say.posts, value: say.postsAt(listing, feed.time, feed.zone, daysText(feed.days, texts)) },
    whereRow(feed, texts),
    ...(feed.role === undefined ? [] : [{ name: say.calls, value: feed.role, parts: [{ role: feed.role }] }]),
    { name: say.papers, value: [say.upTo(feed.limit), ...wantsOf(feed, texts)].join(', ') },
    { name: say.layout, value: say.layouts[feed.layout] },
    { name: say.waits, value: say.waitsFor(feed.ripeHours, feed.patienceHours) },
    {
      name: say.refreshes,
      value: feed.refreshHours > 0 ? say.refreshesAfter(feed.refreshHours) : say.never,
    },
    ...standing(status, texts),
  ];
}

/** Where a feed posts; a platform may show its channel in a way of its own. */
export function whereRow({ destination: { platform, channel } }: Feed, { settings: say }: Texts): CardRow {
  return { name: say.where, value: `${platform}, ${channel}`, parts: [{ channel }] };
}

/** Which papers a feed wants, in parts of a sentence. */
function wantsOf({ filters }: Feed, { settings: say }: Texts): string[] {
  const { include, exclude, topics, codeOnly, minVotes } = filters;
  return [
    ...(include.length > 0 ? [say.include(include.join(say.or))] : []),
    ...(exclude.length > 0 ? [say.exclude(exclude.join(say.and))] : []),
    ...(topics.length > 0 ? [say.topics(topics.join(say.or))] : []),
    ...(codeOnly ? [say.codeOnly] : []),
    ...(minVotes > 0 ? [say.minVotes(minVotes)] : []),
  ];
}

/** How a feed stands, as rows. */
export function standing(status: FeedStatus, texts: Texts): Rows {
  const { feed, lastSlot, lastEdition, nextDueAt, openDeliveries, alarm } = status;
  const say = texts.standing;
  const waiting = lastSlot?.state === 'waiting' ? lastSlot.waitingSinceAt : undefined;
  const isOlder = lastEdition && lastEdition.day !== lastSlot?.day;
  return [
    { name: say.state, value: texts.feed.states[feed.state] },
    { name: say.last, value: lastSlot ? slotText(lastSlot, texts) : say.nothingYet },
    ...(isOlder ? [{ name: say.lastPosted, value: slotText(lastEdition, texts) }] : []),
    ...(waiting ? [{ name: say.waitingSince, value: dueText(feed, waiting) }] : []),
    { name: say.next, value: nextDueAt ? dueText(feed, nextDueAt) : say.notWhileInactive },
    ...(openDeliveries.length > 0 ? [{ name: say.notOut, value: openText(openDeliveries, texts) }] : []),
    ...(alarm ? [{ name: say.alarm, value: say.alarmSince(utcText(alarm.raisedAt), alarm.sentence) }] : []),
  ];
}

/** How many messages are not out, and what may be done about those of which a person has to decide. */
function openText(open: FeedStatus['openDeliveries'], { delivery: say }: Texts): string {
  const counts = [...Map.groupBy(open, ({ state }) => state)].map(([state, some]) =>
    say.counted(some.length, say.states[state]),
  );
  const [first] = open.filter(isUndecided);
  return first ? say.countsAdvice(counts.join(', '), first.id) : say.counts(counts.join(', '));
}
