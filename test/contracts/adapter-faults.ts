import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../src/errors.ts';
import type { AdapterBench, Fault, Operation } from './adapter.ts';

/** What a `throttled` platform asks for. */
export const RETRY_AFTER_MS = 7000;

/** Faults that a platform answers with, or that break the way to it. */
export type ToldFault = Exclude<Fault, 'hang'>;

/** Which error each fault becomes, and what it carries. */
const ERRORS = {
  throttled: [DeliveryThrottledError, { code: 'delivery-throttled', retryAfterMs: RETRY_AFTER_MS }],
  'not-arrived': [DeliveryUnavailableError, { code: 'delivery-unavailable', mayHaveArrived: false }],
  'request-lost': [DeliveryUnavailableError, { code: 'delivery-unavailable', mayHaveArrived: true }],
  'answer-lost': [DeliveryUnavailableError, { code: 'delivery-unavailable', mayHaveArrived: true }],
  forbidden: [DeliveryRefusedError, { code: 'delivery-refused', reason: 'forbidden' }],
  gone: [DeliveryRefusedError, { code: 'delivery-refused', reason: 'gone' }],
  rejected: [CardRejectedError, { code: 'card-rejected', limit: expect.stringMatching(/./) }],
} as const satisfies Record<ToldFault, unknown>;

export const TOLD_FAULTS = Object.keys(ERRORS) as ToldFault[];

/** The error of this fault, with its place; what may have arrived is told of what was to arrive only. */
export function expectError(
  fault: ToldFault,
  error: unknown,
  { destination: { platform, channel } }: AdapterBench,
  { isQuestion = false } = {},
): void {
  const [type, fields] = ERRORS[fault];
  const { code } = fields;
  expect(error).toBeInstanceOf(type);
  const isVague = isQuestion && 'mayHaveArrived' in fields;
  expect(error).toMatchObject({ platform, channel, ...(isVague ? { code } : fields) });
}

/** What some work fails with; undefined when it does not. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** A deaf adapter would wait for ever; this is long for one that hears. */
const PATIENCE_MS = 400;

/** What a call fails with that is cut off while the platform has not answered; `'deaf'` when it just goes on. */
export async function cutOff(
  bench: AdapterBench,
  operation: Operation,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const stop = new AbortController();
  const callsBefore = bench.calls(operation);
  bench.failNext('hang', operation);
  let hasEnded = false;
  const error = errorOf(call(stop.signal)).finally(() => {
    hasEnded = true;
  });
  const isWaiting = () => bench.calls(operation) === callsBefore && !hasEnded;
  for (let turns = 0; turns < PATIENCE_MS && isWaiting(); turns += 1) await delay(1);
  stop.abort(new Error('Stopped.'));
  return await Promise.race([error, delay(PATIENCE_MS, 'deaf')]);
}

/** What was under way is unknown, so it is told as such and not by the signal's reason. */
export function expectCutOff(error: unknown, { isQuestion = false } = {}): void {
  expect(error).toBeInstanceOf(DeliveryUnavailableError);
  if (!isQuestion) expect(error).toMatchObject({ mayHaveArrived: true });
}
