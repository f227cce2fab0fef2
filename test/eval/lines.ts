import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { UsageError } from '../../src/errors.ts';
import { pathOf } from '../../src/sources/hugging-face/schema.ts';

/** Errors: `UsageError` when there is no such folder; `option` is how it was named. */
export function expectFolder(folder: string, option: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder "${folder}" (${option}).`);
}

/**
 * The lines of a file of JSON lines, each as `schema` reads it; a file that ends in `.gz` is unpacked. Empty lines are
 * passed over. Errors: `UsageError` with the file and the line when one cannot be read.
 */
export function readLines<T extends z.ZodType>(path: string, schema: T): z.output<T>[] {
  const read: z.output<T>[] = [];
  for (const [index, line] of textOf(path).split('\n').entries()) {
    if (line.trim() !== '') read.push(readLine(line, schema, `Line ${index + 1} of ${path}`));
  }
  return read;
}

function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

function readLine<T extends z.ZodType>(line: string, schema: T, where: string): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new UsageError(`${where} is not JSON.`, { cause });
  }
  const { data, error } = schema.safeParse(value);
  if (!error) return data as z.output<T>;
  const { path = [], message = '' } = error.issues[0] ?? {};
  throw new UsageError(`${where} cannot be read: ${[pathOf(path), message].filter(Boolean).join(': ')}.`);
}
