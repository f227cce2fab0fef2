import type { Clock } from '../clock.ts';
import { SourceFormatError, SourceUnavailableError } from '../errors.ts';
import type { Observer, WayReading } from '../observer.ts';
import type { Asker } from './ask.ts';

/** A way in that is tried. */
export interface Try<T> extends Asker {
  read: () => Promise<T>;
  /** Why what it found is nothing, as a sentence; undefined where it found something. */
  emptiness: (found: T) => string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Reads by one way and tells the observer what came of it; not where we gave up ourselves, or by a fault of ours. Errors:
 * those of `read`.
 */
export async function readByWay<T>(
  { read, emptiness, signal, source, way }: Try<T>,
  { clock, observer }: { clock: Clock; observer: Observer },
): Promise<T> {
  const tell = (outcome: WayReading['outcome'], sentence?: string) =>
    observer.wayRead({
      source,
      way,
      outcome,
      at: clock.now(),
      ...(sentence === undefined ? {} : { sentence }),
    });
  try {
    const found = await read();
    const why = emptiness(found);
    tell(why === undefined ? 'read' : 'empty', why);
    return found;
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof SourceFormatError) tell('changed-shape', error.message);
    if (error instanceof SourceUnavailableError) tell('unavailable', error.message);
    throw error;
  }
}
