import type { Clock } from '../../../src/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import type { Trouble } from './failures.ts';

/** Is told what only the operator can mend, in words, or undefined once mail goes out. Rejects where it cannot be kept. */
export type Report = (trouble: string | undefined) => Promise<void>;

/** Tells the operator how we stand with the mail server. Neither throws. */
export interface Troubles {
  /** `to`: whom the mail was for. Out: it is about us, as it meets every mail or met so many in a row. */
  met(trouble: Trouble, to: string): boolean;
  /** A mail went out. */
  over(): void;
}

/** What may be about one address alone is about us once so many of them in a row were refused so. */
const MANY = 3;
/** What mostly ends by itself is told once it has lasted longer. */
const LONG_MS = 15 * MINUTE_MS;
/** Whatever failed is tried again sooner: what lies further apart is not the same trouble. */
const APART_MS = HOUR_MS;
/** What is still so is told again after this long, as another process that is let in has ended it meanwhile. */
const AGAIN_MS = 10 * MINUTE_MS;

/** Failures of one kind with no mail that went out between them. */
interface Row {
  since: Instant;
  lastAt: Instant;
  /** Addresses, `MANY` at the most. */
  refused: Set<string>;
}

export function createTroubles({ report, clock, log }: { report: Report; clock: Clock; log: Log }): Troubles {
  const rows = createRows();
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
    met(trouble, to) {
      const { sentence, isSure, mayPass } = trouble;
      const at = clock.now();
      const { since, refused } = rows.add(trouble, to, at);
      const isOurs = isSure || refused.size >= MANY;
      const isShort = mayPass && msBetween(since, at) <= LONG_MS;
      const isFresh = toldAt !== undefined && Math.abs(msBetween(toldAt, at)) < AGAIN_MS;
      if (!isOurs || isShort || isFresh) return isOurs;
      const told = mayPass ? `No mail has gone out since ${since}. ${sentence}` : sentence;
      log.warn('Mail does not go out', { trouble: told });
      toldAt = at;
      tell(told);
      return true;
    },
    over() {
      rows.end();
      if (isWellTold && toldAt === undefined) return;
      isWellTold = true;
      toldAt = undefined;
      tell(undefined);
    },
  };
}

/** What failed, in rows by `mayPass`: what may pass is another row once it lies far apart. */
function createRows() {
  const rows = new Map<boolean, Row>();
  return {
    /** Out: the row that it belongs to, with it. */
    add({ isSure, mayPass }: Trouble, to: string, at: Instant): Row {
      const known = rows.get(mayPass);
      const isOver = !known || (mayPass && msBetween(known.lastAt, at) > APART_MS);
      const row = isOver ? { since: at, lastAt: at, refused: new Set<string>() } : { ...known, lastAt: at };
      if (!isSure && row.refused.size < MANY) row.refused.add(to);
      rows.set(mayPass, row);
      return row;
    },
    /** A mail went out between what failed before and what may fail after. */
    end: () => rows.clear(),
  };
}
