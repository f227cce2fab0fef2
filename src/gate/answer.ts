import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Log } from '../log.ts';
import { isGone, nodeOf } from './refusal.ts';

/** Nothing but our own scripts, styles and pages; pictures from wherever a paper has them. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'https:'],
  connectSrc: ["'self'"],
  frameSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'self'"],
};
/** What no page of ours asks for. */
const PERMISSIONS = { camera: [], geolocation: [], microphone: [], payment: [], usb: [] };
/** Half a year; names under ours are not ours to speak for. */
const HTTPS_ONLY = 'max-age=15552000';

/**
 * Gives each answer the headers that tell a browser what it may do with it. `hasForms`: with `no-referrer` a form would be
 * sent with the origin `null` (fetch.spec.whatwg.org, "append a request Origin header", 2026-11-26).
 */
export function secured(publicUrl: string | undefined, hasForms = false): MiddlewareHandler {
  return secureHeaders({
    referrerPolicy: hasForms ? 'same-origin' : 'no-referrer',
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    permissionsPolicy: PERMISSIONS,
    strictTransportSecurity: publicUrl?.startsWith('https:') ? HTTPS_ONLY : false,
  });
}

/** Keeps refusals, and all answers where `isLocked`, out of every cache, unless they say otherwise. */
export function uncached(isLocked: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers, status } = c.res;
    if ((isLocked || status >= 400) && !headers.has('Cache-Control'))
      headers.set('Cache-Control', 'no-store');
  };
}

/** Hono passes on what is thrown and no error, up to where nobody answers it. */
export const thrownAsErrors: MiddlewareHandler = async (_c, next) => {
  try {
    await next();
  } catch (thrown) {
    throw new Error('Something was thrown that is no error', { cause: thrown });
  }
};

/** Sends no body where only the head was asked for, and cuts the connection where a body breaks off. */
export function wholeBodies(log: Log): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { body } = c.res;
    if (!body) return;
    const { incoming, outgoing } = nodeOf(c);
    if (incoming.method === 'HEAD') {
      await body.cancel();
      return replaceBody(c, null);
    }
    const path = c.req.path;
    const whole = watched(body, (error) => {
      if (!isGone(c)) log.error('A page broke off', { path, error });
      outgoing.destroy();
    });
    replaceBody(c, whole);
  };
}

function replaceBody(c: Parameters<MiddlewareHandler>[0], body: ReadableStream<Uint8Array> | null): void {
  const { res } = c;
  // Else the headers of both would be put together.
  c.res = undefined;
  c.res = new Response(body, res);
}

/** The same; where it fails it ends after `onFailure` was told. */
function watched(
  body: ReadableStream<Uint8Array>,
  onFailure: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onFailure(error);
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
