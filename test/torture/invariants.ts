import type { Alarm } from '../../src/domain/alarm.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { feedOf, isDone, type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { PaperId } from '../../src/domain/paper.ts';
import { alwaysWants } from './crowd.ts';
import type { Aftermath } from './live.ts';

const LAST_DAY = '2026-09-22';

/** The papers on a card. */
function papersOn(card: Card): PaperId[] {
  if (card.kind === 'paper') return [card.entry.paper.id];
  return card.kind === 'list'
    ? card.sections.flatMap(({ entries }) => entries.map(({ paper }) => paper.id))
    : [];
}

/** Every promise that a world has seen broken, as sentences; empty when all were kept. */
export async function brokenPromises(after: Aftermath): Promise<string[]> {
  const broken: string[] = [];
  for (const { feedId, isWanted } of wished(after)) {
    const slots = await after.store.ledger.slots(feedId, 100);
    const deliveries: Delivery[] = [];
    for (const slot of slots) {
      const own = await after.store.ledger.deliveries(slotId(slot));
      deliveries.push(...own);
      // Days to come that were begun while the clock was ahead: they are looked at when they come.
      const isToCome = after.wasSkewed && slot.day > LAST_DAY && own.length === 0;
      if (!isToCome) broken.push(...outcomeBroken(slot, own));
      const edition = await after.store.editions.get(slotId(slot));
      const isSaid = slot.state === 'posted-so-far' || slot.state === 'incomplete';
      if (edition?.isSoFar && own.length > 0 && !isSaid) broken.push(`${slotId(slot)} does not say "so far"`);
    }
    broken.push(...twice(feedId, after), ...untrue(deliveries, after));
    broken.push(...missing({ feedId, isWanted }, deliveries, after));
    // By a wrong clock editions have wrong dates.
    if (!after.wasSkewed) broken.push(...disorder(feedId, after));
  }
  broken.push(...noticesTwice(after), ...(await alarmsBroken(after)), ...(await tellingBroken(after)));
  broken.push(...neverRefreshed(after));
  return broken;
}

/** A feed or a digest, and which papers must not be lost in it. */
interface Wished {
  feedId: string;
  isWanted: (id: PaperId) => boolean;
}

function wished({ feedIds, followers }: Aftermath): Wished[] {
  return [
    ...feedIds.map((feedId) => ({ feedId, isWanted: () => true })),
    ...followers.map((one) => ({
      feedId: one.feedId,
      isWanted: (id: PaperId) => alwaysWants(one, id),
    })),
  ];
}

function ofFeed(feedId: string, { platform }: Aftermath) {
  return platform.posted.filter(({ deliveryId }) => feedOf(deliveryId) === feedId);
}

function twice(feedId: string, after: Aftermath): string[] {
  const seen = new Set<string>();
  const broken: string[] = [];
  for (const { deliveryId, card } of ofFeed(feedId, after)) {
    for (const what of [deliveryId, ...papersOn(card)]) {
      if (seen.has(what)) broken.push(`${what} came twice in ${feedId}`);
      seen.add(what);
    }
  }
  return broken;
}

/** Every paper wanted of the troubled days' lists came, or somebody was told that it may not have. */
function missing({ feedId, isWanted }: Wished, deliveries: readonly Delivery[], after: Aftermath): string[] {
  const came = new Set(ofFeed(feedId, after).flatMap(({ card }) => papersOn(card)));
  const told = new Set(
    deliveries
      .filter(({ state }) => state === 'refused' || state === 'uncertain')
      .flatMap(({ payload }) => papersOn(payload as unknown as Card)),
  );
  // A clock that was wrong may have looked at a list for the last time while it was short.
  const days = ['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17'].slice(after.wasSkewed ? 2 : 0);
  return days
    .flatMap((day) => after.source.papersOn(day))
    .filter((id) => isWanted(id) && !came.has(id) && !told.has(id))
    .map((id) => `${id} is missing in ${feedId} without a word`);
}

/** What the ledger says of a message is so. */
function untrue(deliveries: readonly Delivery[], { platform, kind, wasSkewed }: Aftermath): string[] {
  const there = new Map(platform.posted.map(({ deliveryId, messageId }) => [deliveryId, messageId]));
  return deliveries.flatMap(({ id, state, messageId }) => {
    const has = there.get(id);
    if (state === 'sent' && has !== messageId) return [`${id} is called sent and did not arrive`];
    if (state === 'refused' && has !== undefined) return [`${id} is called refused and arrived`];
    if (state === 'planned' || state === 'sending') return [`${id} is ${state} for ever`];
    // A fault of the adapter's own tells nothing, so such a message may be in doubt everywhere.
    const mayDoubt = kind === 'blind' || wasSkewed;
    return state === 'uncertain' && !mayDoubt ? [`${id} is uncertain though the platform can be asked`] : [];
  });
}

function outcomeBroken(slot: SlotRecord, deliveries: readonly Delivery[]): string[] {
  const id = slotId(slot);
  if (!isDone(slot.state)) return [`${id} is ${slot.state} for ever: ${slot.sentence}`];
  const isWhole = deliveries.every(({ state }) => state === 'sent');
  const isTrue = {
    posted: isWhole && deliveries.length > 0,
    'posted-so-far': isWhole && deliveries.length > 0,
    'nothing-new': deliveries.length === 0,
    incomplete: !isWhole,
    failed: deliveries.length === 0,
  }[slot.state as 'posted'];
  return isTrue ? [] : [`${id} is called ${slot.state}: ${deliveries.map(({ state }) => state).join()}`];
}

