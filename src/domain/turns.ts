/** Work that must not overtake other work: what is given under one key is done one after the other, that of others beside. */
export interface Turns {
  /** Settles as the work does. What failed keeps nothing after it back. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is left to do. */
  idle(): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    run(key, work) {
      const done = (last.get(key) ?? Promise.resolve()).then(work);
      const settled = done.then(
        () => {},
        () => {},
      );
      last.set(key, settled);
      void settled.then(() => last.get(key) === settled && last.delete(key));
      return done;
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
