import type { Message, MessageNews } from './state.ts';

/** Told what became of a message. */
export type MessageListener = (message: Message, what: MessageNews) => void;

/** Those who wait for something to happen. */
export function createWatch() {
  const waiting = new Set<() => void>();
  const listeners = new Set<MessageListener>();
  const look = () => {
    for (const one of waiting) one();
  };
  return {
    waiting,
    look,
    notice: (message: Message, what: MessageNews) => {
      for (const listener of listeners) listener(message, what);
      look();
    },
    onMessage: (listener: MessageListener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
