/** Text that is replaced in one file while it is loaded. */
export interface Edit {
  /** From the project's root. */
  file: string;
  /** Stands there exactly once. */
  find: string;
  replace: string;
}

/** A deliberate fault of the production code. */
export interface Bug extends Edit {
  name: string;
  /** Where one line does not make the fault. */
  more?: readonly Edit[];
  /** The first world worth looking at: the ones before show nothing, and looking at them takes long. Default 1. */
  seed?: number;
}
