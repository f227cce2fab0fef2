/** Those who wait for something to happen, and those who are told of every message. */
export function createWatch<Message, News>() {
  const waiting = new Set<() => void>();
  const listeners = new Set<(message: Message, what: News) => void>();
  const look = () => {
    for (const one of waiting) one();
  };
  return {
    waiting,
    look,
    notice: (message: Message, what: News) => {
      for (const listener of listeners) listener(message, what);
      look();
    },
    onMessage: (listener: (message: Message, what: News) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
