import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { MINUTE_MS } from '../domain/calendar.ts';
import { isLoopback } from '../peer.ts';
import { createCount } from './counts.ts';
import type { AddressOf } from './limits.ts';
import { type Names, nameIn } from './names.ts';
import { refuse, refuseForNow } from './refusal.ts';

const GUESSES_MS = 10 * MINUTE_MS;
/** What proxies add: whoever asks through one sits elsewhere. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Without a password pages are open to whoever sits at this machine, and to nobody else. */
export function onlyHere({ host, publicUrl }: Names): MiddlewareHandler {
  const isUnreached = isHere(host) && (publicUrl === undefined || isHere(new URL(publicUrl).host));
  return async (c, next) => {
    const isProxied = PROXY_HEADERS.some((name) => c.req.header(name) !== undefined);
    if (isUnreached && !isProxied) return await next();
    return refuse(
      c,
      403,
      'This page is for whoever runs the bot. Set WEB_PASSWORD to open it from elsewhere.',
    );
  };
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
