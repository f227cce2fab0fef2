import type { FetchedListing, Listing } from './domain/listing.ts';
import type { Paper, PaperId } from './domain/paper.ts';

/** How a reading may be steered. */
export interface ReadOptions {
  /** Ends the reading; what is thrown is the signal's reason. */
  signal?: AbortSignal;
  /** Forces one of the source's `ways`; the answer is then not completed from elsewhere. */
  way?: string;
}

/**
 * A site that lists papers. Members stand in the order of their use; each reading is independent and leaves nothing
 * behind.
 *
 * Errors of every reading: `SourceUnavailableError` when no way in answered, `SourceFormatError` when those that
 * answered were of an unknown shape; never anything else but the signal's reason. One bad entry of a listing costs
 * that entry and a warning.
 */
export interface Source {
  /** Kebab-case and stable: `hugging-face`. */
  readonly id: string;
  /** The ways in, in the order they are tried. */
  readonly ways: readonly string[];
  /** Reads a listing in the source's order. An empty one is a statement of the source, never a failure. */
  read(listing: Listing, options?: ReadOptions): Promise<FetchedListing>;
  /** Reads one paper; undefined when the source does not know it. */
  paper(id: PaperId, options?: ReadOptions): Promise<Paper | undefined>;
}
