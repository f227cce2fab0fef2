/** The calls of one process, which can be made to end at any of them: nothing of it goes on then. */
export interface Process {
  /** The same, with its calls counted. `sync`: whoever calls it waits for no promise. */
  own<T extends object>(subject: T, kind: 'sync' | 'async'): T;
  /** How many calls were made. */
  calls(): number;
  /** Ends it at the call after so many more, before that is done or after. */
  endAfter(calls: number, moment: 'before' | 'after'): void;
  /** What a work comes to, or that the process ended before. */
  outcome(work: Promise<unknown>): Promise<'done' | 'failed' | 'ended'>;
}

export function createProcess(): Process {
  let calls = 0;
  let last = Number.POSITIVE_INFINITY;
  let isBefore = false;
  let isOver = false;
  const end = Promise.withResolvers<'ended'>();

  function stop(kind: 'sync' | 'async'): unknown {
    isOver = true;
    end.resolve('ended');
    // Nothing waits for it any more; what is not waited for is left by an error.
    if (kind === 'sync') throw new Error('The process has ended.');
    return new Promise(() => {});
  }

  function call(kind: 'sync' | 'async', work: () => unknown): unknown {
    if (isOver) return stop(kind);
    const isLast = calls === last;
    calls += 1;
    if (isLast && isBefore) return stop(kind);
    const result = work();
    return isLast ? stop(kind) : result;
  }

  function own<T extends object>(subject: T, kind: 'sync' | 'async'): T {
    return new Proxy(subject, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value === 'function')
          return (...given: unknown[]) => call(kind, () => Reflect.apply(value, target, given));
        return typeof value === 'object' && value !== null ? own(value, kind) : value;
      },
    });
  }

  return {
    own,
    calls: () => calls,
    endAfter(more, moment) {
      last = calls + more;
      isBefore = moment === 'before';
    },
    outcome: async (work) => {
      const done = work.then(
        () => 'done' as const,
        () => (isOver ? ('ended' as const) : ('failed' as const)),
      );
      return await Promise.race([done, end.promise]);
    },
  };
}
