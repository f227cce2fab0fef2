import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import type { Trouble } from './failures.ts';

/** Is told what only the operator can mend, in words, or undefined once mail goes out. Rejects where it cannot be kept. */
export type Report = (trouble: string | undefined) => Promise<void>;

/** Tells the operator how we stand with the mail server. Neither throws. */
export interface Troubles {
  met(trouble: Trouble): void;
  /** A mail went out. */
  over(): void;
}

/** What may be about one mail alone is told once so many in a row were refused so. */
const MANY = 3;
/** What is still so is told again after this long, as another process that is let in has ended it meanwhile. */
const AGAIN_MS = 10 * MINUTE_MS;

export function createTroubles({ report, clock, log }: { report: Report; clock: Clock; log: Log }): Troubles {
  let inARow = 0;
  let toldAt: Instant | undefined;
  /** That mail goes out is told once in the life of a process: it ends what was told before. */
  let isWellTold = false;
  let queue = Promise.resolve();

  /** One after the other, as it happened; what could not be kept is told with the next mail. */
  function tell(trouble: string | undefined): void {
    queue = queue
      .then(() => report(trouble))
      .catch((error: unknown) => {
        if (trouble === undefined) isWellTold = false;
        else toldAt = undefined;
        log.error('How we stand with the mail server could not be kept', { error });
      });
  }

  return {
    met({ sentence, isSure }) {
      inARow += 1;
      if (!isSure && inARow < MANY) return;
      const isFresh = toldAt !== undefined && Math.abs(msBetween(toldAt, clock.now())) < AGAIN_MS;
      if (isFresh) return;
      log.warn('The mail server refuses us', { trouble: sentence });
      toldAt = clock.now();
      tell(sentence);
    },
    over() {
      inARow = 0;
      if (isWellTold && toldAt === undefined) return;
      isWellTold = true;
      toldAt = undefined;
      tell(undefined);
    },
  };
}