/** Messages arrive by date and position. */
function disorder(feedId: string, after: Aftermath): string[] {
  const order = ofFeed(feedId, after).map(({ deliveryId }) => {
    const [slot = '', position = ''] = deliveryId.split('#');
    return `${slot}#${position.padStart(3, '0')}`;
  });
  const first = order.findIndex((one, index) => index > 0 && one < (order[index - 1] as string));
  return first < 0 ? [] : [`${order[first]} came after ${order[first - 1]}`];
}

function noticesTwice({ platform }: Aftermath): string[] {
  const notices = platform.posted
    .filter(({ channel }) => channel.startsWith('@'))
    .map(({ deliveryId }) => deliveryId);
  return notices.filter((id, index) => notices.indexOf(id) < index).map((id) => `${id} was told twice`);
}

/** When all is calm only what a person has to decide is still open. */
async function alarmsBroken({ store, feedIds, followers }: Aftermath): Promise<string[]> {
  const broken: string[] = [];
  for (const alarm of await store.alarms.newest(100)) {
    if (followers.some(({ feedId }) => feedId === alarm.feedId)) broken.push(`${alarm.id} is about a digest`);
    const isOpen = alarm.clearedAt === undefined;
    if (isOpen && !alarm.subject.startsWith('slot/'))
      broken.push(`${alarm.subject} is still open: ${alarm.sentence}`);
  }
  for (const feedId of feedIds) {
    for (const slot of await store.ledger.slots(feedId, 100)) {
      const isOpen = (await store.alarms.open(`slot/${slotId(slot)}`)) !== undefined;
      if (isOpen !== (slot.state === 'incomplete'))
        broken.push(`${slotId(slot)} is ${slot.state}, its alarm ${isOpen ? 'open' : 'not raised'}`);
    }
  }
  if ((await store.alarms.untold(1)).length > 0) broken.push('the operator has not been told of an alarm');
  return broken;
}

/** Every alarm reached somebody of the workspace and the operator, and none came before patience had ended. */
async function tellingBroken({ store, kind, wasSkewed, called, platform }: Aftermath): Promise<string[]> {
  const broken: string[] = [];
  for (const { id, subject, sentence, raisedAt, clearedAt } of await store.alarms.newest(100)) {
    for (const event of clearedAt === undefined ? ['raised'] : ['raised', 'cleared']) {
      if (!called.has(`${id}/${event}`)) broken.push(`the operator was not called for ${id}, ${event}`);
      // The manager of a feed that cannot be read is not known.
      if (sentence.includes('cannot be looked at')) continue;
      const notices = await Promise.all(
        [`${id}/${event}`, `${id}/${event}/installer`].map(store.ledger.deliveries),
      );
      // Where the platform cannot be asked a notice may be in doubt; one that is rejected for ever is our bug.
      const isTold = notices.flat().some(({ state, reason }) => {
        const mayDoubt = state === 'uncertain' && (kind === 'blind' || wasSkewed);
        return state === 'sent' || mayDoubt || reason === 'Too long.';
      });
      if (!isTold) broken.push(`nobody was told of ${id}, ${event}`);
    }
    // Editions are due at 09:00 and their patience is an hour; that of the day before has ended long ago.
    const isOfToday = sentence.includes(raisedAt.slice(0, 10));
    const isEarly = isOfToday && raisedAt.slice(11, 16) >= '09:00' && raisedAt.slice(11, 16) < '10:00';
    const [, feedId = ''] = subject.split('/');
    const slots = subject.startsWith('feed/') ? await store.ledger.slots(feedId, 100) : [];
    // The patience of an edition that a newer one takes over ends earlier.
    const isTakenOver = slots.some(({ sentence: why }) => why.includes('takes its lists'));
    const isSure = slots.length > 0 && !isTakenOver && !platform.wasClosed && !wasSkewed;
    if (isSure && isEarly) broken.push(`${id} was raised before patience had ended`);
  }
  for (const slot of await failedSlots(store, subjects(await store.alarms.newest(100)))) broken.push(slot);
  return broken;
}

function subjects(alarms: readonly Alarm[]): Map<string, Alarm[]> {
  return Map.groupBy(alarms, ({ subject }) => subject);
}

/** Failed slots, not those that a newer one took over, of whose feed no alarm was open at that moment. */
async function failedSlots(store: Aftermath['store'], alarms: Map<string, Alarm[]>): Promise<string[]> {
  const silent: string[] = [];
  for (const feedId of await store.ledger.feedIds()) {
    for (const slot of await store.ledger.slots(feedId, 100)) {
      if (slot.state !== 'failed' || slot.sentence.includes('takes its lists')) continue;
      const isTold = (alarms.get(`feed/${feedId}`) ?? []).length > 0;
      if (!isTold) silent.push(`${slotId(slot)} failed and raised no alarm`);
    }
  }
  return silent;
}

/** Votes grow all day, so some posted card has changed a day later. */
function neverRefreshed({ platform }: Aftermath): string[] {
  return platform.posted.some(({ edits }) => edits > 0) ? [] : ['no posted card was ever brought up to date'];
}
