import { FIELDS } from './schema.ts';

/** A paper's terms as numbers, field by field, in the order of the text. */
export type Packed = Uint32Array;

/** The name of a term in packed papers: FNV-1a over its UTF-16 units. Two terms with one name are rare enough. */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index += 1) {
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** First the length of each field, then their terms. */
export function pack(fields: readonly (readonly string[])[]): Packed {
  return Uint32Array.from([...fields.map(({ length }) => length), ...fields.flat().map(hashOf)]);
}

/** As it comes out of the database; copied, as the bytes may lie anywhere. What is left of a damaged one is taken. */
export function unpack(bytes: Uint8Array): Packed {
  return new Uint32Array(bytes.slice(0, bytes.length - (bytes.length % 4)).buffer);
}

export function lengthOf(packed: Packed, field: number): number {
  return packed[field] ?? 0;
}

/** Where the terms of the first field begin. */
export const FIRST_TERM = FIELDS.length;
