import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { tellsOfAlarm } from '../domain/alarm.ts';
import { MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import { type Delivery, deliveryId, isUnsent } from '../domain/delivery.ts';
import { directTo, type Feed, type FeedId, memberOf, type Platform } from '../domain/feed.ts';
import { type DeliveryRefusedError, DeliveryUnavailableError } from '../errors.ts';
import { type Log, withFields } from '../log.ts';
import type { Observer } from '../observer.ts';
import type { Store } from '../store.ts';
import type { Circuit } from './circuit.ts';
import { withClaim } from './claim.ts';
import { callPlatform } from './cutoff.ts';
import { deliver } from './deliver.ts';
import { createRests, type Rests } from './rests.ts';
import { logOfRun } from './run-log.ts';
import { type DeliverDependencies, move, type Stop } from './step.ts';

/** Notices looked at in one go. */
const MOST_NOTICES = 1000;
/** One that could not be sent is tried again this late, unless the platform asks for more. */
const AFTER_FAILURE_MS = 5 * MINUTE_MS;
const INSTALLER_MS = 30 * SECOND_MS;
/** After so long the list is made anew: a manager's notice that came meanwhile is ahead of members' questions. */
const LONGEST_MS = MINUTE_MS;

export interface NoticeDependencies {
  store: Store;
  adapters: ReadonlyMap<Platform, Adapter>;
  circuits: (platform: Platform) => Circuit;
  quietUntil: DeliverDependencies['quietUntil'];
  queue: DeliverDependencies['queue'];
  clock: Clock;
  log: Log;
  observer: Observer;
  random: () => number;
}

/** Sends what managers are to be told. */
export interface Notices {
  /**
   * Sends every notice that is open, those to managers first, as far as it can within a minute or so. Errors:
   * `StoreError` of the list, or the signal's reason.
   */
  send(signal?: AbortSignal): Promise<void>;
}

/** A notice that is not out. */
interface Stopped<S extends Stop = Stop> {
  id: string;
  feedId: FeedId;
  deliveries: readonly Delivery[];
  stop: S;
}

export function createNotices(dependencies: NoticeDependencies): Notices {
  const { store, adapters, circuits, clock } = dependencies;
  const { ledger } = store;
  const rests = createRests(clock);

  async function sendOne(id: string, feedId: FeedId, log: Log, signal?: AbortSignal): Promise<void> {
    await withClaim(`notice:${id}`, dependencies, async ({ renew }) => {
      const deliveries = await ledger.deliveries(id);
      const [first] = deliveries;
      const adapter = first && adapters.get(first.destination.platform);
      if (!adapter) return;
      const needs = { ...dependencies, adapter, ledger, circuit: circuits(adapter.platform), renew, log };
      const { deliveries: now, stop } = await deliver(deliveries, needs, signal);
      if (stop) return await settle({ id, feedId, deliveries: now, stop }, rests, { ...dependencies, log });
      rests.end(id);
      const lost = now.filter(({ state }) => state !== 'sent');
      if (lost.length > 0) log.error('A manager may not have been told', { lost: lost.map(why) });
    });
  }

  /** One that fails by a fault of ours must not keep the others back. */
  async function sendApart(id: string, feedId: FeedId, log: Log, signal?: AbortSignal): Promise<void> {
    try {
      await sendOne(id, feedId, log, signal);
    } catch (error) {
      signal?.throwIfAborted();
      log.error('A notice could not be sent; it is tried again', { error });
      rests.begin(id, AFTER_FAILURE_MS);
    }
  }

  return {
    async send(signal) {
      const at = clock.now();
      const log = logOfRun(dependencies.log);
      const open = await ledger.openNotices(MOST_NOTICES);
      rests.keep(new Set(open.map(({ id }) => id)));
      for (const { id, feedId } of managersFirst(open)) {
        if (Math.abs(msBetween(at, clock.now())) >= LONGEST_MS) return;
        if (rests.isResting(id, at)) continue;
        await sendApart(id, feedId, withFields(log, { notice: id, feed: feedId }), signal);
      }
    },
  };
}

/** Passes on a notice whose channel is closed; any other rests. */
async function settle(
  { stop, ...stopped }: Stopped,
  rests: Rests,
  dependencies: NoticeDependencies,
): Promise<void> {
  const { id } = stopped;
  const isOver = stop.kind === 'closed' && (await redirect({ ...stopped, stop }, dependencies));
  const afterMs = (stop.kind === 'pause' && stop.afterMs) || AFTER_FAILURE_MS;
  if (isOver) rests.end(id);
  else rests.begin(id, afterMs);
}

/** What does not go out must not wait until everybody has been asked who would like a digest. */
function managersFirst<T extends { id: string }>(open: readonly T[]): T[] {
  return [...open.filter(({ id }) => tellsOfAlarm(id)), ...open.filter(({ id }) => !tellsOfAlarm(id))];
}

/**
 * A manager who cannot be reached is stood in for by whoever installed us; one who is gone is replaced. For the member of
 * a digest nobody stands in: they are told with their next command. False when the platform could not be asked who
 * installed us.
 */
async function redirect(
  { id, feedId, deliveries, stop: { error } }: Stopped<Extract<Stop, { kind: 'closed' }>>,
  dependencies: NoticeDependencies,
): Promise<boolean> {
  const { store } = dependencies;
  const undone = deliveries.filter(isUnsent);
  const isDigest = (await store.feeds.get(feedId))?.isDigest === true;
  if (!isDigest && !(await standIn(id, feedId, undone, error, dependencies))) return false;
  for (const delivery of undone) {
    const state = delivery.state === 'planned' ? 'refused' : 'uncertain';
    await move(delivery, { state, reason: error.message }, { ...dependencies, ledger: store.ledger });
  }
  return true;
}

/** Has whoever installed us told instead; false when the platform could not be asked who that is. */
async function standIn(
  id: string,
  feedId: FeedId,
  undone: readonly Delivery[],
  error: DeliveryRefusedError,
  dependencies: NoticeDependencies,
): Promise<boolean> {
  const { store, log } = dependencies;
  const [first] = undone as [Delivery];
  const { destination } = first;
  const installer = await installerOf(first, dependencies);
  if (installer === 'unknown') return false;
  if (installer === undefined || installer === memberOf(destination)) {
    log.error('Nobody of a workspace can be told', { error });
  } else {
    const isGone = error.reason === 'gone';
    if (isGone) await replaceManager(feedId, memberOf(destination), installer, dependencies);
    const copies = readdressed(id, undone, installer);
    await store.ledger.planNotice({ id: `${id}/installer`, feedId, deliveries: copies });
  }
  return true;
}

/** Who stands for a workspace; `unknown` when the platform could not be asked. */
async function installerOf(
  { destination }: Delivery,
  { adapters, circuits, clock }: NoticeDependencies,
): Promise<string | undefined | 'unknown'> {
  const adapter = adapters.get(destination.platform) as Adapter;
  const call = () => adapter.installer(destination.workspace);
  const once = { destination, afterMs: INSTALLER_MS, stop: undefined, mayHaveArrived: false, call };
  try {
    return await callPlatform(once, { circuit: circuits(destination.platform), clock });
  } catch (error) {
    if (error instanceof DeliveryUnavailableError) return 'unknown';
    throw error;
  }
}

async function replaceManager(
  id: FeedId,
  gone: string | undefined,
  installer: string,
  { store, clock, log }: NoticeDependencies,
): Promise<void> {
  const replace = (feed: Feed) => (feed.manager === gone ? { ...feed, manager: installer } : undefined);
  const feed = await store.changeFeed(id, replace, clock.now());
  if (feed) log.warn('A feed has a new manager, as the one before is gone', { manager: installer });
}

function why({ state, reason }: Delivery): string {
  return `${state}: ${reason}`;
}

/** The same messages for somebody else. */
function readdressed(id: string, deliveries: readonly Delivery[], member: string): Delivery[] {
  const slotId = `${id}/installer`;
  return deliveries.map(({ payload, destination, position, changedAt }) => ({
    id: deliveryId(slotId, position),
    slotId,
    position,
    destination: directTo(destination, member),
    payload,
    state: 'planned',
    changedAt,
  }));
}
