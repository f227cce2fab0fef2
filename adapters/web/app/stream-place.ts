/** A place in the order of a board's changes, as a stream names it. */
export interface StreamPlace {
  /** The board's id. */
  board: string;
  sequence: number;
}

export function placeText({ board, sequence }: StreamPlace): string {
  return `${board}.${sequence}`;
}

/** Undefined for what names no place. */
export function readPlace(text: string | undefined): StreamPlace | undefined {
  const [, board, sequence] = /^(.{1,100})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return board === undefined ? undefined : { board, sequence: Number(sequence) };
}
