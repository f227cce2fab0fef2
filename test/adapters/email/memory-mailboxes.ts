import type { Mailbox, Mailboxes } from '../../../src/subscribers.ts';

/** What is known of addresses, as long as a test lasts. */
export interface MemoryMailboxes extends Mailboxes {
  put(address: string, mailbox: Mailbox): void;
  /** How often something was written. */
  readonly writes: number;
  /** Each call from now on rejects with this; undefined: none any more. */
  failWith(error: Error | undefined): void;
}

export function createMemoryMailboxes(): MemoryMailboxes {
  const known = new Map<string, Mailbox>();
  let failure: Error | undefined;
  let writes = 0;
  const check = () => {
    if (failure) throw failure;
  };
  return {
    get writes() {
      return writes;
    },
    put: (address, mailbox) => void known.set(address, mailbox),
    failWith(error) {
      failure = error;
    },
    async get(address) {
      check();
      return known.get(address);
    },
    async set(address, mailbox) {
      writes += 1;
      check();
      known.set(address, mailbox);
    },
    async clear(address) {
      writes += 1;
      check();
      known.delete(address);
    },
  };
}
