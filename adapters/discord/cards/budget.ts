import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { shorten } from '../../../src/text/shorten.ts';
import { LIMITS } from './limits.ts';
import { walk } from './stamp.ts';

/** What Discord counts over a whole message. */
export interface Size {
  /** Nested ones are counted too. */
  components: number;
  /** Of what text displays say, as it is written. */
  characters: number;
  /** Of every text in it, in UTF-8. */
  bytes: number;
}

/** What a stamp may add to a `custom_id`: `~`, 25 of mark, `@`, 13 of home. */
const STAMP_BYTES = 40;

/** The size of a message's components. */
export function sizeOf(components: readonly APIMessageTopLevelComponent[]): Size {
  const size: Size = { components: 0, characters: 0, bytes: 0 };
  for (const one of walk(components)) {
    if (typeof one.type === 'number') size.components += 1;
    if (one.type === ComponentType.TextDisplay) size.characters += String(one.content).length;
    if (typeof one.custom_id === 'string') size.bytes += STAMP_BYTES;
    for (const value of Object.values(one)) {
      if (typeof value === 'string') size.bytes += Buffer.byteLength(value);
    }
  }
  return size;
}

/** True where a message keeps every limit that is counted over all of it. */
export function fits(components: readonly APIMessageTopLevelComponent[]): boolean {
  const size = sizeOf(components);
  return (
    size.components <= LIMITS.components &&
    size.characters <= LIMITS.textCharacters &&
    size.bytes <= LIMITS.bytes
  );
}

/** What a text takes of a room: a character, or half of its bytes where it has more than two a character. */
export function cost(text: string): number {
  return Math.max(text.length, Math.ceil(Buffer.byteLength(text) / 2));
}

/**
 * A text shortened so far that it takes at most `room` as it is written (`cost`). `write` is what makes it inert: it
 * makes a text longer, by what it escapes.
 */
export function fitted(text: string, room: number, write: (text: string) => string): string {
  let most = room;
  for (;;) {
    const written = write(shorten(text, most, 'characters'));
    const over = cost(written) - room;
    if (over <= 0 || most <= 0) return written;
    most -= over;
  }
}
