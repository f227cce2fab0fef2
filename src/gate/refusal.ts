import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';

/** Whoever asks again sooner than after so many seconds finds the store no better. */
const STORE_REST_S = 60;

/** Node's own request and response behind a request. */
export function nodeOf(c: Context): HttpBindings {
  return c.env as HttpBindings;
}

/** A sentence that says what to do, as plain text. */
export function refuse(
  c: Context,
  status: ContentfulStatusCode,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return c.text(`${sentence}\n`, status, headers);
}

/** Too much of something; it is taken again after so many seconds. */
export function refuseForNow(c: Context, what: string, retryAfterS: number): Response {
  const sentence = `${what} from your address. Try again in ${retryAfterS} s.`;
  return refuse(c, 429, sentence, { 'Retry-After': `${retryAfterS}` });
}

/** What to answer where a route has failed; told in the log unless nobody waits for it any more. */
export function answerFailure(error: Error, c: Context, log: Log): Response {
  if (error instanceof HTTPException) return error.getResponse();
  if (isGone(c)) return refuse(c, 400, 'You have gone.');
  log.error('A page could not be made', { path: c.req.path, error });
  if (!(error instanceof StoreError)) return refuse(c, 500, 'That went wrong here; it has been noted.');
  const sentence = 'The store cannot be reached just now; try again in a minute.';
  return refuse(c, 503, sentence, { 'Retry-After': `${STORE_REST_S}` });
}

/** Nobody waits for the answer any more. */
export function isGone(c: Context): boolean {
  return nodeOf(c).outgoing.destroyed;
}
