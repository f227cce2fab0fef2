import type { Message } from '../adapter.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { Delivery, MessageId } from '../domain/delivery.ts';
import { DeliveryThrottledError, StoreError } from '../errors.ts';
import { withFields } from '../log.ts';
import { callPlatform, SEND_MS } from './cutoff.ts';
import { resolve } from './resolve.ts';
import { judge, LONGEST_PAUSE_MS, MOST_TRIES, type Verdict } from './retry.ts';
import { type DeliverDependencies, move, pause, type Step, type Stop, taken } from './step.ts';

/** A run waits no longer than this for one slot in all: other feeds are due too. */
const MOST_WAITED_MS = MINUTE_MS;

/**
 * A message leaves so soon after it was noted as being sent, or not at all: what is looked up a minute after the note
 * must have had its whole time by then.
 */
const LEAVE_MS = 5 * SECOND_MS;

const IN_DOUBT = 'It is not known yet whether a message arrived.';

/** How the deliveries stand after a run. */
export interface Delivered {
  deliveries: Delivery[];
  /** Set when some are still `planned` or `sending`. */
  stop?: Stop;
}

/**
 * Sends the deliveries of one slot in order and keeps each outcome at once.
 *
 * `sending` is durable before a message leaves and `sent` right after. One found in `sending` is looked up before
 * anything else happens; only what is surely absent is sent again. A card that the platform rejects does not stop the
 * others, nor does one that stays `uncertain`. Errors: `StoreError`, or the signal's reason; what was not sent by then
 * is still `planned`.
 */
export async function deliver(
  planned: readonly Delivery[],
  dependencies: DeliverDependencies,
  signal?: AbortSignal,
): Promise<Delivered> {
  const deliveries = [...planned];
  const waits = { leftMs: MOST_WAITED_MS };
  for (const [index, delivery] of planned.entries()) {
    if (delivery.state !== 'planned' && delivery.state !== 'sending') continue;
    const log = withFields(dependencies.log, { delivery: delivery.id });
    const step = await bring(
      delivery,
      { ...dependencies, log, waits, ...firstOf(deliveries, index) },
      signal,
    );
    if ('stop' in step) return { deliveries, stop: step.stop };
    deliveries[index] = step.delivery;
  }
  return { deliveries };
}

/** What sending needs, with the time that its run may still wait. */
type SendDependencies = DeliverDependencies & { waits: { leftMs: number }; first?: MessageId };

/** What a message may hang under: the first one of its edition, once that is out. */
export function firstOf(deliveries: readonly Delivery[], index: number): Pick<Message, 'first'> {
  const [first] = deliveries;
  return index > 0 && first?.messageId !== undefined ? { first: first.messageId } : {};
}

async function bring(given: Delivery, dependencies: SendDependencies, signal?: AbortSignal): Promise<Step> {
  signal?.throwIfAborted();
  const { circuit, clock } = dependencies;
  const pauseMs = circuit.pauseMs(clock.now());
  if (pauseMs > 0) return pause(`${given.destination.platform} could not be reached lately.`, pauseMs);
  if (given.state === 'planned') return await send(given, dependencies, signal);
  const step = await resolve(given, dependencies, signal);
  if ('stop' in step || step.delivery.state !== 'planned') return step;
  return await send(step.delivery, dependencies, signal);
}

