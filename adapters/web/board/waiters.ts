/** Whoever waits until the board's sequence has passed a place. */
export interface Waiters {
  readonly isEmpty: boolean;
  /** Resolves once woken from beyond that place. Rejects with the signal's reason, or that of `end`. */
  wait(after: number, signal: AbortSignal): Promise<void>;
  /** Wakes those whose place the sequence has passed. */
  wake(sequence: number): void;
  /** Whoever waits is rejected with this reason. */
  end(reason: unknown): void;
}

interface Waiter {
  after: number;
  resolve(): void;
  reject(reason: unknown): void;
}

export function createWaiters(): Waiters {
  const waiters = new Set<Waiter>();

  return {
    get isEmpty() {
      return waiters.size === 0;
    },
    async wait(after, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter: Waiter = { after, resolve, reject };
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      waiters.add(waiter);
      try {
        await promise;
      } finally {
        waiters.delete(waiter);
        signal.removeEventListener('abort', leave);
      }
    },
    wake(sequence) {
      for (const waiter of [...waiters].filter(({ after }) => sequence > after)) {
        waiters.delete(waiter);
        waiter.resolve();
      }
    },
    end(reason) {
      for (const waiter of waiters) waiter.reject(reason);
      waiters.clear();
    },
  };
}
