import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { TransferLine } from '../transfer.ts';

/** What the first line of an export says beside its id. */
export const HEADER = { paperwire: 'export', version: 1 } as const;
/** The last line has this name, and the number of lines between the two: a file that was cut is seen to be. */
export const END = 'end';
/** A longer line is none of an export's: the largest record has some kilobytes. */
const MAX_LINE_LENGTH = 64 * 1024 * 1024;

const headerLine = z.object({
  paperwire: z.literal(HEADER.paperwire),
  version: z.int(),
  id: z.string().min(1),
});
const line = z.object({ kind: z.string().min(1), key: z.string(), value: z.json() });
const end = z.object({ [END]: z.int().min(0) });

/** An export as it is read. */
export interface Export {
  id: string;
  /** Errors: `UsageError` with the number of a line that is not as it should be. */
  lines: AsyncIterable<TransferLine>;
}

/** Reads an export from its text. Errors: `UsageError` when its first line says that it is none. */
export async function openExport(text: AsyncIterable<string>): Promise<Export> {
  const lines = splitLines(text)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new UsageError('The export ends in the middle: it is empty. Export again.');
  const header = headerLine.safeParse(parse(first.value, 1));
  if (!header.success)
    throw new UsageError('This is no export of Paperwire: its first line says something else.');
  const { version, id } = header.data;
  if (version !== HEADER.version) {
    throw new UsageError(`A newer version of Paperwire made this export (${version}). Upgrade this program.`);
  }
  return { id, lines: readLines({ [Symbol.asyncIterator]: () => lines }) };
}

async function* readLines(lines: AsyncIterable<string>): AsyncGenerator<TransferLine> {
  let count = 0;
  let isEnded = false;
  for await (const text of lines) {
    const number = count + 2;
    if (isEnded) throw wrong(number + 1, 'stands after the end');
    const value = parse(text, number);
    const ending = end.safeParse(value);
    if (ending.success) {
      isEnded = true;
      if (ending.data[END] !== count)
        throw wrong(number, `says that there were ${ending.data[END]} lines before it`);
      continue;
    }
    const checked = line.safeParse(value);
    if (!checked.success) throw wrong(number, 'is no line of an export');
    yield checked.data as TransferLine;
    count += 1;
  }
  if (!isEnded)
    throw new UsageError('The export ends in the middle: its last line is missing. Export again.');
}

/** At line feeds only: `node:readline` also splits at U+2028, which may stand in JSON as it is. */
async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of text) {
    for (const [index, part] of chunk.split('\n').entries()) {
      if (index > 0) {
        yield parts.join('');
        parts = [];
        length = 0;
      }
      parts.push(part);
      length += part.length;
      if (length > MAX_LINE_LENGTH)
        throw new UsageError('This is no export of Paperwire: a line has no end.');
    }
  }
  if (length > 0) yield parts.join('');
}

function parse(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(number, 'is not JSON');
  }
}

function wrong(number: number, what: string): UsageError {
  const rest =
    number === 1
      ? 'This is no export of Paperwire.'
      : 'The store is not whole; import a whole export of the same again.';
  return new UsageError(`Line ${number} ${what}. ${rest}`);
}