/** One delivery, again while another try is safe and a short pause may help. */
async function send(planned: Delivery, dependencies: SendDependencies, signal?: AbortSignal): Promise<Step> {
  const { clock, log, random, waits } = dependencies;
  let delivery = planned;
  let inDoubtSince: Instant | undefined;
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    // What may have left is not left in doubt until the morning.
    const quiet = inDoubtSince === undefined ? await quietStop(delivery, dependencies) : undefined;
    if (quiet) return quiet;
    const tooLong = await awaitTurn(delivery, dependencies, signal);
    if (tooLong) return tooLong;
    await dependencies.renew();
    const leavesAt = clock.now();
    // Written anew for a repetition, so that what is looked up later begins with the last request.
    delivery = await move(delivery, { state: 'sending' }, dependencies);
    if (!isRepeatable(delivery, inDoubtSince, dependencies)) return pause(IN_DOUBT, 0);
    try {
      const messageId = await post(delivery, leavesAt, dependencies, signal);
      return { delivery: await move(delivery, { state: 'sent', messageId }, dependencies) };
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const wasInDoubt = inDoubtSince !== undefined;
      const mayRepeat = tries < MOST_TRIES && isRepeatable(delivery, inDoubtSince ?? leavesAt, dependencies);
      const verdict = judge(error, { tries, wasInDoubt, isRepeatable: mayRepeat, random });
      log.info('A delivery failed', { tries, verdict: verdict.kind, error });
      const next = await follow(verdict, error as Error, delivery, dependencies);
      if ('stop' in next || next.delivery.state === 'refused') return next;
      delivery = next.delivery;
      const afterMs = 'afterMs' in verdict ? verdict.afterMs : 0;
      const isTooLong = afterMs > Math.min(LONGEST_PAUSE_MS, waits.leftMs);
      // Who gave no answer is looked at again as others that wait are; who asked for time gets it.
      const restMs = error instanceof DeliveryThrottledError ? afterMs : 0;
      if (tries >= MOST_TRIES || isTooLong) return pause((error as Error).message, restMs);
      if (verdict.kind === 'repeat') inDoubtSince ??= leavesAt;
      waits.leftMs -= afterMs;
      await clock.sleep(afterMs, signal);
    }
  }
}

/** Asked before each message, as a run may last into the quiet hours of its member. */
async function quietStop(
  { destination }: Delivery,
  { quietUntil, clock }: DeliverDependencies,
): Promise<{ stop: Stop } | undefined> {
  const at = clock.now();
  const until = await quietUntil(destination, at);
  if (until === undefined) return undefined;
  return pause(`It is for a member whose quiet hours last until ${until}.`, msBetween(at, until));
}

/** Waits until the platform's rates let one more message leave; not for long, as a slot holds its place meanwhile. */
async function awaitTurn(
  { destination }: Delivery,
  { adapter, queue, clock }: DeliverDependencies,
  signal?: AbortSignal,
): Promise<{ stop: Stop } | undefined> {
  for (const rate of adapter.rates?.(destination) ?? []) {
    const restMs = await queue.turn(rate, LONGEST_PAUSE_MS);
    if (restMs > LONGEST_PAUSE_MS)
      return pause(`${destination.platform} takes one message at a time.`, restMs);
    if (restMs > 0) await clock.sleep(restMs, signal);
  }
  return undefined;
}

/** Does the platform still take a repetition for the same as the request that left first? */
function isRepeatable(
  delivery: Delivery,
  firstLeftAt: Instant | undefined,
  { adapter, clock, first }: SendDependencies,
): boolean {
  if (firstLeftAt === undefined) return true;
  const ageMs = msBetween(firstLeftAt, clock.now());
  return ageMs >= 0 && ageMs < adapter.repeatableForMs(messageOf(delivery, first));
}

/** What a verdict does to its delivery. */
async function follow(
  verdict: Verdict,
  error: Error,
  delivery: Delivery,
  dependencies: DeliverDependencies,
): Promise<Step> {
  switch (verdict.kind) {
    case 'again':
      return { delivery: await move(delivery, { state: 'planned' }, dependencies) };
    case 'repeat':
      return { delivery };
    case 'doubt':
      return pause(`${IN_DOUBT} ${error.message}`, 0);
    case 'closed':
      await move(delivery, { state: 'planned', reason: error.message }, dependencies);
      return { stop: { kind: 'closed', error: verdict.error } };
    case 'rejected':
      return { delivery: await move(delivery, { state: 'refused', reason: error.message }, dependencies) };
    default:
      return verdict satisfies never;
  }
}

/** Calls the adapter once and no longer than `SEND_MS`, whatever the adapter does. */
async function post(
  delivery: Delivery,
  leavesAt: Instant,
  dependencies: SendDependencies,
  stop?: AbortSignal,
): Promise<string> {
  const { adapter, clock, first } = dependencies;
  // A process that was frozen meanwhile no longer knows whose delivery this is, nor when it will be looked for.
  if (clock.now() > addMs(leavesAt, LEAVE_MS)) throw taken(delivery);
  const { destination } = delivery;
  const call = (cut: AbortSignal) => adapter.send(messageOf(delivery, first), cut);
  return await callPlatform(
    { destination, afterMs: SEND_MS, stop, mayHaveArrived: true, call },
    dependencies,
  );
}

/** A delivery as an adapter sees it. */
function messageOf(delivery: Delivery, first: MessageId | undefined): Message & Delivery {
  return first === undefined ? delivery : { ...delivery, first };
}
