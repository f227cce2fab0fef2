import type { FeedStatus } from '../../abilities.ts';
import { isDone, type SlotRecord, wentWell } from '../../domain/edition.ts';
import type { Feed } from '../../domain/feed.ts';
import { type Html, html } from '../../html.ts';
import { said } from '../../paper-html.ts';
import { textsFor } from '../../texts/index.ts';
import { moment, momentIn } from '../moments.ts';
import { type Column, table } from './table.ts';

const { standing: SAY, feed: FEED, settings: SETTINGS } = textsFor(undefined);

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
  return html`<code>${said(id)}</code><br>${platform} <span class="muted">workspace</span> ${said(workspace)} <span class="muted">channel</span> ${said(channel)}`;
}

function schedule({ listing, time, zone, days, limit }: Feed): Html {
  const names = days.map((day) => FEED.days[day]).join(', ');
  return html`${SETTINGS.postsAt(FEED.listings[listing], time, zone, names)}, ${SETTINGS.upTo(limit)}`;
}

function stateOf({ feed, alarm, openDeliveries }: FeedStatus, now: string): Html {
  const looks = feed.state === 'active' ? 'good' : feed.state === 'suspended' ? 'bad' : '';
  return html`<span class="state ${looks}">${FEED.states[feed.state]}</span>
${openDeliveries.length > 0 && html`<p>${openDeliveries.length} not out</p>`}
${alarm && html`<p><span class="state bad">${SAY.alarm}</span> since ${moment(alarm.raisedAt, now)}: ${said(alarm.sentence)}</p>`}`;
}

function lastOf({ lastSlot, lastEdition }: FeedStatus, now: string): Html {
  if (!lastSlot) return html`${SAY.nothingYet}`;
  const isOlder = lastEdition !== undefined && lastEdition.day !== lastSlot.day;
  return html`${slotOf(lastSlot, now)}${isOlder && html`<p class="muted">${SAY.lastPosted}:</p>${slotOf(lastEdition, now)}`}`;
}

function slotOf({ day, state, sentence, changedAt, lookAgainAt }: SlotRecord, now: string): Html {
  const looks = wentWell(state) ? 'good' : isDone(state) ? 'bad' : '';
  return html`${day} <span class="state ${looks}">${SAY.slotStates[state]}</span> ${said(sentence)} <span class="muted">${moment(changedAt, now)}</span>${lookAgainAt && html` Looks again at ${moment(lookAgainAt, now)}.`}`;
}
