import type { types } from '@slack/bolt';
import { shorten } from '../../../src/text/shorten.ts';
import { escaped, plain } from './inert.ts';
import { LIMITS } from './limits.ts';

/** The size of a message's blocks: all of their JSON, as nobody tells what Slack counts. */
export function sizeOf(blocks: readonly types.KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

/** What the section that calls a user group takes; it is put before a message that fits. */
const CALL = { blocks: 1, total: 120 } as const;

/** True where a message keeps every limit that is counted over all of it, also if it calls a user group. */
export function fits(blocks: readonly types.KnownBlock[]): boolean {
  return blocks.length <= LIMITS.blocks - CALL.blocks && sizeOf(blocks) <= LIMITS.total - CALL.total;
}

/**
 * A text shortened so far that it takes at most `room` as it is written. `write` is what makes it inert: it makes a text
 * longer, by what it escapes. `measured` is what is counted of it.
 */
export function fitted(
  text: string,
  room: number,
  write: (text: string) => string,
  measured: (written: string) => string = (written) => written,
): string {
  let most = room;
  for (;;) {
    const written = write(shorten(text, most, 'characters'));
    const { length } = measured(written);
    if (length <= room || most <= 0) return written;
    // What is escaped is spread evenly, more or less.
    most = Math.min(most - 1, Math.floor((most * room) / length));
  }
}

/** Plain text of at most `room` characters, also where Slack keeps and counts it escaped. */
export function fittedPlain(text: string, room: number, write: (text: string) => string = plain): string {
  return fitted(text, room, write, escaped);
}

/** The first of the choices that makes a message that fits; the last one's message where none does. */
export function firstFitting<T>(
  choices: readonly T[],
  build: (choice: T) => types.KnownBlock[],
): types.KnownBlock[] {
  let built: types.KnownBlock[] = [];
  for (const choice of choices) {
    built = build(choice);
    if (fits(built)) break;
  }
  return built;
}

/** The first of `count` numbers from 0 for which it is true, as it is for all after it; the last one if for none. */
export function firstWhere(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
