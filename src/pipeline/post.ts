import type { Adapter } from '../adapter.ts';
import { type Delivery, slotOf } from '../domain/delivery.ts';
import { type Edition, feedOf, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed, Platform } from '../domain/feed.ts';
import { withFields } from '../log.ts';
import type { DeliveryJob, Queue } from '../queue.ts';
import type { Circuit } from './circuit.ts';
import { type Claim, withClaim, withFeed } from './claim.ts';
import { deliver } from './deliver.ts';
import { channelOf } from './lanes.ts';
import { keepOutcome, type OutcomeDependencies, orFault, type Standing, type Work } from './outcome.ts';
import { outcomeOf, stoppedReport } from './record.ts';
import { logOfRun } from './run-log.ts';
import type { DeliverDependencies } from './step.ts';

export interface PostDependencies
  extends OutcomeDependencies,
    Pick<DeliverDependencies, 'quietUntil' | 'log' | 'random'> {
  adapters: ReadonlyMap<Platform, Adapter>;
  circuits: (platform: Platform) => Circuit;
  queue: Pick<Queue, 'turn' | 'isShared'>;
}

/**
 * How a slot stands after its posting. `busy`: another run has its feed in hand. `elsewhere`: its platform is not set up in
 * this process. `over`: its feed is gone or paused, or it was never planned.
 */
export type Posted = SlotRecord | 'busy' | 'elsewhere' | 'over';

/**
 * Sends what is left of a planned slot, in order, and records its outcome; the plan and the states of its deliveries are in
 * the ledger. Errors: `StoreError`, `QueueError`, or the signal's reason.
 */
export async function post(
  { id, run, isRequested }: DeliveryJob,
  dependencies: PostDependencies,
  signal?: AbortSignal,
): Promise<Posted> {
  const { store, adapters } = dependencies;
  const slot = slotOf(id);
  const feedId = feedOf(slot);
  const posted = await withFeed(feedId, dependencies, async (claim): Promise<Posted> => {
    const [feed, before] = await Promise.all([store.feeds.get(feedId), store.ledger.slot(slot)]);
    const isOver = !feed || !before?.isPlanned || (feed.state === 'paused' && !isRequested);
    if (isOver) return 'over';
    const adapter = adapters.get(feed.destination.platform);
    if (!adapter) return 'elsewhere';
    const log = withFields(logOfRun(dependencies.log, run), { feed: feedId, slot });
    const { day, dueAt } = before;
    const inHand = { feed, slot: { feedId, day, dueAt }, before };
    return await inTurn(feed, claim, dependencies, async (both) => {
      const work = { adapter, claim: both, log };
      const send = () => sendRest(feed, before, work, dependencies, signal);
      const standing = await orFault(inHand, work, send, dependencies, signal);
      return await keepOutcome(inHand, standing, work, dependencies);
    });
  });
  return posted ?? 'busy';
}

/**
 * Editions of several feeds in one channel go one after the other: in one process by their lanes, in several by a claim.
 */
async function inTurn(
  feed: Feed,
  claim: Claim,
  dependencies: PostDependencies,
  work: (both: Claim) => Promise<Posted>,
): Promise<Posted> {
  if (!dependencies.queue.isShared) return await work(claim);
  const posted = await withClaim(`channel:${channelOf(feed)}`, dependencies, async (channel) => {
    const renew = async () => void (await Promise.all([claim.renew(), channel.renew()]));
    return await work({ ...claim, renew });
  });
  return posted ?? 'busy';
}

async function sendRest(
  feed: Feed,
  before: SlotRecord,
  { adapter, claim, log }: Work,
  dependencies: PostDependencies,
  signal?: AbortSignal,
): Promise<Standing> {
  const { store, circuits, clock, random } = dependencies;
  const id = slotId(before);
  const [edition, planned] = await Promise.all([store.editions.get(id), store.ledger.deliveries(id)]);
  const circuit = circuits(adapter.platform);
  const needs = { ...dependencies, ledger: store.ledger, adapter, circuit, renew: claim.renew, log };
  const { deliveries, stop } = await deliver(planned, needs, signal);
  const hasSent = deliveries.some((one, index) => one.state === 'sent' && planned[index]?.state !== 'sent');
  if (!stop) return { ...restingOf(edition, deliveries), hasSent };
  return { report: stoppedReport({ feed, before }, stop, clock.now(), random), deliveries, hasSent, stop };
}

/** A slot none of whose deliveries is still to be sent. */
export function restingOf(edition: Edition | undefined, deliveries: readonly Delivery[]): Standing {
  return { report: { ...outcomeOf(edition, deliveries), isPlanned: true }, deliveries };
}
