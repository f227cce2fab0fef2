import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError, PaperwireError } from '../../../src/errors.ts';
import type { Connection } from './connection.ts';
import { failureOf } from './failures.ts';

/** How far a mail has come. Once it has `left` only an answer tells what becomes of it. */
type Stage = 'waiting' | 'opening' | 'sending' | 'left';

/** One mail on its way to the mail server. */
export interface Journey {
  /** It is somewhere between here and there, and surely not at its end. */
  readonly isOnItsWay: boolean;
  /** Aborts when it is given up. */
  readonly cut: AbortSignal;
  reach(stage: Stage): void;
  /** Lets it go by a connection, which ends at once when it is given up. */
  by(connection: Connection, send: () => Promise<void>): Promise<void>;
  /** What it means that it came no further, by what its sender will do; see `src/errors.ts`. `isOurs`: as for `failureOf`. */
  failureOf(cause: unknown, isOurs: boolean): unknown;
  /** It is over. */
  end(): void;
}

/**
 * All of a mail has left so soon, or nothing of it ever will: long before the line gives a message up (30 s) and has to think
 * that it may have arrived.
 */
const LEAVE_MS = 15 * SECOND_MS;
/** One that found no free connection in that time comes back later. */
const BUSY_MS = 5 * SECOND_MS;

/** `channel`: for its errors. `signal`: gives it up, whatever its stage. */
export function setOut(channel: string, signal: AbortSignal | undefined, clock: Clock): Journey {
  const cut = new AbortController();
  const late = clock.deadline(LEAVE_MS);
  let stage: Stage = 'waiting';
  const giveUp = () => cut.abort(signal?.reason);
  const beLate = () => {
    if (stage !== 'left') cut.abort(late.reason);
  };
  signal?.addEventListener('abort', giveUp, { once: true });
  late.addEventListener('abort', beLate, { once: true });

  return {
    get isOnItsWay() {
      return stage === 'sending' && !cut.signal.aborted;
    },
    cut: cut.signal,
    reach(reached) {
      stage = reached;
    },
    async by(connection, send) {
      cut.signal.throwIfAborted();
      const end = () => connection.cut(cut.signal.reason);
      cut.signal.addEventListener('abort', end, { once: true });
      try {
        await send();
      } finally {
        cut.signal.removeEventListener('abort', end);
      }
    },
    failureOf(cause, isOurs) {
      const hasLeft = stage === 'left';
      if (cause instanceof PaperwireError) return cause;
      if (!cut.signal.aborted) return failureOf(cause, { channel, hasLeft, isOurs });
      const hasBegun = hasLeft || stage === 'sending';
      if (signal?.aborted && !hasBegun) return signal.reason;
      const failure = { platform: 'email', channel, cause } as const;
      if (stage === 'waiting') {
        const sentence = 'All connections to the mail server are busy.';
        return new DeliveryThrottledError(sentence, { ...failure, retryAfterMs: BUSY_MS });
      }
      const sentence = signal?.aborted ? 'The mail was given up.' : 'The mail server is too slow.';
      return new DeliveryUnavailableError(sentence, { ...failure, mayHaveArrived: hasLeft });
    },
    end() {
      signal?.removeEventListener('abort', giveUp);
      late.removeEventListener('abort', beLate);
    },
  };
}
