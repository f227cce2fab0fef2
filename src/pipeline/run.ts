import type { Preview } from '../abilities.ts';
import { addMs, type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { type Delivery, type DeliveryId, isUnsent } from '../domain/delivery.ts';
import { type Edition, isDone, type Slot, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { type Log, withFields } from '../log.ts';
import type { DeliveryJob, Queue } from '../queue.ts';
import type { Source } from '../source.ts';
import { watch, watchUnattended } from './alarms.ts';
import { withFeed } from './claim.ts';
import { compose } from './compose.ts';
import { draftEdition } from './draft.ts';
import { type Find, findOnce } from './fetch.ts';
import { inOrderByChannel, isMail } from './lanes.ts';
import { watchSource } from './operator.ts';
import { keepOutcome, orFault, type Standing, type Work } from './outcome.ts';
import { plan } from './plan.ts';
import { type PostDependencies, type Posted, post, restingOf } from './post.ts';
import { beingPosted, closedBy, lateness, leftOver, untouched } from './record.ts';
import { logOfRun, newRunId } from './run-log.ts';
import type { Wants } from './select.ts';

export interface LineDependencies extends PostDependencies {
  source: Source;
  /** What a feed wants now. */
  wantsOf: (feed: Feed) => Promise<Wants>;
  /** Gives planned slots to whoever posts them. */
  queue: Pick<Queue, 'add' | 'isShared' | 'turn'>;
}

/** A slot to be done, with its feed as it is now. */
export interface DueSlot {
  feed: Feed;
  slot: Slot;
  /** The slot as it was left, when it waits. */
  before?: SlotRecord;
  /** Earlier slots without plan and outcome: this one takes their lists. */
  overtakes?: readonly SlotRecord[];
  /** The instant that the lists are chosen for: that of the slot, or now when somebody asked for it. */
  asOf: Instant;
  /** When the feed's time came for the first time: a feed without editions takes the lists from then on. */
  beganAt: Instant;
  /** Somebody asked for it and sees for themselves: a short list is taken at once. */
  isRequested?: true;
}

/** From the source to what was posted. */
export interface Line {
  /**
   * Plans the slots, each listing read once for all, and has each posted through the queue; those of one feed in the given
   * order, and none before the one ahead of it is done. Out: how each stands now, in their order; one that another
   * process posts is `waiting`. A slot that another run has in hand, that is not this process's or whose turn has not come
   * is `due`, untouched. One that fails by `StoreError` or `QueueError` leaves the others standing. Rejects with the
   * signal's reason only.
   */
  run(due: readonly DueSlot[], signal?: AbortSignal): Promise<PromiseSettledResult<SlotRecord>[]>;
  /** Delivers and records: the part of the line that a job of the queue stands for. Errors: as `post.ts` says. */
  post(job: DeliveryJob, signal?: AbortSignal): Promise<Posted>;
  /** The cards that a slot would have now and what is to be said of them; posts nothing. */
  preview(due: DueSlot, signal?: AbortSignal): Promise<Preview>;
}

/** What the slots of a run share. */
interface Run {
  id: string;
  find: Find;
  /** Names the run. */
  log: Log;
  signal: AbortSignal | undefined;
}

/** A slot in a run: as it stands, or planned, with messages to be sent from one on. */
type Prepared = { record: SlotRecord } | { next: DeliveryId };

/** What of a slot is planned. */
type Planned = Standing | { edition: Edition | undefined; deliveries: readonly Delivery[] };

/**
 * A slot that was given to another process is looked at again this late, should its job be lost; long enough for a queue
 * with the messages of many channels before it.
 */
const HANDED_ON_MS = 15 * MINUTE_MS;
/** A run begins no mails after so long: the editions of the next minutes must not wait for a mail server that is slow. */
const MAILS_MS = MINUTE_MS;

/**
 * Fetch, merge and settle once a run for each listing; then, slot by slot, select and plan; and, by whoever takes the job,
 * deliver and record.
 */
export function createLine(dependencies: LineDependencies): Line {
  const { store, adapters, queue, clock, observer } = dependencies;

  async function doSlot(due: DueSlot, run: Run): Promise<SlotRecord> {
    const prepared = await claimFeed(due, run);
    if ('record' in prepared) return prepared.record;
    const requested = due.isRequested ? { isRequested: true as const } : {};
    const job = { kind: 'delivery', id: prepared.next, run: run.id, ...requested } as const;
    await queue.add(job, run.signal).catch(async (error: unknown) => {
      // What the store says of it meanwhile tells less than why it was not taken.
      if (queue.isShared) await lookSoon(due).catch(() => undefined);
      throw error;
    });
    return (await store.ledger.slot(slotId(due.slot))) ?? gone(due);
  }

  /**
   * Nobody has the job of a planned slot, it seems: it need not wait for whoever would have done it. One that was worked on
   * all the same rests as long as that work found right.
   */
  async function lookSoon({ feed, slot }: DueSlot): Promise<void> {
    await withFeed(feed.id, dependencies, async () => {
      const now = await store.ledger.slot(slotId(slot));
      const isHandedOn = now && now.lookAgainAt === addMs(now.changedAt, HANDED_ON_MS);
      if (isHandedOn) await store.ledger.putSlot({ ...now, lookAgainAt: clock.now() });
    });
  }

  function gone(due: DueSlot): SlotRecord {
    return untouched(due, 'Its feed is gone.', clock.now());
  }

  async function claimFeed(due: DueSlot, run: Run): Promise<Prepared> {
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
      if (!feed) return { record: gone(due) };
      if (feed.state === 'paused' && !due.isRequested)
        return { record: untouched(due, 'It was paused.', clock.now()) };
      const log = withFields(run.log, { feed: id, slot: slotId(due.slot) });
      return await prepare({ ...due, feed }, { adapter, claim, log }, run);
    });
    return prepared ?? { record: untouched(due, 'Another run is at it.', clock.now()) };
  }

  async function prepare(due: DueSlot, work: Work, run: Run): Promise<Prepared> {
    await closeOvertaken(due);
    const before = await store.ledger.slot(slotId(due.slot));
    const { feed, slot } = due;
    const inHand = { feed, slot, ...(before ? { before } : {}), ...lateness(due) };
    const begin = () => planSlot(due, before, work, run);
    const planned = await orFault(inHand, work, begin, dependencies, run.signal);
    const next = planned.deliveries.find(isUnsent);
    if (next) {
      if (queue.isShared && before?.isPlanned) await handOnAgain(before, feed, planned.deliveries, work);
      return { next: next.id };
    }
    const standing = 'report' in planned ? planned : restingOf(planned.edition, planned.deliveries);
    return { record: await keepOutcome(inHand, standing, work, dependencies) };
  }

  /** Under the claim, as nobody may plan meanwhile what is closed here. */
  async function closeOvertaken({ feed, slot, overtakes = [] }: DueSlot): Promise<void> {
    for (const { feedId, day } of overtakes) {
      const now = await store.ledger.slot(slotId({ feedId, day }));
      if (!now || isDone(now.state) || now.isPlanned) continue;
      const closed = closedBy(slot, now, clock.now());
      await store.ledger.putSlot(closed);
      observer.slotDone(closed, feed.destination.platform);
    }
  }

  async function planSlot(
    due: DueSlot,
    before: SlotRecord | undefined,
    { adapter, claim }: Work,
    { find }: Run,
  ): Promise<Planned> {
    const id = slotId(due.slot);
    const [edition, deliveries] = await Promise.all([store.editions.get(id), store.ledger.deliveries(id)]);
    // An earlier run planned it. Slot and deliveries outlive an edition whose record was damaged.
    if (before?.isPlanned) return { edition, deliveries };
    const draft = await draftEdition(due, find, dependencies);
    if ('report' in draft) return { report: draft.report, deliveries: [] };
    const cards = compose(draft.edition, draft.papers, due.feed, draft.reasons);
    const at = clock.now();
    const lookAgainAt = queue.isShared ? addMs(at, HANDED_ON_MS) : at;
    const slot = { ...due.slot, ...beingPosted(due, at, lookAgainAt), changedAt: at };
    const to = { cards, feed: due.feed, slot };
    return {
      edition: draft.edition,
      deliveries: await plan(draft, to, { adapter, store, claim, observer }),
    };
  }

  /** Its job may be lost, or wait behind many: the next look is set, and whoever waits for it is told once it is late. */
  async function handOnAgain(
    before: SlotRecord,
    feed: Feed,
    deliveries: readonly Delivery[],
    { adapter }: Work,
  ): Promise<void> {
    const at = clock.now();
    const record = { ...before, lookAgainAt: addMs(at, HANDED_ON_MS), changedAt: at };
    // After a time in which nothing ran at all it gets another chance first.
    const hasWaited = msBetween(before.changedAt, at) < 2 * HANDED_ON_MS;
    const seen = { record, feed, deliveries, hasSent: false, isClosed: false };
    if (hasWaited) await watch(seen, { ...dependencies, adapter });
    await store.ledger.putSlot(record);
  }

  return {
    async run(due, signal) {
      const id = newRunId();
      const log = logOfRun(dependencies.log, id);
      const find = findOnce({ ...dependencies, log }, signal);
      const mailsUntil = addMs(clock.now(), MAILS_MS);
      const results = await inOrderByChannel(
        due,
        async (one, blocked) => {
          if (isMail(one.feed) && clock.now() >= mailsUntil) return leftOver(one, clock.now());
          if (blocked)
            return untouched(one, 'An earlier edition of this feed has not gone out.', clock.now());
          return await doSlot(one, { id, find, log, signal });
        },
        signal,
      );
      signal?.throwIfAborted();
      await watchSource(await find.found(), dependencies).catch((error: unknown) => {
        // What was posted stands, whatever becomes of the alarm.
        log.error('The source could not be watched', { error });
      });
      return results;
    },
    post: (job, signal) => post(job, dependencies, signal),
    async preview(due, signal) {
      const draft = await draftEdition(due, findOnce(dependencies, signal), dependencies);
      if ('report' in draft) {
        const { state, sentence } = draft.report;
        return { cards: [], ...(state === 'due' ? { isEarly: true as const } : { reason: sentence }) };
      }
      return { cards: compose(draft.edition, draft.papers, due.feed, draft.reasons) };
    },
  };
}
