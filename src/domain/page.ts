/** A page of an answer. */
export interface Page {
  /** What is left out at its beginning. */
  offset: number;
  /** The most that it shows; from 1. */
  limit: number;
}

/** The part of a whole that a page shows, and whether there is more behind it. */
export function onPage<T>(all: readonly T[], { offset, limit }: Page): { shown: T[]; hasMore: boolean } {
  const end = offset + limit;
  return { shown: all.slice(offset, end), hasMore: all.length > end };
}
