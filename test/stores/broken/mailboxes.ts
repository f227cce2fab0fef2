import type { Store } from '../../../src/store.ts';
import { type BrokenStore, withTransfer } from './kit.ts';

type Mailboxes = Store['mailboxes'];

function withMailboxes(store: Store, change: (of: Mailboxes) => Partial<Mailboxes>): Store {
  return { ...store, mailboxes: { ...store.mailboxes, ...change(store.mailboxes) } };
}

const shortened = (key: string) => key.slice(0, 3);

export const MAILBOXES: BrokenStore[] = [
  {
    fault: 'the first that was said of a mailbox stays',
    noticedBy: 'the last that was said of it stays',
    breaks: (store) =>
      withMailboxes(store, ({ get, set }) => ({
        async set(key, one) {
          if ((await get(key)) === undefined) await set(key, one);
        },
      })),
  },
  {
    fault: 'a complaint closes the mailboxes whose keys look alike',
    noticedBy: 'kept under its own key',
    breaks: (store) =>
      withMailboxes(store, ({ get, set }) => ({
        get: (key) => get(shortened(key)),
        set: (key, one) => set(shortened(key), one),
      })),
  },
  {
    fault: 'a mailbox that was opened again stays closed',
    noticedBy: 'nothing is said any more',
    breaks: (store) => withMailboxes(store, () => ({ delete: async () => true })),
  },
  {
    fault: 'a mailbox that cannot be read may be written to',
    noticedBy: 'one that may be written to',
    breaks: (store) => withMailboxes(store, ({ get }) => ({ get: (key) => get(key).catch(() => undefined) })),
  },
  {
    fault: 'whoever complained gets mail again after a move',
    noticedBy: 'is the same store',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        write: (lines) => write(lines.filter(({ kind }) => kind !== 'mailboxes')),
      })),
  },
];
