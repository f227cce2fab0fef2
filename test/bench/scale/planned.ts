import { randomUUID } from 'node:crypto';
import { render } from '../../../adapters/discord/cards/render.ts';
import { addMs, type Day, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/domain/calendar.ts';
import { type Delivery, type DeliveryId, deliveryId, type Json } from '../../../src/domain/delivery.ts';
import { type Consideration, type Edition, slotId } from '../../../src/domain/edition.ts';
import { FEED_DEFAULTS, type Feed } from '../../../src/domain/feed.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { compose } from '../../../src/pipeline/compose.ts';
import type { Plan, Store } from '../../../src/store.ts';
import { aFeed } from '../../fixtures/feeds.ts';
import { papersOf } from './papers.ts';

/** As many writes as a store is given at once. */
const AT_ONCE = 20;
const CHANNELS_A_SERVER = 10;
/** As long as Discord's own ids. */
const FIRST_CHANNEL = 1_300_000_000_000_000_000n;

/** A feed in a channel of its own, as a manager gets it, but for cards that are brought up to date. */
export function benchFeed(index: number, prefix: string, given: Partial<Feed> = {}): Feed {
  const server = FIRST_CHANNEL + BigInt(Math.floor(index / CHANNELS_A_SERVER));
  const channel = FIRST_CHANNEL + BigInt(index) * 1000n;
  return aFeed({
    id: `${prefix}${index}`,
    destination: { platform: 'discord', workspace: `${server}`, channel: `${channel}` },
    manager: `${server + 7n}`,
    refreshHours: 0,
    ...given,
  });
}

/** Does so many pieces of work, some at once. */
export async function doEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What all editions of one day's list share. */
export interface Issue {
  day: Day;
  at: Instant;
  papers: readonly Paper[];
  /** What each feed makes of the list. */
  considered: Consideration[];
}

export function issueOf(at: Instant): Issue {
  const day = at.slice(0, 10);
  const papers = papersOf(day);
  const listing: Listing = { kind: 'daily', key: day };
  const considered = papers.map(({ id: paperId }, index) => ({
    paperId,
    listing,
    fate: index < FEED_DEFAULTS.limit ? ('posted' as const) : ('left-out' as const),
  }));
  return { day, at, papers, considered };
}

/** Feeds with an edition of one message each that is planned and not sent. Out: the deliveries. */
export async function addPlanned(store: Store, count: number, prefix: string): Promise<DeliveryId[]> {
  const issue = issueOf(new Date().toISOString());
  const ids: DeliveryId[] = Array.from({ length: count });
  await doEach(count, async (index) => {
    const feed = benchFeed(index, prefix);
    await store.saveFeed(feed, addMs(issue.at, HOUR_MS));
    const { deliveries } = await planOne(store, feed, issue);
    ids[index] = deliveries[0]?.id ?? '';
  });
  return ids;
}

/** Plans an edition as a run does, under the claim of its feed. */
export async function planOne(store: Store, feed: Feed, issue: Issue): Promise<Plan> {
  const claim = { key: `feed:${feed.id}`, owner: randomUUID() };
  const plan = { ...planFor(feed, issue), claim };
  await store.ledger.claim(claim.key, claim.owner, 3 * MINUTE_MS);
  await store.plan(plan);
  await store.ledger.release(claim.key, claim.owner);
  return plan;
}

function planFor(feed: Feed, { day, at, papers, considered }: Issue): Omit<Plan, 'claim'> {
  const slot = { feedId: feed.id, day, dueAt: at };
  const id = slotId(slot);
  const listing: Listing = { kind: 'daily', key: day };
  const paperIds = papers.slice(0, FEED_DEFAULTS.limit).map((paper) => paper.id);
  const edition: Edition = {
    id,
    slot,
    plannedAt: at,
    layout: 'digest',
    isSoFar: false,
    sections: [{ kind: 'list', listing, paperIds }],
    listings: [listing],
    revisited: [],
    awaited: [],
  };
  const deliveries = deliveriesOf(edition, papers, feed);
  const waits = { waitingSinceAt: at, lookAgainAt: addMs(at, HOUR_MS) };
  const record = { ...slot, state: 'waiting', sentence: 'It is being posted.', ...waits } as const;
  return { edition, considered, deliveries, slot: { ...record, changedAt: at, isPlanned: true } };
}

function deliveriesOf(edition: Edition, papers: readonly Paper[], feed: Feed): Delivery[] {
  const { id: slot, plannedAt: changedAt } = edition;
  const shown = new Map(papers.map((paper) => [paper.id, paper]));
  const messages = compose(edition, shown, feed).flatMap((card) => render(card));
  return messages.map((message, position) => ({
    id: deliveryId(slot, position),
    slotId: slot,
    position,
    destination: feed.destination,
    payload: JSON.parse(JSON.stringify(message)) as Json,
    state: 'planned',
    changedAt,
  }));
}

/** What a slot leaves behind once its message is out. */
export async function finish(
  store: Store,
  { slot, deliveries }: Pick<Plan, 'slot' | 'deliveries'>,
): Promise<void> {
  const { feedId, day, dueAt, changedAt } = slot;
  for (const { id } of deliveries) {
    await store.ledger.moveDelivery(id, 'planned', { state: 'sending', changedAt });
    const messageId = `${FIRST_CHANNEL}`;
    await store.ledger.moveDelivery(id, 'sending', { state: 'sent', changedAt, messageId });
  }
  const sentence = `${FEED_DEFAULTS.limit} papers. Papers of ${day}.`;
  await store.ledger.putSlot({ feedId, day, dueAt, state: 'posted', sentence, changedAt });
}
