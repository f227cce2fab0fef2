/** Resolves when something holds, looking whenever the listeners are told. */
export function until(listeners: Set<() => void>, holds: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (!holds()) return;
    listeners.delete(look);
    resolve();
  };
  listeners.add(look);
  look();
  return promise;
}
