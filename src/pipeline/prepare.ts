import { type Instant, MINUTE_MS } from '../domain/calendar.ts';
import { type Delivery, type DeliveryId, isUnsent } from '../domain/delivery.ts';
import { type Edition, isDone, type SlotRecord, slotId } from '../domain/edition.ts';
import { type Log, withFields } from '../log.ts';
import { watchUnattended } from './alarms.ts';
import { CLAIM_MS, withFeed } from './claim.ts';
import { compose } from './compose.ts';
import { draftEdition } from './draft.ts';
import type { Find } from './fetch.ts';
import { handedOnUntil, handOnAgain } from './hand-on.ts';
import { keepOutcome, orFault, type Standing, type Work } from './outcome.ts';
import { plan } from './plan.ts';
import { restingOf } from './post.ts';
import { beingPosted, closedBy, lateness, untouched } from './record.ts';
import type { DueSlot, LineDependencies } from './run.ts';

const ANOTHER_RUN = `Another run is at it; one that was killed is taken over after ${CLAIM_MS / MINUTE_MS} minutes.`;

/** What the slots of a run share. */
export interface Run {
  id: string;
  find: Find;
  /** Names the run. */
  log: Log;
  signal: AbortSignal | undefined;
}

/** A slot in a run: as it stands, or planned, with messages to be sent from one on. */
export type Prepared = { record: SlotRecord } | { next: DeliveryId };

/** What of a slot is planned. */
type Planned = Standing | { edition: Edition | undefined; deliveries: readonly Delivery[] };

/**
 * Takes a slot in hand and plans it. As it stands where its platform is not set up here, its feed is gone or paused, or
 * another run is at it. Errors: those of `orFault`.
 */
export async function prepareSlot(due: DueSlot, run: Run, dependencies: LineDependencies): Promise<Prepared> {
  const { store, adapters, clock } = dependencies;
  const { id, destination } = due.feed;
  const adapter = adapters.get(destination.platform);
  if (!adapter) {
    const sentence = `${destination.platform} is not set up here.`;
    await watchUnattended(due, sentence, dependencies);
    return { record: untouched(due, sentence, clock.now()) };
  }
  const prepared = await withFeed(id, dependencies, async (claim): Promise<Prepared> => {
    // Read anew under the claim: it may have been edited, paused or removed since the tick began.
    const feed = await store.feeds.get(id);
    if (!feed) return { record: gone(due, clock.now()) };
    if (feed.state === 'paused' && !due.isRequested)
      return { record: untouched(due, 'It was paused.', clock.now()) };
    const log = withFields(run.log, { feed: id, slot: slotId(due.slot) });
    return await prepare({ ...due, feed }, { adapter, claim, log }, run, dependencies);
  });
  return prepared ?? { record: untouched(due, ANOTHER_RUN, clock.now()) };
}

/** How a slot stands whose feed is gone. */
export function gone(due: Pick<DueSlot, 'slot'>, at: Instant): SlotRecord {
  return untouched(due, 'Its feed is gone.', at);
}

async function prepare(
  due: DueSlot,
  work: Work,
  run: Run,
  dependencies: LineDependencies,
): Promise<Prepared> {
  const { store, queue } = dependencies;
  await closeOvertaken(due, dependencies);
  const before = await store.ledger.slot(slotId(due.slot));
  const { feed, slot } = due;
  const inHand = { feed, slot, ...(before ? { before } : {}), ...lateness(due) };
  const begin = () => planSlot(due, before, { ...dependencies, ...work, find: run.find });
  const planned = await orFault(inHand, work, begin, dependencies, run.signal);
  const { deliveries } = planned;
  const next = deliveries.find(isUnsent);
  if (next) {
    if (queue.isShared && before?.isPlanned)
      await handOnAgain(before, { feed, deliveries }, work, dependencies);
    return { next: next.id };
  }
  const standing = 'report' in planned ? planned : restingOf(planned.edition, deliveries);
  return { record: await keepOutcome(inHand, standing, work, dependencies) };
}

/** Under the claim, as nobody may plan meanwhile what is closed here. */
async function closeOvertaken(
  { feed, slot, overtakes = [] }: DueSlot,
  { store, clock, observer }: LineDependencies,
): Promise<void> {
  for (const { feedId, day } of overtakes) {
    const now = await store.ledger.slot(slotId({ feedId, day }));
    if (!now || isDone(now.state) || now.isPlanned) continue;
    const closed = closedBy(slot, now, clock.now());
    await store.ledger.putSlot(closed);
    observer.slotDone(closed, feed.destination.platform);
  }
}

interface PlanSlotDependencies extends LineDependencies {
  adapter: Work['adapter'];
  claim: Work['claim'];
  find: Find;
}

async function planSlot(
  due: DueSlot,
  before: SlotRecord | undefined,
  dependencies: PlanSlotDependencies,
): Promise<Planned> {
  const { store, queue, clock, find } = dependencies;
  const id = slotId(due.slot);
  const [edition, deliveries] = await Promise.all([store.editions.get(id), store.ledger.deliveries(id)]);
  // An earlier run planned it. Slot and deliveries outlive an edition whose record was damaged.
  if (before?.isPlanned) return { edition, deliveries };
  const draft = await draftEdition(due, find, dependencies);
  if ('report' in draft) return { report: draft.report, deliveries: [] };
  const cards = compose(draft.edition, draft.papers, due.feed, draft.reasons);
  const at = clock.now();
  const lookAgainAt = queue.isShared ? handedOnUntil(at) : at;
  const slot = { ...due.slot, ...beingPosted(due, at, lookAgainAt), changedAt: at };
  const to = { cards, feed: due.feed, slot };
  return { edition: draft.edition, deliveries: await plan(draft, to, dependencies) };
}
