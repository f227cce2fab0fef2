import type { types } from '@slack/bolt';
import { localTime, WEEKDAYS } from '../../../src/domain/calendar.ts';
import { utcText } from '../../../src/domain/title.ts';
import { shorten } from '../../../src/text/shorten.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from '../cards/budget.ts';
import { inert, inertBold } from '../cards/inert.ts';
import { actionsBlocks, mrkdwn, pressButton } from '../cards/parts.ts';
import { confirmation, section, smallPrint } from '../forms/parts.ts';
import type { Part } from '../forms/replies.ts';
import type { HomeDelivery, HomeFeed } from './schema.ts';

const MOST_FEEDS = 12;
const MOST_DELIVERIES = 5;
/** As written. */
const ROOM = { line: 300, sentence: 500 } as const;

/** The feeds of a workspace and how they stand; what may be done about them, for managers. */
export function feedBlocks(feeds: Part<HomeFeed[]>, isManager: boolean, texts: Texts): types.KnownBlock[] {
  if ('sentence' in feeds) return [section(feeds.sentence)];
  const { slackHome: say, slackForms } = texts;
  const shown = feeds.data.slice(0, MOST_FEEDS);
  const more = feeds.data.length - shown.length;
  const add: types.Button = { ...pressButton(slackForms.addTitle, 'home:feed-add', 'add'), style: 'primary' };
  return [
    ...(shown.length === 0 ? [section(texts.feed.none)] : []),
    ...shown.flatMap((status, index) => [
      feedSection(status, texts),
      ...(isManager ? actionsBlocks(feedButtons(status, index, texts)) : []),
    ]),
    ...(more > 0 ? [smallPrint(say.moreFeeds(more))] : []),
    ...(isManager ? actionsBlocks([add]) : []),
  ];
}

function feedSection(status: HomeFeed, texts: Texts): types.SectionBlock {
  const { feed, lastSlot, nextDueAt, alarm } = status;
  const { standing: say } = texts;
  const next = nextDueAt === undefined ? undefined : localTime(nextDueAt, feed.zone);
  const last = lastSlot && say.slot(lastSlot.day, say.slotStates[lastSlot.state], lastSlot.sentence);
  const lines = [
    `${say.state}: ${texts.feed.states[feed.state]}`,
    ...(next ? [`${say.next}: ${next.day} ${next.time} ${feed.zone}`] : []),
    `${say.last}: ${last ?? say.nothingYet}`,
    ...(alarm ? [`${say.alarm}: ${say.alarmSince(utcText(alarm.raisedAt), alarm.sentence)}`] : []),
  ];
  const told = lines.map((line) => fitted(line, ROOM.sentence, inert));
  return { type: 'section', text: mrkdwn([headOf(status, texts), ...told].join('\n')) };
}

/** `*Daily papers* #papers · 09:00 Europe/Berlin · Monday to Friday · k4t2m9`. */
function headOf({ feed }: HomeFeed, texts: Texts): string {
  const { listing, destination, time, zone, id } = feed;
  const { channel } = destination;
  const where = /^[CG][A-Z0-9]{2,20}$/.test(channel) ? `<#${channel}>` : fitted(channel, ROOM.line, inert);
  const when = fitted([`${time} ${zone}`, daysText(feed, texts), id].join(' · '), ROOM.line, inert);
  return `*${inertBold(texts.slackForms.listings[listing])}* ${where} · ${when}`;
}

function daysText({ days }: HomeFeed['feed'], { feed: say }: Texts): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === WEEKDAYS.length) return say.everyDay;
  if (sorted.join() === WEEKDAYS.slice(0, 5).join()) return say.weekdays;
  return sorted.map((day) => say.days[day]).join(', ');
}

function feedButtons({ feed }: HomeFeed, index: number, texts: Texts): types.Button[] {
  const { slackHome: say, action } = texts;
  const button = (label: string, verb: string) => pressButton(label, `home:feed-${verb}:${index}`, feed.id);
  const ask = { title: say.runAsk, text: say.runWhat, yes: say.run, no: say.back };
  return [
    button(say.edit, 'edit'),
    feed.state === 'active' ? button(say.pause, 'pause') : button(say.resume, 'resume'),
    button(action.preview, 'preview'),
    { ...button(say.run, 'run'), confirm: confirmation(ask) },
  ];
}

/** Messages that a person has to decide about; nothing where there are none. */
export function deliveryBlocks(deliveries: Part<HomeDelivery[]>, texts: Texts): types.KnownBlock[] {
  if ('sentence' in deliveries) return [section(deliveries.sentence)];
  const { delivery: say, action, slackHome } = texts;
  const shown = deliveries.data.slice(0, MOST_DELIVERIES);
  const more = deliveries.data.length - shown.length;
  return [
    ...shown.flatMap(({ id, state, reason = '', changedAt }, index) => [
      section(shorten(`${id}: ${say.since(say.states[state], utcText(changedAt))} ${reason}`, ROOM.sentence)),
      ...actionsBlocks([
        pressButton(action.resend, `home:delivery-resend:${index}`, id),
        pressButton(action.dismiss, `home:delivery-dismiss:${index}`, id),
      ]),
    ]),
    ...(more > 0 ? [smallPrint(slackHome.moreDeliveries(more))] : []),
  ];
}
