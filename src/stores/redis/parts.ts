/** Ends a part; below every other pair that a NUL may begin, so that a shorter part comes first. */
const END = '\0\0';

/**
 * Several texts as one, for members of sorted sets and fields of hashes: the bytes of two results compare as the texts
 * do one after the other, and no two lists of texts give the same. Any character may stand in a part.
 */
export function joinParts(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll('\0', '\0\u0001')).join(END);
}

/** In: what `joinParts` made. */
export function splitParts(joined: string): string[] {
  return joined.split(END).map((part) => part.replaceAll('\0\u0001', '\0'));
}

/** The bounds, as ZRANGEBYLEX takes them, of all that begins with these parts and goes on with others. */
export function rangeOf(...parts: readonly string[]): [from: string, to: string] {
  const joined = joinParts(...parts);
  return [`[${joined}${END}`, `(${joined}\0\u0001`];
}

/** Compares as the bytes of UTF-8, which is the order of sorted sets; UTF-16 has another beyond the BMP. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
