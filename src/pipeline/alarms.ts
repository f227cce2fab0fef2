import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import {
  type Alarm,
  type AlarmEvent,
  type AlarmSubject,
  alarmId,
  feedSubject,
  slotSubject,
} from '../domain/alarm.ts';
import { addMs, HOUR_MS, type Instant } from '../domain/calendar.ts';
import type { CardAction, TextCard } from '../domain/card.ts';
import { type Delivery, isUndecided } from '../domain/delivery.ts';
import { isDone, isOut, type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import { directTo, type Feed } from '../domain/feed.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import type { Notice, Store } from '../store.ts';
import { deliveriesOf } from './plan.ts';
import { LATEST_LOOK_MS } from './retry.ts';

/** Slots among which one newer than the present is looked for. */
const NEWEST_SLOTS = 5;

/** A slot as it stands after a run. */
export interface Seen {
  record: SlotRecord;
  feed: Feed;
  deliveries: readonly Delivery[];
  /** Something went out in this run. */
  hasSent: boolean;
  /** Its channel is closed to us. */
  isClosed: boolean;
  /** Since when an edition was waited for that this one takes over. */
  waitingSinceAt?: Instant;
}

export interface WatchDependencies {
  store: Pick<Store, 'alarms' | 'ledger'>;
  /** That of the feed's platform: the manager is told there. */
  adapter: Pick<Adapter, 'render'>;
  clock: Clock;
  observer: Observer;
}

/**
 * Raises an alarm when an edition has not gone out by its feed's patience, or went out in part, and clears it when that
 * is over: one of each, however often the slot is looked at. Errors: `StoreError`.
 */
export async function watch(seen: Seen, dependencies: WatchDependencies): Promise<void> {
  const { record, feed, deliveries } = seen;
  // A digest is its member's own: they are told with their next command, and nobody is woken for it.
  if (feed.isDigest) return;
  const { day, sentence } = record;
  const of = { feed, dependencies };
  if (isThrough(seen)) {
    const subject = feedSubject(feed.id);
    if (await isOver(seen, subject, dependencies))
      await clear({ ...of, subject, sentence: `${day}: ${sentence}` });
  } else if (isLate(seen, dependencies.clock.now())) {
    const actions = seen.isClosed ? [resumeAction(feed)] : [];
    await raise({ ...of, subject: feedSubject(feed.id), sentence: lateSentence(seen), actions });
  }
  if (!isDone(record.state)) return;
  const id = slotId(record);
  const isInPart = deliveries.some(isUndecided);
  const part = { ...of, subject: slotSubject(id), sentence: `The edition of ${day}: ${sentence}` };
  if (isInPart) await raise({ ...part, actions: actionsFor(id) });
  else await clear(part);
}

/** The edition is out, as something was sent or there was nothing to send. */
function isThrough({ record, deliveries }: Seen): boolean {
  return isOut(record.state) && (deliveries.length === 0 || deliveries.some(({ state }) => state === 'sent'));
}

/** There is an alarm, and what it was raised for is mended. */
async function isOver(seen: Seen, subject: AlarmSubject, dependencies: WatchDependencies): Promise<boolean> {
  // Of a channel that was closed only a message that goes out tells that it is open.
  const isOpen = seen.feed.state !== 'suspended' || seen.hasSent;
  // Most often there is none: asked first.
  const isRaised = isOpen && (await dependencies.store.alarms.open(subject)) !== undefined;
  return isRaised && !(await isNewerMissing(seen, dependencies));
}

/** An old message that was sent again says nothing of a newer edition that is missing. */
async function isNewerMissing({ record, feed }: Seen, { store, clock }: WatchDependencies): Promise<boolean> {
  const newest = await store.ledger.slots(feed.id, NEWEST_SLOTS);
  const now = clock.now();
  return newest.some(({ day, state, dueAt }) => day > record.day && !isOut(state) && dueAt <= now);
}

/** It is certain that the edition is not out by the patience of its feed. */
function isLate({ record, feed, isClosed, waitingSinceAt }: Seen, at: Instant): boolean {
  if (record.state === 'failed' || isClosed) return true;
  const [since] = [waitingSinceAt, record.waitingSinceAt].filter((one) => one !== undefined).sort();
  if (since === undefined) return false;
  const endsAt = addMs(since, feed.patienceHours * HOUR_MS);
  const willBeLate = record.isPlanned === true && (record.lookAgainAt ?? at) > addMs(endsAt, LATEST_LOOK_MS);
  return at >= endsAt || willBeLate;
}

/** Tells the operator of an edition that is late because nobody here can post it: there is no way to its manager. */
export async function watchUnattended(
  { feed, slot }: { feed: Feed; slot: Slot },
  sentence: string,
  { store, clock }: Omit<WatchDependencies, 'adapter' | 'observer'>,
): Promise<void> {
  const raisedAt = clock.now();
  if (feed.isDigest || raisedAt < addMs(slot.dueAt, feed.patienceHours * HOUR_MS)) return;
  const subject = feedSubject(feed.id);
  const alarm = { id: alarmId({ subject, raisedAt }), subject, feedId: feed.id, raisedAt };
  await store.alarms.raise({
    ...alarm,
    sentence: `The edition of ${slot.day} has not gone out. ${sentence}`,
  });
}

function lateSentence({ record: { day, sentence, state }, isClosed }: Seen): string {
  const fact = `The edition of ${day} has not gone out. ${sentence}`;
  if (isClosed)
    return `${fact} The feed is suspended and keeps its settings. It goes on once that is mended and you resume it, or with the next daily look.`;
  return state === 'failed'
    ? `${fact} Its lists come with the next edition.`
    : `${fact} It is still being tried.`;
}

function resumeAction({ id }: Feed): CardAction {
  return { label: 'Resume', command: 'feed resume', options: { id } };
}

function actionsFor(id: string): CardAction[] {
  return [
    { label: 'Resend', command: 'delivery resend', options: { id } },
    { label: 'Dismiss', command: 'delivery dismiss', options: { id } },
  ];
}

/** What is to be told, of what and to whom. */
interface Telling {
  subject: AlarmSubject;
  feed: Feed;
  sentence: string;
  actions?: CardAction[];
  dependencies: WatchDependencies;
}

async function raise({ subject, feed, sentence, actions = [], dependencies }: Telling): Promise<void> {
  const { store, clock, observer } = dependencies;
  if (await store.alarms.open(subject)) return;
  const raisedAt = clock.now();
  const alarm = { id: alarmId({ subject, raisedAt }), subject, feedId: feed.id, sentence, raisedAt };
  const card = cardOf(`Feed ${feed.id} needs you`, sentence, feed, actions);
  const notice = noticeOf(alarm, 'raised', card, feed, dependencies);
  if (await store.alarms.raise(alarm, notice)) tellOf(notice, observer);
}

async function clear({ subject, feed, sentence, dependencies }: Telling): Promise<void> {
  const { store, clock, observer } = dependencies;
  const alarm = await store.alarms.open(subject);
  if (!alarm) return;
  const card = cardOf(`All clear for feed ${feed.id}`, sentence, feed);
  const notice = noticeOf(alarm, 'cleared', card, feed, dependencies);
  if (await store.alarms.clear(alarm.id, clock.now(), notice)) tellOf(notice, observer);
}

/** One that could not be rendered is at rest from the start. */
function tellOf({ deliveries }: Notice, observer: Observer): void {
  for (const delivery of deliveries) tellIfAtRest(delivery, observer);
}

/** A manager may have feeds in many places. */
function cardOf(
  title: string,
  sentence: string,
  { destination: { platform, channel } }: Feed,
  actions: CardAction[] = [],
): TextCard {
  const where = { name: 'Where', value: `${platform}, ${channel}`, parts: [{ channel }] };
  const card: TextCard = { kind: 'text', title, paragraphs: [sentence], rows: [where] };
  return actions.length > 0 ? { ...card, actions } : card;
}

/** A message for the feed's manager, in private. */
function noticeOf(
  alarm: Alarm,
  event: AlarmEvent,
  card: TextCard,
  feed: Feed,
  { adapter, clock }: WatchDependencies,
): Notice {
  const id = `${alarm.id}/${event}`;
  const destination = directTo(feed.destination, feed.manager);
  const deliveries = deliveriesOf(id, [card], { adapter, destination, plannedAt: clock.now() });
  return { id, feedId: feed.id, deliveries };
}
