import type { Context, MiddlewareHandler } from 'hono';
import { MINUTE_MS } from '../domain/calendar.ts';
import { isPrivate, readAddress } from '../peer.ts';
import { createCount } from './counts.ts';
import { isChange } from './names.ts';
import { nodeOf, refuse, refuseForNow } from './refusal.ts';

/** The address to which a request is put down. */
export type AddressOf = (c: Context) => string;

/** Where a reverse proxy may lead to us; see `GateConfig`. */
interface Leading {
  publicUrl?: string;
  isProxied?: boolean;
}

/**
 * The other end of the connection; behind a reverse proxy, which there is only where one is known of or the world reaches
 * us by another address, whoever the proxy says that it was asked by: it adds that at the end, and what stands before it
 * anybody may have written.
 */
export function addressBehind({ publicUrl, isProxied = false }: Leading): AddressOf {
  const isLedTo = isProxied || publicUrl !== undefined;
  return (c) => {
    const peer = readAddress(nodeOf(c).incoming.socket.remoteAddress ?? '') ?? '';
    if (!isLedTo || !isPrivate(peer)) return peer;
    const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
    return readAddress(last) ?? peer;
  };
}

/** Refuses more than so many requests of one address a minute, and fewer that change something. */
export function limitRate(
  { requests, changes }: { requests: number; changes: number },
  addressOf: AddressOf,
): Record<'all' | 'changing', MiddlewareHandler> {
  const upTo = (most: number, counts: (c: Context) => boolean): MiddlewareHandler => {
    const count = createCount(most, MINUTE_MS);
    return async (c, next) => {
      const restS = counts(c) ? await count.add(addressOf(c)) : undefined;
      return restS === undefined ? await next() : refuseForNow(c, 'Too many requests came', restS);
    };
  };
  return { all: upTo(requests, () => true), changing: upTo(changes, isChange) };
}

/** Reads the body ahead of the route, so that it is whole and short, however it is sent. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    if (!isChange(c)) return await next();
    const { incoming } = nodeOf(c);
    const rawBody = await bodyOf(incoming, maxBytes);
    if (!rawBody) return refuse(c, 413, `Send at most ${maxBytes} bytes.`);
    // From there the request's own ways of reading take it.
    Object.assign(incoming, { rawBody });
    return await next();
  };
}

/** Undefined for a longer one. Rejects where the client has gone. */
async function bodyOf(
  incoming: ReturnType<typeof nodeOf>['incoming'],
  maxBytes: number,
): Promise<Buffer | undefined> {
  if (Number(incoming.headers['content-length']) > maxBytes) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
