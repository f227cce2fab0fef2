/** Lets only so many work at the same time; who came first is first. */
export interface Turns {
  /** Waits for a turn. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<void>;
  /** Gives one back. */
  free(): void;
}

export function createTurns(most: number): Turns {
  const waiting = new Set<() => void>();
  let taken = 0;
  return {
    async take(signal) {
      signal.throwIfAborted();
      if (taken < most) {
        taken += 1;
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = () => {
        // Whoever has its turn already keeps it, and gives it back.
        if (waiting.delete(resolve)) reject(signal.reason);
      };
      waiting.add(resolve);
      signal.addEventListener('abort', leave, { once: true });
      try {
        await promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    free() {
      const [next] = waiting;
      if (!next) {
        taken -= 1;
        return;
      }
      waiting.delete(next);
      next();
    },
  };
}
