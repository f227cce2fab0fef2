import type { types } from '@slack/bolt';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { escaped } from './inert.ts';
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
