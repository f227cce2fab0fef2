import type { Observer } from '../../src/observer.ts';

/** An observer that remembers. */
export interface MemoryObserver extends Observer {
  /** What it was told, in order: the member that was called, and what it was given. */
  readonly told: { [Name in keyof Observer]: [Name, ...Parameters<Observer[Name]>] }[keyof Observer][];
  /** What one member was given, in order. */
  of<Name extends keyof Observer>(name: Name): Parameters<Observer[Name]>[];
}

export function createMemoryObserver(): MemoryObserver {
  const told: MemoryObserver['told'] = [];
  return {
    told,
    of: (name) =>
      told.flatMap(([called, ...given]) =>
        called === name ? [given as unknown as Parameters<Observer[typeof name]>] : [],
      ),
    sourceAnswered: (answer) => void told.push(['sourceAnswered', answer]),
    wayRead: (reading) => void told.push(['wayRead', reading]),
    slotDone: (slot, platform) => void told.push(['slotDone', slot, platform]),
    deliveryDone: (state, platform) => void told.push(['deliveryDone', state, platform]),
    answered: (answer) => void told.push(['answered', answer]),
  };
}
