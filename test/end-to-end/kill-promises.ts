import { slotSubject } from '../../src/domain/alarm.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import type { Store } from '../../src/store.ts';
import type { LoopbackMessage } from '../fakes/loopback-messages.ts';
import { ALL_PAPERS } from './bot-source.ts';
import { faultsOfFile, MANAGER, withStore } from './bot-store.ts';
import type { KilledWorld } from './kill-world.ts';

/** Every promise that a world has seen broken, as sentences; empty when all were kept. */
export async function brokenPromises(world: KilledWorld): Promise<string[]> {
  return await withStore(world.storeUrl, async (store) => {
    const perFeed = await Promise.all(world.feedIds.map((id) => brokenOfFeed(id, world, store)));
    return [
      ...perFeed.flat(),
      ...twice(world),
      ...(await untold(world, store)),
      ...faultsOfFile(world.storeUrl),
    ];
  });
}

async function brokenOfFeed(feedId: FeedId, world: KilledWorld, store: Store): Promise<string[]> {
  const arrived = world.platform.messages.filter(({ channel }) => channel === `channel-of-${feedId}`);
  const slots = (await store.ledger.slots(feedId, 100)).reverse();
  const broken: string[] = slots.length === 2 ? [] : [`${feedId} has ${slots.length} slots`];
  const deliveries: Delivery[] = [];
  for (const slot of slots) {
    const own = await store.ledger.deliveries(slotId(slot));
    deliveries.push(...own);
    broken.push(...(await brokenOfSlot(slot, own, store)));
  }
  return [
    ...broken,
    ...missing(feedId, arrived, deliveries),
    ...disorder(arrived, deliveries),
    ...untrue(deliveries, world),
  ];
}

/** An outcome says what became of the messages, and an alarm stands for what a person has to decide. */
async function brokenOfSlot(slot: SlotRecord, own: readonly Delivery[], store: Store): Promise<string[]> {
  const id = slotId(slot);
  const isWhole = own.every(({ state }) => state === 'sent');
  const outcome = isWhole ? 'posted' : 'incomplete';
  const hasAlarm = (await store.alarms.open(slotSubject(id))) !== undefined;
  return [
    ...(slot.state === outcome ? [] : [`${id} is called ${slot.state} and is ${outcome}`]),
    ...(hasAlarm === isWhole ? [`${id} is ${outcome} and its alarm is ${hasAlarm ? '' : 'not '}open`] : []),
  ];
}

/** Papers that neither arrived nor are said to be uncertain. */
function missing(
  feedId: FeedId,
  arrived: readonly LoopbackMessage[],
  deliveries: readonly Delivery[],
): string[] {
  const doubtful = deliveries.filter(({ state }) => state === 'uncertain').map(({ payload }) => payload);
  const known = new Set([...arrived.map(({ card }) => card), ...doubtful].map(paperOn));
  return ALL_PAPERS.filter(({ id }) => !known.has(id)).map(({ id }) => `${id} is missing in ${feedId}`);
}

function paperOn(shown: unknown): string | undefined {
  const card = shown as Card;
  return card.kind === 'paper' ? card.entry.paper.id : undefined;
}

function disorder(arrived: readonly LoopbackMessage[], deliveries: readonly Delivery[]): string[] {
  const order = arrived.map(({ id }) => deliveries.findIndex((delivery) => delivery.id === id));
  const first = order.findIndex((place, index) => place < (order[index - 1] ?? 0));
  return first < 0 ? [] : [`${arrived[first]?.id} came after ${arrived[first - 1]?.id}`];
}

/** What the ledger says of a message is so; only where nobody can look may it say that nobody knows. */
function untrue(deliveries: readonly Delivery[], { kind, platform }: KilledWorld): string[] {
  const there = new Map(platform.messages.map(({ id, messageId }) => [id, messageId]));
  return deliveries.flatMap(({ id, state, messageId }) => {
    if (state === 'uncertain' && kind === 'blind') return [];
    const isTrue = state === 'sent' && there.get(id) === messageId;
    return isTrue ? [] : [`${id} is called ${state} and ${there.has(id) ? 'arrived' : 'did not arrive'}`];
  });
}

/** Neither a message nor a paper comes twice to a place, notices to managers included. */
function twice({ platform }: KilledWorld): string[] {
  const seen = new Set<string>();
  return platform.messages.flatMap(({ id, channel, card }) => {
    const names = [id, paperOn(card)].flatMap((name) => (name === undefined ? [] : `${name} in ${channel}`));
    const known = names.filter((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return known.map((name) => `${name} came twice`);
  });
}

/** Of every alarm the operator was told; and so was the manager, where a kill has not made that uncertain too. */
async function untold({ kind, platform }: KilledWorld, store: Store): Promise<string[]> {
  const broken = (await store.alarms.untold(10)).map(({ alarm }) => `nobody was called about ${alarm.id}`);
  const alarms = await store.alarms.newest(100);
  for (const { id } of alarms) {
    const [notice] = await store.ledger.deliveries(`${id}/raised`);
    const hasArrived = platform.messages.some(
      (one) => one.id === notice?.id && one.channel === `@${MANAGER}`,
    );
    const isTold = notice?.state === 'sent' ? hasArrived : kind === 'blind' && notice?.state === 'uncertain';
    if (!isTold) broken.push(`the manager's notice of ${id} is ${notice?.state ?? 'not there'}`);
  }
  const hasTold = platform.messages.some(({ channel }) => channel === `@${MANAGER}`);
  if (alarms.length > 0 && !hasTold) broken.push('no notice has reached the manager');
  return broken;
}
