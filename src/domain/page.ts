/** A page of an answer. */
export interface Page {
  /** What is left out at its beginning. */
  offset: number;
  /** The most that it shows; from 1. */
  limit: number;
}
