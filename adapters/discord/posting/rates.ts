import type { Rate } from '../../../src/adapter.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { type Destination, memberOf } from '../../../src/domain/feed.ts';
import { DIRECT_EVERY_MS } from './direct.ts';

/**
 * Discord takes 50 requests of one bot in any second (developers/topics/rate-limits, 2026-08-06). 45 of them are messages;
 * the rest is left to what else is asked: threads, looks, rights.
 */
const ALL: Rate = { key: 'discord', everyMs: 22 };
/**
 * What a channel takes Discord tells in the headers of its answers only (the same page); bots are known to meet five
 * messages in five seconds, so that evenly no more are sent. A greater limit is not used, a smaller one is answered by a
 * pause, which the line waits for.
 */
const CHANNEL_EVERY_MS = SECOND_MS;

/** See `Adapter.rates`. */
export function ratesOf(destination: Destination): Rate[] {
  const own =
    memberOf(destination) === undefined
      ? { key: `discord:${destination.channel}`, everyMs: CHANNEL_EVERY_MS }
      : { key: 'discord:direct', everyMs: DIRECT_EVERY_MS };
  // The wait for the slower one first: a place among all would be lost meanwhile.
  return [own, ALL];
}
