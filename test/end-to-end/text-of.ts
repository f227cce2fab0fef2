import type { Readable } from 'node:stream';

/** What a stream has said so far, whenever it is asked. */
export function textOf(stream: Readable): () => string {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return () => parts.join('');
}
