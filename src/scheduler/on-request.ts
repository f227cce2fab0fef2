import type { Preview } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { isUnsent } from '../domain/delivery.ts';
import { isDone, type SlotRecord, slotId } from '../domain/edition.ts';
import type { Destination, Feed, FeedId } from '../domain/feed.ts';
import type { DueSlot, Line } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { dateOf, firstDueAt, slotOn } from './cadence.ts';
import { feedHere } from './feed-here.ts';
import { asBegun, readProgress } from './progress.ts';

interface Dependencies {
  store: Store;
  line: Line;
  clock: Clock;
}

/**
 * Posts what a feed has now, as somebody asks for it, and before it what was planned and is not out. Out: how today's slot
 * stands; undefined where a place has no such feed. Errors: as of `Line.run`.
 */
export async function runNow(
  place: Destination,
  id: FeedId,
  { store, line, clock }: Dependencies,
  signal?: AbortSignal,
): Promise<SlotRecord | undefined> {
  const feed = await feedHere(place, id, store);
  if (!feed) return undefined;
  const due = await requested(feed, { store, clock });
  const { before } = due;
  // What failed without a plan may be tried again by whoever asks for it.
  if (before && isDone(before.state) && before.state !== 'failed') return before;
  const progress = await readProgress(feed, clock.now(), store.ledger);
  const begun = asBegun(feed, progress).filter(({ slot }) => slot.day !== due.slot.day);
  // Should this process end now, the bot looks at it with its next tick.
  await store.ledger.setWake(id, clock.now());
  const results = await line.run([...begun, due], signal);
  await store.ledger.setWake(id, clock.now());
  const last = results.at(-1);
  if (last?.status === 'rejected') throw last.reason;
  return last?.value;
}

/** What a feed would post now; undefined where a place has no such feed. Errors: as of `Line.preview`. */
export async function previewNow(
  place: Destination,
  id: FeedId,
  { store, line, clock }: Dependencies,
  signal?: AbortSignal,
): Promise<Preview | undefined> {
  const feed = await feedHere(place, id, store);
  if (!feed) return undefined;
  const due = await requested(feed, { store, clock });
  const reason = await underWay(due, store);
  return reason === undefined ? await line.preview(due, signal) : { cards: [], reason };
}

/** Of an edition that is planned and not out, as its papers are taken and the line would find nothing new. */
async function underWay({ slot }: DueSlot, { ledger }: Store): Promise<string | undefined> {
  const deliveries = await ledger.deliveries(slotId(slot));
  const unsent = deliveries.filter(isUnsent).length;
  if (unsent === 0) return undefined;
  return `The edition of ${slot.day} is planned, and of its messages (${deliveries.length}) some have not gone out yet: ${unsent}.`;
}

/** Today's slot as somebody asks for it now. */
async function requested(feed: Feed, { store, clock }: Omit<Dependencies, 'line'>): Promise<DueSlot> {
  const at = clock.now();
  const slot = slotOn(feed, dateOf(feed, at));
  const before = await store.ledger.slot(slotId(slot));
  return {
    feed,
    slot,
    asOf: at,
    beganAt: firstDueAt(feed),
    isRequested: true,
    ...(before ? { before } : {}),
  };
}
