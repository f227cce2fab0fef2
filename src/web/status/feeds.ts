import type { FeedStatus } from '../../abilities.ts';
import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import { isDone, type SlotRecord, wentWell } from '../../domain/edition.ts';
import type { Feed } from '../../domain/feed.ts';
import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import { textsFor } from '../../texts/index.ts';
import { moment, momentIn } from '../moments.ts';
import { type Column, table } from './table.ts';

const { standing: SAY, feed: FEED, settings: SETTINGS, listing: LISTING } = textsFor(undefined);

const WORKDAYS = WEEKDAYS.slice(0, 5)
  .map((day) => LISTING.weekdays[day])
  .join(', ');

/** How each feed stands. */
export function feedsTable(feeds: readonly FeedStatus[], now: string): Html {
  if (feeds.length === 0) return html`<p class="notice">${FEED.none}</p>`;
  const columns: Column<FeedStatus>[] = [
    { name: 'Feed', cell: ({ feed }) => feedName(feed) },
    { name: 'Posts', cell: ({ feed }) => schedule(feed) },
    { name: SAY.state, cell: (status) => stateOf(status, now) },
    { name: 'Last edition', cell: (status) => lastOf(status, now) },
    {
      name: 'Next edition',
      cell: ({ feed, nextDueAt }) =>
        nextDueAt === undefined ? SAY.notWhileInactive : momentIn(feed.zone, nextDueAt, now),
    },
  ];
  return table('How each feed stands', columns, feeds);
}

function feedName({ id, destination }: Feed): Html {
  const { platform, workspace, channel } = destination;
  return html`<code>${said(id)}</code>
<p>${platform}, channel ${said(channel)}</p>
<p class="muted small">workspace ${said(workspace)}</p>`;
}

function schedule({ listing, time, zone, days, limit }: Feed): Html {
  return html`${SETTINGS.postsAt(FEED.listings[listing], time, zone, daysText(days))}, ${SETTINGS.upTo(limit)}`;
}

function daysText(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return FEED.everyDay;
  const names = days.map((day) => LISTING.weekdays[day]).join(', ');
  return names === WORKDAYS ? FEED.weekdays : names;
}

function stateOf({ feed, alarm, openDeliveries }: FeedStatus, now: string): Html {
  const looks = feed.state === 'active' ? 'good' : feed.state === 'suspended' ? 'bad' : '';
  return html`<span class="state ${looks}">${FEED.states[feed.state]}</span>
${openDeliveries.length > 0 && html`<p>${openDeliveries.length} not out</p>`}
${alarm && html`<p><span class="state bad">${SAY.alarm}</span> ${said(alarm.sentence)}</p>\n<p class="muted small">since ${moment(alarm.raisedAt, now)}</p>`}`;
}

function lastOf({ lastSlot, lastEdition }: FeedStatus, now: string): Html {
  if (!lastSlot) return html`${SAY.nothingYet}`;
  const isOlder = lastEdition !== undefined && lastEdition.day !== lastSlot.day;
  return html`${slotOf(lastSlot, now)}\n${isOlder && html`<p>${SAY.lastPosted}:</p>\n${slotOf(lastEdition, now)}`}`;
}

function slotOf({ day, state, sentence, changedAt, lookAgainAt }: SlotRecord, now: string): Html {
  const looks = wentWell(state) ? 'good' : isDone(state) ? 'bad' : '';
  return html`<p><span class="state ${looks}">${SAY.slotStates[state]}</span> ${day}</p>
<p>${said(sentence)}</p>
<p class="muted small">${moment(changedAt, now)}${lookAgainAt && html`; looks again at ${moment(lookAgainAt, now)}`}</p>`;
}
