import fresh from 'fresh';
import type { Context } from 'hono';
import type { Refusal } from './refusal.ts';

/** A document as it goes out. */
export interface Written {
  body: Uint8Array<ArrayBuffer>;
  /** With its charset. */
  type: string;
  /** Strong. */
  etag: string;
  /** As HTTP writes dates; absent where no paper is in it. */
  lastModified?: string;
}

const CACHING = 'public, max-age=300';

/** The document, or nothing but 304 where the reader has it. */
export function send(c: Context, { body, type, etag, lastModified }: Written): Response {
  const state = {
    'cache-control': CACHING,
    etag,
    ...(lastModified !== undefined && { 'last-modified': lastModified }),
  };
  if (fresh(c.req.header(), state)) return c.body(null, 304, state);
  return c.body(body, 200, { ...state, 'content-type': type, 'content-length': String(body.byteLength) });
}

/** A sentence instead of a document; not to be kept by anybody. */
export function refuse(c: Context, { status, sentence, retryAfterSeconds }: Refusal): Response {
  return c.text(`${sentence}\n`, status, {
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
}
