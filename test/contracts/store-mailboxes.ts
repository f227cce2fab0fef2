import { expect } from 'vitest';
import type { Mailbox } from '../../src/subscribers.ts';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

/** Keys as a caller makes them of two addresses. */
export const MAILBOX = 'a3f1'.repeat(16);
const OTHER = 'a3f2'.repeat(16);

export function aMailbox(given: Partial<Mailbox> = {}): Mailbox {
  return { refusals: 1, changedAt: START, ...given };
}

export const MAILBOX_CASES: readonly StoreCase[] = [
  {
    title: 'a mailbox is kept under its own key, and the last that was said of it stays',
    async run({ store: { mailboxes }, openAnother }) {
      expect(await mailboxes.get(MAILBOX)).toBeUndefined();
      await mailboxes.set(MAILBOX, aMailbox());
      const blocked = aMailbox({ refusals: 3, blocked: 'complained' });
      await mailboxes.set(MAILBOX, blocked);
      expect(await mailboxes.get(OTHER)).toBeUndefined();
      const another = await openAnother();
      expect(await another.mailboxes.get(MAILBOX)).toEqual(blocked);
      await another.mailboxes.set(MAILBOX, aMailbox());
      expect(await mailboxes.get(MAILBOX)).toEqual(aMailbox());
    },
  },
  {
    title: 'a mailbox against which nothing is said any more is gone, and no other',
    async run({ store: { mailboxes } }) {
      for (const key of [MAILBOX, OTHER]) await mailboxes.set(key, aMailbox());
      expect(await mailboxes.delete(MAILBOX)).toBe(true);
      expect(await mailboxes.delete(MAILBOX)).toBe(false);
      expect(await mailboxes.get(MAILBOX)).toBeUndefined();
      expect(await mailboxes.get(OTHER)).toEqual(aMailbox());
    },
  },
  {
    title: 'a mailbox that cannot be read is never taken for one that may be written to',
    async run({ store: { mailboxes }, place }) {
      await mailboxes.set(MAILBOX, aMailbox({ blocked: 'bounced' }));
      await place.breakReads();
      expect(await expectStoreError(mailboxes.get(MAILBOX))).toMatchObject({ key: `mailboxes:${MAILBOX}` });
      await expectStoreError(mailboxes.set(MAILBOX, aMailbox()));
      await expectStoreError(mailboxes.delete(MAILBOX));
    },
  },
];
