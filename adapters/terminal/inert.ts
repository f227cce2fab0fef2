import { visible } from '../../src/text/characters.ts';

/** Longer ones are no links in VTE's terminals, and no person copies them. */
const MAX_URL_LENGTH = 2000;

/**
 * Text that a terminal shows and does not obey, as one line: without control characters (escape sequences lose their
 * ESC and stay as harmless letters), bidirectional overrides and what nobody sees; every line break is a space.
 */
export function inert(text: string): string {
  return visible(text).replaceAll('\n', ' ').trim();
}

/**
 * The address as a link may carry it, in printable ASCII; undefined for what is no web address, is endless, or shows
 * one host to the eye and goes to another (`https://huggingface.co@example.com`).
 */
export function safeUrl(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href.length <= MAX_URL_LENGTH && /^[\x21-\x7e]+$/.test(url.href) ? url.href : undefined;
}
