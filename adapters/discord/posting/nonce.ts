import { createHash } from 'node:crypto';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { DeliveryId } from '../../../src/domain/delivery.ts';

/** Discord takes at most 25 characters (Create Message, 2026-08-06). */
const LENGTH = 25;

/**
 * Discord compares nonces of one author "in the past few minutes" (Create Message, 2026-08-06). Repetitions leave
 * within this time, so that one that takes a minute to arrive is still compared.
 */
export const REPEATABLE_MS = MINUTE_MS;

/** The mark of a delivery: its nonce, and what it is found by later. Letters, digits, `-` and `_`. */
export function nonceOf(id: DeliveryId): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, LENGTH);
}
