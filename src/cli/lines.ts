/** A line of input. */
export interface NumberedLine {
  /** From 1. */
  number: number;
  /** Without what ended it; absent when it was longer than `MAX_LINE_LENGTH`. */
  text?: string;
}

/** Characters of a line: the longest abstract has some two thousand. */
export const MAX_LINE_LENGTH = 1024 * 1024;

/**
 * The lines of a text as it comes in, a byte order mark at its beginning left out. Holds no more than one of them,
 * however long: what is too long is counted and dropped.
 */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<NumberedLine, void> {
  let number = 1;
  let line = '';
  let isTooLong = false;
  const whole = (): NumberedLine => (isTooLong ? { number } : { number, text: line });
  for await (const chunk of text) {
    for (const [index, part] of chunk.split('\n').entries()) {
      if (index > 0) {
        yield whole();
        number += 1;
        line = '';
        isTooLong = false;
      }
      isTooLong ||= line.length + part.length > MAX_LINE_LENGTH;
      line = isTooLong ? '' : line + part;
      if (number === 1 && line.startsWith('\uFEFF')) line = line.slice(1);
    }
  }
  if (line !== '' || isTooLong) yield whole();
}
