import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** 128 bits, as base64url writes them. */
const TOKEN = /^[\w-]{22}$/;
const TOKEN_BYTES = 16;
const MEMBER_ID = /^[0-9a-f]{16}$/;

const COOKIE = 'paperwire-member';
/** Browsers keep no cookie for longer (draft-ietf-httpbis-rfc6265bis-20 §5.5, 2026-11-26). */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

/**
 * The member that a request comes from; a browser that is new gets a member of its own with the answer. `isSecure`: it
 * came by https.
 */
export function memberFrom(context: Context, { isSecure }: { isSecure: boolean }): string {
  const prefix = isSecure ? 'host' : undefined;
  const known = getCookie(context, COOKIE, prefix);
  if (known !== undefined && TOKEN.test(known)) return memberIdOf(known);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  setCookie(context, COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: MAX_AGE_SECONDS,
    // With it a browser sends the cookie by https only, and takes it from no other name.
    ...(prefix === undefined ? {} : { prefix }),
  });
  return memberIdOf(token);
}

/** A member's id, which others may read: it leads to nobody's token. */
export function memberIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

export function isMemberId(text: string): boolean {
  return MEMBER_ID.test(text);
}
