import type { Services } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import {
  type Delivery,
  type DeliveryId,
  type DeliveryStatus,
  isUndecided,
  OPEN_STATES,
} from '../domain/delivery.ts';
import { feedOf, type SlotId, type SlotRecord } from '../domain/edition.ts';
import type { Destination, Feed } from '../domain/feed.ts';
import { RefusedError } from '../errors.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { DeliveryChange, Store } from '../store.ts';
import { firstDueAt } from './cadence.ts';
import { isDigestId } from './digests.ts';

export interface DecisionsDependencies {
  store: Store;
  line: Line;
  clock: Clock;
  observer: Observer;
}

/** What commands may ask, each delivery from its own workspace only, and what the operator may ask of all. */
export type Decisions = Services['deliveries'] & {
  all(): Promise<DeliveryStatus[]>;
};

/** What a person decides of messages that were refused or may have arrived. */
export function createDecisions({ store, line, clock, observer }: DecisionsDependencies): Decisions {
  const { ledger } = store;

  async function decide(
    place: Destination,
    deliveries: readonly Delivery[],
    change: Omit<DeliveryChange, 'changedAt'>,
    signal?: AbortSignal,
  ): Promise<SlotRecord | undefined> {
    const slot = deliveries[0] && (await ledger.slot(deliveries[0].slotId));
    const feed = slot && (await feedIn(place, deliveries[0]?.slotId ?? '', store));
    if (!feed) return undefined;
    const at = clock.now();
    const isDecided = await withFeed(feed.id, { store, clock }, async () => {
      // The slot first: should we die between the two, it is looked at again and found to be done.
      await ledger.putSlot(lookedAtAgain(slot, at));
      for (const { id, state, destination } of deliveries) {
        const isMoved = await ledger.moveDelivery(id, state, { ...change, changedAt: at });
        if (isMoved) tellIfAtRest({ state: change.state, destination }, observer);
      }
      // Should this process end now, the bot finds it with its next tick.
      await ledger.setWake(feed.id, at);
      return true;
    });
    if (!isDecided) throw new RefusedError('feed-busy');
    const [result] = await line.run([dueAgain(feed, slot, at)], signal);
    if (result?.status === 'rejected') throw result.reason;
    return result?.value;
  }

  return {
    all: () => ledger.openDeliveries(),
    async list({ platform, workspace }) {
      const open = await ledger.openDeliveries({ platform, workspace });
      // What a member gets in private is shown to themselves alone.
      return open.filter(({ slotId }) => !isDigestId(feedOf(slotId)));
    },
    async resend(place, id, signal) {
      const reason = 'Sent again, as a person asked for it.';
      return await decide(place, await named(id, isSendable, ledger), { state: 'planned', reason }, signal);
    },
    async dismiss(place, id, signal) {
      const reason = 'A person let it be.';
      return await decide(place, await named(id, isOpen, ledger), { state: 'dismissed', reason }, signal);
    },
  };
}

async function feedIn(
  place: Destination,
  slot: SlotId,
  { feeds }: Pick<Store, 'feeds'>,
): Promise<Feed | undefined> {
  const feed = await feeds.get(feedOf(slot));
  const { platform, workspace } = feed?.destination ?? {};
  return platform === place.platform && workspace === place.workspace ? feed : undefined;
}

/** A delivery, or those of a slot, whichever it names. */
async function named(
  id: DeliveryId | SlotId,
  isWanted: (delivery: Delivery) => boolean,
  ledger: Store['ledger'],
): Promise<Delivery[]> {
  const one = await ledger.delivery(id);
  return (one ? [one] : await ledger.deliveries(id)).filter(isWanted);
}

/** One that could not even be rendered has nothing to be sent. */
function isSendable(delivery: Delivery): boolean {
  return isUndecided(delivery) && delivery.payload !== null;
}

function isOpen({ state }: Delivery): boolean {
  return OPEN_STATES.some((open) => open === state);
}

/** A slot whose messages a person has decided about is done at once. */
function dueAgain(feed: Feed, slot: SlotRecord, at: Instant): DueSlot {
  const { feedId, day, dueAt } = slot;
  return {
    feed,
    slot: { feedId, day, dueAt },
    asOf: dueAt,
    beganAt: firstDueAt(feed),
    before: lookedAtAgain(slot, at),
    isRequested: true,
  };
}

function lookedAtAgain(slot: SlotRecord, at: Instant): SlotRecord {
  return {
    ...slot,
    state: 'waiting',
    sentence: 'A person has decided about its messages.',
    changedAt: at,
    waitingSinceAt: at,
    lookAgainAt: at,
    isPlanned: true,
  };
}
