import type { IncomingMessage } from 'node:http';

/** Slack's largest bodies are a few hundred kB: a modal with all that was typed. */
const MOST_BYTES = 1_000_000;

/** A request whose whole body has been read, as Bolt takes it. */
export type ReadRequest = IncomingMessage & { rawBody: Buffer };

/**
 * Reads a body ahead of Bolt, which ends the process over one that is JSON but no object (bolt 5.1.0). Out: the request, or
 * the status that refuses it. Who signed it is Bolt's to say.
 */
export async function readAhead(request: IncomingMessage): Promise<ReadRequest | number> {
  const rawBody = await bodyOf(request);
  if (typeof rawBody === 'number') return rawBody;
  if (!isObject(rawBody.toString('utf8'), request.headers['content-type'])) return 400;
  return Object.assign(request, { rawBody });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | number> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) return 413;
      pieces.push(piece);
    }
  } catch {
    // Whoever sent it has gone in the middle.
    return 400;
  }
  return Buffer.concat(pieces);
}

/** What Bolt reads of it is an object: a form is one, unless its payload is another thing. */
function isObject(body: string, mediaType = ''): boolean {
  if (!mediaType.startsWith('application/x-www-form-urlencoded')) return isJsonObject(body);
  const payload = new URLSearchParams(body).get('payload');
  return payload === null || isJsonObject(payload);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
