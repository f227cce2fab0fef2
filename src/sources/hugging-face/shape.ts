import type { Way } from '../../domain/listing.ts';
import { SourceFormatError } from '../../errors.ts';
import { SOURCE } from './requests.ts';

/** The answer is not of the shape that we know. `path` says where, empty for the whole of it. */
export function unknownShape(way: Way, reason: string, path: string, cause?: unknown): SourceFormatError {
  return new SourceFormatError(`The answer cannot be read: ${reason}.`, { source: SOURCE, way, path, cause });
}

/** Runs a parser so that whatever it stumbles over is a `SourceFormatError`. */
export function guarded<T>(way: Way, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SourceFormatError) throw error;
    throw unknownShape(way, error instanceof Error ? error.message : String(error), '', error);
  }
}
