import type { Instant } from '../../../src/domain/calendar.ts';

/** Discord's ids count milliseconds from here on (developers/reference, 2026-08-06). */
const EPOCH_MS = 1_420_070_400_000;

/** The lowest id that something made at an instant can have. */
export function snowflakeAt(at: Instant): string {
  const ms = Math.max(0, Date.parse(at) - EPOCH_MS);
  return (BigInt(ms) << 22n).toString();
}

/** The older one first. */
export function bySnowflake(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
