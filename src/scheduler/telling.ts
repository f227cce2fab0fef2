import type { Upkeep } from '../pipeline/upkeep.ts';

/** Tells people beside the ticks. */
export interface Telling {
  /** Tells what is untold, once at a time: who asks meanwhile waits for the same. Errors: as of `Upkeep.tell`. */
  tell(): Promise<void>;
  /** Waits until nobody is being told; undefined where nobody is. Never rejects. */
  over(): Promise<void> | undefined;
}

export function createTelling(upkeep: Pick<Upkeep, 'tell'>, signal: AbortSignal): Telling {
  let telling: Promise<void> | undefined;

  return {
    tell() {
      telling ??= upkeep.tell(signal).finally(() => {
        telling = undefined;
      });
      return telling;
    },
    over: () => telling?.catch(() => undefined),
  };
}
