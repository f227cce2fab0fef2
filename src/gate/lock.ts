import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { MINUTE_MS } from '../domain/calendar.ts';
import { isLoopback } from '../peer.ts';
import { createCount } from './counts.ts';
import type { AddressOf } from './limits.ts';
import { type Names, nameIn } from './names.ts';
import { nodeOf, refuse, refuseForNow } from './refusal.ts';

/** Who reaches the port. */
interface Reach extends Names {
  /** See `GateConfig`. */
  isProxied?: boolean;
}

const GUESSES_MS = 10 * MINUTE_MS;
/** What only proxies add, in lower case. */
const PROXY_HEADER =
  /^(?:forwarded|via|cdn-loop|true-client-ip|x-(?:real|client|cluster-client)-ip|x-forwarded(?:-.*)?|(?:cf|fastly|x-envoy|x-original)-.*)$/;

/**
 * Without a password pages are open to whoever sits at this machine, and to nobody else. A proxy at this machine need not
 * tell of itself, so that where one is known of they are closed to all.
 */
export function onlyHere({ host, publicUrl, isProxied = false }: Reach): MiddlewareHandler {
  const isPublic = publicUrl !== undefined && !isHere(new URL(publicUrl).host);
  const isUnreached = isHere(host) && !isPublic && !isProxied;
  return async (c, next) => {
    if (isUnreached && !hasPassedProxy(c)) return await next();
    const sentence = 'This page is for whoever runs the bot. Set WEB_PASSWORD to open it';
    return refuse(c, 403, isProxied ? `${sentence}, as a proxy leads here.` : `${sentence} from elsewhere.`);
  };
}

/** Whoever asks through one sits elsewhere. */
function hasPassedProxy(c: Context): boolean {
  const { httpVersion, headers } = nodeOf(c).incoming;
  // What nginx asks by, before 1.29.7 and unless told otherwise, and no browser (nginx blog, 2026-11-26).
  if (httpVersion === '1.0') return true;
  return Object.keys(headers).some((name) => PROXY_HEADER.test(name));
}

function isHere(host: string): boolean {
  const name = nameIn(host) ?? nameIn(`[${host}]`) ?? '';
  return name === 'localhost' || isLoopback(name);
}

/**
 * Asks for the password, with any user's name. Whoever has guessed `guesses` times has to wait, even with the right one:
 * else one more guess would tell.
 */
export function withPassword(password: string, guesses: number, addressOf: AddressOf): MiddlewareHandler {
  const wrong = createCount(guesses, GUESSES_MS);
  const expected = digestOf(password);
  let turn: Promise<unknown> = Promise.resolve();

  async function verify(given: string, c: Context): Promise<boolean> {
    const address = addressOf(c);
    const isRight = timingSafeEqual(digestOf(given), expected);
    const restS = await (isRight ? wrong.rest(address) : wrong.add(address));
    if (restS === undefined) return isRight;
    throw new HTTPException(429, { res: refuseForNow(c, 'Too many wrong passwords came', restS) });
  }

  return basicAuth({
    realm: 'Paperwire',
    invalidUserMessage: 'This page asks for WEB_PASSWORD; the user’s name may be any.\n',
    verifyUser(_user, given, c) {
      // One after the other: of many at once, each would be looked at before the first is counted.
      const verified = turn.then(() => verify(given, c));
      turn = verified.catch(() => {});
      return verified;
    },
  });
}

/** Of one length, whatever is given. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
