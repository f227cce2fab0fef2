import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { nodeOf, refuse } from './refusal.ts';

/** Under which names we may be asked for, and which of them is our own. */
export interface Names {
  host: string;
  publicUrl?: string;
}

/** The name in a Host header or an address, as URLs write it, without brackets and port. */
export function nameIn(host: string): string | undefined {
  const url = URL.parse(`http://${host}/`);
  return url?.hostname.replace(/^\[|\]$/g, '');
}

/**
 * Refuses names that somebody else could point here, so that a page of theirs would count as ours in a browser (DNS
 * rebinding). Nobody can own an address, or a name without a dot.
 */
export function knowNames({ host, publicUrl }: Names): MiddlewareHandler {
  const own = [nameIn(host), publicUrl === undefined ? undefined : new URL(publicUrl).hostname];
  return async (c, next) => {
    const name = nameIn(nodeOf(c).incoming.headers.host ?? '');
    const isKnown = name !== undefined && (isIP(name) !== 0 || !name.includes('.') || own.includes(name));
    if (isKnown) return await next();
    return refuse(c, 421, 'Set PUBLIC_URL to the address under which this bot is reached, then ask there.');
  };
}

/** Where a request was sent, as it says: the address without a path. */
export function originOf(request: Request): string {
  return new URL(request.url).origin;
}

const KNOWN_METHODS = ['GET', 'HEAD', 'POST'];

/** Any other method means nothing here. */
export const knowMethods: MiddlewareHandler = async (c, next) => {
  if (KNOWN_METHODS.includes(c.req.method)) return await next();
  const allowed = KNOWN_METHODS.join(', ');
  return refuse(c, 405, `Only ${allowed} are known here.`, { Allow: allowed });
};

/** Refuses all paths but these, whatever is asked there. */
export function onlyAt(isKnown: (path: string) => boolean): MiddlewareHandler {
  return async (c, next) => (isKnown(c.req.path) ? await next() : c.notFound());
}

/** Asks for something to be done, rather than to be shown something. */
export function isChange(c: Context): boolean {
  return c.req.method === 'POST';
}

/**
 * Lets nothing be done on behalf of another site's page (CSRF). Browsers say where a request comes from
 * (fetch.spec.whatwg.org, 2026-11-23): by `Sec-Fetch-Site` over https and at this machine, and by `Origin` always.
 */
export function ownPagesOnly(publicUrl: string | undefined): MiddlewareHandler {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const own = originOf(c.req.raw);
    // The name was looked at before, so that it is ours also where it is not the public one.
    const isOwn = origin !== undefined && [own, publicOrigin].includes(origin);
    if (!isChange(c) || (site === undefined ? isOwn : site === 'same-origin')) return await next();
    return refuse(c, 403, `Only our own pages may ask for this; a program sends "Origin: ${own}".`);
  };
}
