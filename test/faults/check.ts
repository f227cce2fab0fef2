import { nonceOf } from '../../adapters/discord/posting/nonce.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import { papersOf, type SlotRecord, slotId } from '../../src/domain/edition.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import type { PaperId } from '../../src/domain/paper.ts';
import type { Store } from '../../src/store.ts';

/** A message as it arrived at Discord. */
export interface Arrival {
  messageId: string;
  /** Of its delivery; undefined for a message that is nobody's. */
  mark: string | undefined;
  /** That it links to, each once. */
  papers: readonly PaperId[];
}

/** What the ledger says of a feed after its only edition. */
export interface FeedAfter {
  feedId: FeedId;
  slots: readonly SlotRecord[];
  deliveries: readonly Omit<DeliveryStatus, 'payload'>[];
  /** Of the edition, as it was planned. */
  papers: readonly PaperId[];
}

/** What came of all the deliveries. */
export interface Verdict {
  deliveries: number;
  /** Messages beyond one for a delivery. */
  duplicates: number;
  /** Deliveries without a message. */
  misses: number;
  /** Deliveries of which the ledger says that nobody can tell. */
  uncertain: number;
  /** Every promise that was broken, as sentences, those that the figures tell of among them. */
  broken: string[];
}

export async function readFeed(feedId: FeedId, store: Store): Promise<FeedAfter> {
  const slots = await store.ledger.slots(feedId, 10);
  const ids = slots.map(slotId);
  const [deliveries, editions] = await Promise.all([
    Promise.all(ids.map((id) => store.ledger.deliveries(id))),
    store.editions.getMany(ids),
  ]);
  return {
    feedId,
    slots,
    deliveries: deliveries.flat(),
    papers: [...editions.values()].flatMap(papersOf),
  };
}

/** Holds what arrived, in the order of arrival, against what was planned. */
export function judge(feeds: readonly FeedAfter[], arrivals: readonly Arrival[]): Verdict {
  const byMark = Map.groupBy(arrivals, ({ mark }) => mark);
  const deliveries = feeds.flatMap((feed) => feed.deliveries);
  const counts = deliveries.map(({ id }) => byMark.get(nonceOf(id))?.length ?? 0);
  const known = new Set<string | undefined>(deliveries.map(({ id }) => nonceOf(id)));
  const strays = arrivals.filter(({ mark }) => !known.has(mark));
  return {
    deliveries: deliveries.length,
    duplicates: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    misses: counts.filter((count) => count === 0).length,
    uncertain: deliveries.filter(({ state }) => state === 'uncertain').length,
    broken: [
      ...feeds.flatMap((feed) => brokenOfFeed(feed, byMark)),
      ...strays.map(({ messageId }) => `nobody knows of message ${messageId}`),
    ],
  };
}

type ByMark = ReadonlyMap<string | undefined, readonly Arrival[]>;

function brokenOfFeed(feed: FeedAfter, byMark: ByMark): string[] {
  const { feedId, slots, deliveries } = feed;
  const count = slots.length === 1 ? [] : [`it has ${slots.length} slots`];
  const outcomes = slots
    .filter(({ state }) => state !== 'posted')
    .map(({ day, state, sentence }) => `its slot of ${day} is ${state}: ${sentence}`);
  const own = deliveries.map(({ id }) => byMark.get(nonceOf(id)) ?? []);
  const untrue = deliveries.flatMap((delivery, index) => brokenOfDelivery(delivery, own[index] ?? []));
  return [...count, ...outcomes, ...untrue, ...brokenPapers(feed, own.flat()), ...disorder(own)].map(
    (sentence) => `feed ${feedId}: ${sentence}`,
  );
}

function brokenOfDelivery(
  { id, state, messageId, reason = '' }: FeedAfter['deliveries'][number],
  arrivals: readonly Arrival[],
): string[] {
  const [first] = arrivals;
  if (!first) return [`${id} did not arrive, and is called ${state} ${reason}`];
  const twice = arrivals.length > 1 ? [`${id} arrived ${arrivals.length} times`] : [];
  const isTrue = state === 'sent' && messageId === first.messageId;
  return isTrue
    ? twice
    : [...twice, `${id} arrived as ${first.messageId}, and is called ${state} ${messageId ?? reason}`];
}

function brokenPapers({ papers }: FeedAfter, arrivals: readonly Arrival[]): string[] {
  const shown = arrivals.flatMap((arrival) => arrival.papers);
  const none = papers.length === 0 ? ['its edition has no papers'] : [];
  const missing = papers.filter((id) => !shown.includes(id)).map((id) => `paper ${id} is missing`);
  const twice = shown.filter((id, index) => shown.indexOf(id) < index).map((id) => `paper ${id} came twice`);
  return [...none, ...missing, ...twice];
}

/** `own`: the arrivals of each delivery, in the order of sending. Discord's ids rise with time. */
function disorder(own: readonly (readonly Arrival[])[]): string[] {
  const ids = own.flatMap(([first]) => (first ? [BigInt(first.messageId)] : []));
  const isInOrder = ids.every((id, index) => id > (ids[index - 1] ?? 0n));
  return isInOrder ? [] : ['its messages are not in order'];
}
