import { isDeepStrictEqual } from 'node:util';
import type { Adapter, Message } from '../adapter.ts';
import { addMs, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import type { Delivery, Json, MessageId } from '../domain/delivery.ts';
import { type Edition, feedOf, isDone, papersOf, type SlotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { DeliveryThrottledError, DeliveryUnavailableError, PaperwireError } from '../errors.ts';
import { withFields } from '../log.ts';
import { withFeed } from './claim.ts';
import { compose } from './compose.ts';
import { callPlatform } from './cutoff.ts';
import { firstOf } from './deliver.ts';
import { type Find, findOnce } from './fetch.ts';
import { askedMs } from './retry.ts';
import type { LineDependencies } from './run.ts';
import { logOfRun } from './run-log.ts';

/** Slots whose cards are brought up to date in one go. */
const MOST_SLOTS = 20;
/** The next editions must not wait for it longer. */
const MOST_MS = 30 * SECOND_MS;
/** When it cannot be done now, it is tried again this late, and given up after a day. */
const LATER_MS = HOUR_MS;
const GIVE_UP_MS = DAY_MS;
/** One edit takes no longer. */
const EDIT_MS = 30 * SECOND_MS;
const AFTER_THROTTLE_MS = MINUTE_MS;

/**
 * Brings the figures of posted cards up to date, once a slot and in place: votes, stars and comments as they are now.
 * The papers and their order stay as they were posted. Errors: `StoreError`, or the signal's reason.
 */
export async function refreshCards(dependencies: LineDependencies, signal?: AbortSignal): Promise<void> {
  const { store, clock } = dependencies;
  const log = logOfRun(dependencies.log);
  const find = findOnce({ ...dependencies, log }, signal);
  const endsAt = addMs(clock.now(), MOST_MS);
  for (const id of await store.ledger.slotsToRefresh(clock.now(), MOST_SLOTS)) {
    if (clock.now() >= endsAt) return;
    const named = withFields(log, { feed: feedOf(id), slot: id });
    const afterMs = await refreshApart(id, { ...dependencies, find, log: named }, signal);
    if (afterMs === 'not ours') continue;
    await store.ledger.setRefresh(id, afterMs === undefined ? undefined : addMs(clock.now(), afterMs));
  }
}

/** As `refreshSlot`; one that fails by a fault of ours must not keep the others back. */
async function refreshApart(
  id: SlotId,
  dependencies: LineDependencies & { find: Find },
  signal?: AbortSignal,
): Promise<number | undefined | 'not ours'> {
  const { store, adapters, log } = dependencies;
  try {
    const feed = await store.feeds.get(feedOf(id));
    if (feed?.state !== 'active' || feed.refreshHours === 0) return undefined;
    const adapter = adapters.get(feed.destination.platform);
    // Another process may have the platform.
    if (!adapter) return LATER_MS;
    const edit = adapter.edit?.bind(adapter);
    if (!edit) return undefined;
    const done = await withFeed(feed.id, dependencies, async ({ renew }) => ({
      afterMs: await refreshSlot(id, feed, { ...dependencies, adapter, edit, renew }, signal),
    }));
    return done ? done.afterMs : 'not ours';
  } catch (error) {
    signal?.throwIfAborted();
    log.error('The cards of a slot could not be brought up to date', { error });
    return LATER_MS;
  }
}

interface RefreshDependencies extends LineDependencies {
  adapter: Adapter;
  edit: NonNullable<Adapter['edit']>;
  find: Find;
  renew: () => Promise<void>;
}

/** Out: how much later it is to be tried again; undefined when it is done, or will never be. */
async function refreshSlot(
  id: SlotId,
  feed: Feed,
  dependencies: RefreshDependencies,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const { store, clock } = dependencies;
  const [edition, slot, deliveries] = await Promise.all([
    store.editions.get(id),
    store.ledger.slot(id),
    store.ledger.deliveries(id),
  ]);
  if (!edition || !slot) return undefined;
  const isOver = clock.now() >= giveUpAt(edition, feed);
  if (!isDone(slot.state)) return isOver ? undefined : LATER_MS;
  const payloads = await renderNow(edition, feed, dependencies);
  if (payloads === 'unreadable') return isOver ? undefined : LATER_MS;
  // Longer texts may have made one message more: then the posted ones stay as they are.
  if (payloads.length !== deliveries.length) return undefined;
  for (const [index, delivery] of deliveries.entries()) {
    const payload = payloads[index] as Json;
    const isChanged = !isDeepStrictEqual(payload, delivery.payload);
    if (delivery.state !== 'sent' || delivery.messageId === undefined || !isChanged) continue;
    const afterMs = await editOne(
      { ...delivery, payload, messageId: delivery.messageId, ...firstOf(deliveries, index) },
      dependencies,
      signal,
    );
    if (afterMs !== undefined) return isOver ? undefined : afterMs;
  }
  return undefined;
}

function giveUpAt({ plannedAt }: Edition, { refreshHours }: Feed): Instant {
  return addMs(plannedAt, refreshHours * HOUR_MS + GIVE_UP_MS);
}

/** The edition's messages with the figures of now, after its lists have been read anew. */
async function renderNow(
  edition: Edition,
  feed: Feed,
  { store, adapter, find }: RefreshDependencies,
): Promise<Json[] | 'unreadable'> {
  const listings = edition.sections.flatMap(({ listing }) => listing ?? []);
  const findings = await Promise.all(listings.map(find));
  if (findings.some((finding) => 'failure' in finding)) return 'unreadable';
  const ids = papersOf(edition);
  const archived = await store.papers.getMany(ids);
  if (ids.some((id) => !archived.has(id))) return [];
  const papers = new Map([...archived].map(([id, { paper }]) => [id, paper]));
  return compose(edition, papers, feed).flatMap((card) => adapter.render(card));
}

/** Out: how much later to go on when the platform wants a pause; one message that cannot be edited is left. */
async function editOne(
  delivery: Delivery & { messageId: MessageId } & Pick<Message, 'first'>,
  { edit, circuits, clock, log, renew }: RefreshDependencies,
  stop?: AbortSignal,
): Promise<number | undefined> {
  stop?.throwIfAborted();
  await renew();
  const { destination } = delivery;
  const circuit = circuits(destination.platform);
  const pauseMs = circuit.pauseMs(clock.now());
  if (pauseMs > 0) return pauseMs;
  const call = (cut: AbortSignal) => edit(delivery, cut);
  try {
    await callPlatform(
      { destination, afterMs: EDIT_MS, stop, mayHaveArrived: true, call },
      { circuit, clock },
    );
    return undefined;
  } catch (error) {
    if (error instanceof DeliveryUnavailableError) return AFTER_THROTTLE_MS;
    if (error instanceof DeliveryThrottledError) return Math.max(askedMs(error), AFTER_THROTTLE_MS);
    const say = error instanceof PaperwireError ? log.info : log.error;
    say('A posted card could not be brought up to date', { delivery: delivery.id, error });
    return undefined;
  }
}
