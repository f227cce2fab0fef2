import type { Message, Sighting } from '../adapter.ts';
import { addMs, DAY_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { DeliveryRefusedError, DeliveryThrottledError, DeliveryUnavailableError } from '../errors.ts';
import { callPlatform, SEND_MS } from './cutoff.ts';
import { askedMs } from './retry.ts';
import { type DeliverDependencies, move, pause, type Step } from './step.ts';

/** A request that was given up may still take effect for so long: the time that it had, and as much again. */
const DOUBT_MS = 2 * SEND_MS;
/**
 * Our clock may have been ahead when the message left, by a zone taken for another or more, and be right now: then the
 * message stands in the history before our own time of it.
 */
const MARGIN_MS = DAY_MS;
/** How far back is looked when our clock was wrong at the time. */
const LONG_LOOK_MS = 7 * DAY_MS;
/** A look reads some pages of a channel's history. */
const LOOK_MS = 60 * SECOND_MS;

/** `first`: the message that the delivery hangs under, where it does. */
type ResolveDependencies = DeliverDependencies & Pick<Message, 'first'>;

/**
 * Finds out what became of a delivery that was being sent when its run ended. Out: the delivery as `sent`, as `planned`
 * when it is surely absent, as `uncertain` when nobody can tell; or why it cannot be said yet.
 */
export async function resolve(
  delivery: Delivery,
  dependencies: ResolveDependencies,
  signal?: AbortSignal,
): Promise<Step> {
  const ageMs = msBetween(delivery.changedAt, dependencies.clock.now());
  if (ageMs >= 0 && ageMs < DOUBT_MS) {
    return pause('Whether a message arrived is looked up in a minute.', DOUBT_MS - ageMs);
  }
  await dependencies.renew();
  // A message from the future was sent under a wrong clock: nobody knows where in the history it would stand.
  const isDatable = ageMs >= 0;
  const look = await lookFor(delivery, isDatable, dependencies, signal);
  if ('stop' in look) return look;
  if (look.kind === 'found') {
    return { delivery: await move(delivery, { state: 'sent', messageId: look.messageId }, dependencies) };
  }
  if (look.kind === 'absent' && isDatable) {
    return { delivery: await move(delivery, { state: 'planned' }, dependencies) };
  }
  const why = look.kind === 'unknown' ? look.reason : 'The clock of this machine was wrong at the time.';
  const reason = `It was being sent and may have arrived; nobody can tell. ${why}`;
  return { delivery: await move(delivery, { state: 'uncertain', reason }, dependencies) };
}

async function lookFor(
  delivery: Delivery,
  isDatable: boolean,
  dependencies: ResolveDependencies,
  stop?: AbortSignal,
): Promise<Sighting | Extract<Step, { stop: unknown }>> {
  const { adapter, clock, log, first } = dependencies;
  const sinceAt = isDatable ? addMs(delivery.changedAt, -MARGIN_MS) : addMs(clock.now(), -LONG_LOOK_MS);
  const { destination } = delivery;
  const call = (cut: AbortSignal) =>
    adapter.find(first === undefined ? delivery : { ...delivery, first }, sinceAt, cut);
  try {
    return await callPlatform(
      { destination, afterMs: LOOK_MS, stop, mayHaveArrived: false, call },
      dependencies,
    );
  } catch (error) {
    if (error instanceof DeliveryRefusedError) return { stop: { kind: 'closed', error } };
    if (error instanceof DeliveryThrottledError) return pause(error.message, askedMs(error));
    if (error instanceof DeliveryUnavailableError) return pause(error.message, 0);
    // A fault of our own must not keep the rest of the edition back for ever.
    log.error('An adapter failed to look for a message', { error });
    return { kind: 'unknown', reason: 'Looking for it failed.' };
  }
}
