import { createHash, type KeyObject, verify } from 'node:crypto';

/** What a mail's signature says. */
export interface Signature {
  /** Why it proves nothing; absent where it does. */
  fault?: string;
  domain: string;
  selector: string;
  /** Names of the headers that are signed, in small letters. */
  signed: string[];
}

/** Reads a mail as a receiver does (RFC 6376, relaxed for head and body); undefined where it is not signed. */
export function readSignature(raw: Buffer, publicKey: KeyObject): Signature | undefined {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, end).split(/\r\n(?![ \t])/);
  const own = headers.find((one) => /^dkim-signature:/i.test(one));
  if (own === undefined) return undefined;
  const tags = tagsOf(own);
  const told = { domain: tags.d ?? '', selector: tags.s ?? '' };
  const signed = (tags.h ?? '').toLowerCase().split(':');
  if (tags.c !== 'relaxed/relaxed' || tags.a !== 'rsa-sha256')
    return { ...told, signed, fault: 'an unknown way' };
  const bodyHash = createHash('sha256')
    .update(relaxedBody(text.slice(end + 4)), 'latin1')
    .digest('base64');
  if (bodyHash !== tags.bh) return { ...told, signed, fault: 'the body was changed' };
  const unsigned = own.replace(/([;\s]b=)[^;]*/i, '$1');
  const said = [...pick(signed, headers).map(relaxedHeader), relaxedHeader(unsigned)].join('\r\n');
  const isRight = verify(
    'sha256',
    Buffer.from(said, 'latin1'),
    publicKey,
    Buffer.from(tags.b ?? '', 'base64'),
  );
  return isRight ? { ...told, signed } : { ...told, signed, fault: 'the head was changed' };
}

function tagsOf(header: string): Record<string, string> {
  const value = header.slice(header.indexOf(':') + 1).replace(/\s+/g, '');
  const tags = value.split(';').filter((tag) => tag !== '');
  return Object.fromEntries(
    tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
}

/** Of each name the last that is left; one that is not there is nothing. */
function pick(names: readonly string[], headers: readonly string[]): string[] {
  const left = [...headers];
  return names.flatMap((name) => {
    const at = left.findLastIndex((one) => one.slice(0, one.indexOf(':')).trim().toLowerCase() === name);
    return at < 0 ? [] : left.splice(at, 1);
  });
}

function relaxedHeader(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${header.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(?:\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
