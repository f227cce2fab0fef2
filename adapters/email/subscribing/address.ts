import { domainToASCII } from 'node:url';

/** RFC 5321 §4.5.3.1, with the brackets of a path taken off: octets of an address, and of what stands before its `@`. */
const MAX_BYTES = 254;
const MAX_LOCAL_BYTES = 64;
/** A dot-atom (RFC 5322 §3.2.3), also of letters beyond ASCII (RFC 6531): nothing that would have to be quoted. */
const LOCAL = /^[^\s\p{C}"(),.:;<>@[\\\]]+(?:\.[^\s\p{C}"(),.:;<>@[\\\]]+)*$/u;
/** Two labels or more; the last one is no number, as an address of a machine would be. */
const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?=[^.]*[a-z])[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;

/** What a domain is written of in any script; `domainToASCII` would take what stands behind it for a port or a path. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}.\-\u3002\uff0e\uff61]+$/u;

/**
 * The one e-mail address that a text is, as we spell it: in small letters, its domain in ASCII (IDNA); undefined for
 * anything else, so that no header can hold more than the address.
 */
export function readAddress(text: string): string | undefined {
  const [local = '', domain = '', ...others] = text.trim().toLowerCase().normalize('NFC').split('@');
  if (others.length > 0 || !LOCAL.test(local) || !WRITTEN_DOMAIN.test(domain)) return undefined;
  const host = domainToASCII(domain);
  if (!DOMAIN.test(host)) return undefined;
  const address = `${local}@${host}`;
  return bytesIn(local) <= MAX_LOCAL_BYTES && bytesIn(address) <= MAX_BYTES ? address : undefined;
}

function bytesIn(text: string): number {
  return Buffer.byteLength(text);
}
