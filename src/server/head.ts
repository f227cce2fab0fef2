import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

/** Browsers and proxies send some thirty. */
const MOST_HEADERS = 100;
/** A name or an address with or without a port, as browsers send it (RFC 9110, 7.2). */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** A path from the root, perhaps with a query, in ASCII and without a fragment (RFC 9112, 3.2.1). */
const TARGET = /^\/[!"$-~]*$/;
/** `.` and `..` as a part of the path, also in disguise; clients resolve them before they ask. */
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
/** What some would read as `/`, and what ends a name in C. */
const MISREAD = /\\|%00/;

/** Why nobody should be asked to answer this; undefined where there is no reason. */
export function faultOf({ url = '', headers, rawHeaders }: IncomingMessage): Refusal | undefined {
  if (rawHeaders.length / 2 > MOST_HEADERS)
    return { status: 431, sentence: `Send at most ${MOST_HEADERS} headers.` };
  if (!isReadable(hostsOf(rawHeaders)))
    return { status: 400, sentence: 'Send one Host header, with the name and the port of this server.' };
  const [path = ''] = url.split('?', 1);
  if (!TARGET.test(url) || DOTS.test(path) || MISREAD.test(path))
    return { status: 400, sentence: 'Ask for a path like /today, with other signs percent-encoded.' };
  // HTTP/2 may be offered beside; going on in HTTP/1.1 declines it (RFC 9110, 7.8).
  if (headers.upgrade !== undefined && headers.upgrade.toLowerCase() !== 'h2c')
    return { status: 400, sentence: 'Ask again without Upgrade: only HTTP/1.1 is spoken here.' };
  return undefined;
}

function hostsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
}

/** One, or none; whether one is needed is the listener's to say. */
function isReadable([host = '', ...others]: readonly string[]): boolean {
  return others.length === 0 && (host === '' || (HOST.test(host) && URL.canParse(`http://${host}/`)));
}
