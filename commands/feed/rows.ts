import type { FeedStatus } from '../../src/abilities.ts';
import { type Instant, localTime } from '../../src/domain/calendar.ts';
import type { TextCard } from '../../src/domain/card.ts';
import { isUndecided } from '../../src/domain/delivery.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { utcText } from '../../src/domain/title.ts';
import { daysText } from '../cards.ts';

type Rows = NonNullable<TextCard['rows']>;

/** A slot in words: its date, what became of it and why. */
export function slotText({ day, state, sentence, lookAgainAt }: SlotRecord): string {
  const again = lookAgainAt ? ` Looks again at ${utcText(lookAgainAt)}.` : '';
  return `${day}: ${state.replaceAll('-', ' ')}. ${sentence}${again}`;
}

function dueText(feed: Feed, at: Instant): string {
  const { day, time } = localTime(at, feed.zone);
  return feed.zone === 'UTC' ? utcText(at) : `${day} ${time} ${feed.zone} (${utcText(at)})`;
}

/** What a feed is set to and how it stands, as rows. */
export function feedRows(status: FeedStatus): Rows {
  const { feed } = status;
  const { filters } = feed;
  const wants = [
    filters.include.length > 0 ? `with ${filters.include.join(' or ')}` : '',
    filters.exclude.length > 0 ? `without ${filters.exclude.join(' and ')}` : '',
    filters.topics.length > 0 ? `on ${filters.topics.join(' or ')}` : '',
    filters.codeOnly ? 'with code' : '',
    filters.minVotes > 0 ? `from ${filters.minVotes} votes` : '',
  ].filter((part) => part !== '');
  return [
    { name: 'Posts', value: `the ${feed.listing} list at ${feed.time} ${feed.zone}, ${daysText(feed.days)}` },
    { name: 'Where', value: `${feed.destination.platform}, ${feed.destination.channel}` },
    { name: 'Papers', value: [`up to ${feed.limit} of each list`, ...wants].join(', ') },
    { name: 'Layout', value: feed.layout },
    {
      name: 'Waits',
      value: `${feed.ripeHours} h for a list to grow, up to ${feed.patienceHours} h for a late one`,
    },
    {
      name: 'Refreshes',
      value: feed.refreshHours > 0 ? `figures once, ${feed.refreshHours} h after posting` : 'never',
    },
    ...standing(status),
  ];
}

/** How a feed stands, as rows. */
export function standing(status: FeedStatus): Rows {
  const { feed, lastSlot, lastEdition, nextDueAt, openDeliveries, alarm } = status;
  const waiting = lastSlot?.state === 'waiting' ? lastSlot.waitingSinceAt : undefined;
  const isOlder = lastEdition && lastEdition.day !== lastSlot?.day;
  return [
    { name: 'State', value: feed.state },
    { name: 'Last', value: lastSlot ? slotText(lastSlot) : 'nothing yet' },
    ...(isOlder ? [{ name: 'Last posted', value: slotText(lastEdition) }] : []),
    ...(waiting ? [{ name: 'Waiting since', value: dueText(feed, waiting) }] : []),
    { name: 'Next', value: nextDueAt ? dueText(feed, nextDueAt) : 'not while it is not active' },
    ...(openDeliveries.length > 0 ? [{ name: 'Not out', value: openText(openDeliveries) }] : []),
    ...(alarm ? [{ name: 'Alarm', value: `since ${utcText(alarm.raisedAt)}: ${alarm.sentence}` }] : []),
  ];
}

/** How many messages are not out, and what may be done about those of which a person has to decide. */
function openText(open: FeedStatus['openDeliveries']): string {
  const counts = [...Map.groupBy(open, ({ state }) => state)].map(
    ([state, some]) => `${some.length} ${state}`,
  );
  const [first] = open.filter(isUndecided);
  const advice = first
    ? `. "delivery resend ${first.id}" sends again, "delivery dismiss ${first.id}" lets it be`
    : '';
  return `${counts.join(', ')}${advice}. "delivery list" shows all.`;
}
