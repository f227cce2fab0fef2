import { createHmac } from 'node:crypto';
import { mailAddressOf } from '../mail-address.ts';
import { deriveSecret } from '../sealing.ts';
import type { Store } from '../store.ts';
import type { Mailboxes } from '../subscribers.ts';

export interface MailboxesDependencies {
  store: Pick<Store, 'mailboxes'>;
  /** `SECRET_KEY`: without it nobody can tell from the store of whom something is kept. */
  secretKey: string;
}

/** What a store keeps of addresses, each under a hash that only whoever has the secret key can make. */
export function createMailboxes({ store, secretKey }: MailboxesDependencies): Mailboxes {
  const secret = deriveSecret(secretKey, 'mailbox');
  const keyOf = (address: string) =>
    createHmac('sha256', secret).update(mailAddressOf(address)).digest('hex');
  return {
    get: (address) => store.mailboxes.get(keyOf(address)),
    set: (address, mailbox) => store.mailboxes.set(keyOf(address), mailbox),
    async clear(address) {
      await store.mailboxes.delete(keyOf(address));
    },
  };
}
