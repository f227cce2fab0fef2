import { emojiKey } from '../../../src/domain/emoji.ts';
import type { BoardMessage } from '../board/board.ts';
import { PLAYGROUND } from '../place.ts';
import { drawMessage, type Viewer } from './message.ts';
import { placeText } from './stream-place.ts';

/** Whoever reads a stream is told of as few at once; all who keep up are told the same. */
const MOST_KEPT = 64;
/** Of all that is kept, in bytes. */
const MOST_BYTES = 2_000_000;

/** Messages as events of a stream, each drawn once for all to whom it looks the same. */
export interface Frames {
  /** `boardId`: of the board on which the message stands as given. The bytes are shared: nobody may change them. */
  of(boardId: string, message: BoardMessage, viewer: Viewer): Promise<Uint8Array>;
}

/** Keeps what was drawn last of the open channel; what is for one member is drawn for them and kept nowhere. */
export function createFrames(): Frames {
  const kept = new Map<string, Uint8Array>();
  const drawing = new Map<string, Promise<Uint8Array>>();
  let bytes = 0;

  function keep(key: string, frame: Uint8Array): void {
    kept.set(key, frame);
    bytes += frame.length;
    for (const [oldest, { length }] of kept) {
      if (kept.size <= MOST_KEPT && bytes <= MOST_BYTES) return;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  async function drawOnce(key: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const frame = await draw();
      keep(key, frame);
      return frame;
    } finally {
      drawing.delete(key);
    }
  }

  return {
    async of(boardId, message, viewer) {
      const id = placeText({ board: boardId, sequence: message.sequence });
      const draw = async () => frameOf(id, `${await drawMessage(message, viewer)}`);
      if (message.channel !== PLAYGROUND.channel) return await draw();
      const key = JSON.stringify([id, pressedBy(viewer.member, message), viewer.emoji]);
      const known = kept.get(key) ?? drawing.get(key);
      if (known) return await known;
      const drawn = drawOnce(key, draw);
      drawing.set(key, drawn);
      return await drawn;
    },
  };
}

/** All that makes a message look another way to one member than to the next. */
function pressedBy(member: string, { reactions }: BoardMessage): string[] {
  return [...reactions].flatMap(([emoji, members]) => (members.includes(member) ? [emojiKey(emoji)] : []));
}

const encoder = new TextEncoder();

/** As the HTML standard has it (9.2.6): a line of its own for each line of what is told. */
function frameOf(id: string, html: string): Uint8Array {
  const lines = html.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return encoder.encode(`event: message\n${lines.join('')}id: ${id}\n\n`);
}
