/** An address with or without its scheme, or nothing but a host. */
const ADDRESS = /[/⁄∕╱⧸]{2}|\bwww\.|[\p{L}\d-]\.\p{L}{2,}\/|^\S+\.\p{L}{2,}\/?$/iu;
/** A host on the open net; a test's `127.0.0.1` is one. */
const HOST = /^[\w-]+(?:\.[\w-]+)+$/;

/** True for what looks as if it led somewhere: as the label of a link it would forge the link. */
export function isLikeAddress(line: string): boolean {
  return ADDRESS.test(line.normalize('NFKC'));
}

/**
 * The address as a link may carry it, in printable ASCII, with what `unfit` finds percent-encoded; undefined for what is
 * no web address, is longer than `max` characters, or shows one host to the eye and goes to another
 * (`https://huggingface.co@example.com`). `unfit` is global and finds single characters of ASCII.
 */
export function linkAddress(
  address: string | undefined,
  { max, unfit }: { max: number; unfit: RegExp },
): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '' || !HOST.test(url.hostname)) return undefined;
  // Before it is read: what stands in place of a sign is never shorter.
  if (url.href.length > max) return undefined;
  const written = url.href.replace(unfit, percentEncoded);
  return written.length <= max && /^[\x21-\x7e]+$/.test(written) ? written : undefined;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
