import { expect } from 'vitest';
import { START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

export const CLAIM_CASES: readonly StoreCase[] = [
  {
    title: 'a claim has one holder',
    async run({ store: { ledger } }) {
      expect(await ledger.claim('key', 'one', 1000)).toBe(true);
      expect(await ledger.claim('key', 'other', 1000)).toBe(false);
      expect(await ledger.claim('other key', 'other', 1000)).toBe(true);
    },
  },
  {
    title: 'its holder may renew it, for the new time from now',
    async run({ store: { ledger }, clock }) {
      await ledger.claim('key', 'one', 1000);
      clock.advance(900);
      expect(await ledger.claim('key', 'one', 1000)).toBe(true);
      clock.advance(999);
      expect(await ledger.claim('key', 'other', 1000)).toBe(false);
    },
  },
  {
    title: 'an attempt that failed renews nothing',
    async run({ store: { ledger }, clock }) {
      await ledger.claim('key', 'one', 1000);
      clock.advance(900);
      await ledger.claim('key', 'other', 1000);
      clock.advance(100);
      expect(await ledger.claim('key', 'third', 1000)).toBe(true);
    },
  },
  {
    title: 'an expired claim may be taken, and then belongs to the taker',
    async run({ store: { ledger }, clock }) {
      await ledger.claim('key', 'one', 1000);
      clock.advance(999);
      expect(await ledger.claim('key', 'other', 1000)).toBe(false);
      clock.advance(1);
      expect(await ledger.claim('key', 'other', 1000)).toBe(true);
      expect(await ledger.claim('key', 'one', 1000)).toBe(false);
    },
  },
  {
    title: 'a claim that ends much too late was made by a wrong clock, and may be taken',
    async run({ store: { ledger }, clock }) {
      clock.advance(2001);
      await ledger.claim('key', 'one', 1000);
      clock.set(START);
      expect(await ledger.claim('key', 'one', 1000)).toBe(true);
      clock.advance(1001);
      await ledger.claim('other key', 'one', 1000);
      clock.set(START);
      expect(await ledger.claim('other key', 'other', 1000)).toBe(true);
      clock.advance(1000);
      await ledger.claim('third key', 'one', 1000);
      clock.set(START);
      expect(await ledger.claim('third key', 'other', 1000)).toBe(false);
    },
  },
  {
    title: 'only its holder gives a claim back',
    async run({ store: { ledger } }) {
      await ledger.claim('key', 'one', 1000);
      expect(await ledger.release('key', 'other')).toBe(false);
      expect(await ledger.claim('key', 'other', 1000)).toBe(false);
      expect(await ledger.release('key', 'one')).toBe(true);
      expect(await ledger.claim('key', 'other', 1000)).toBe(true);
    },
  },
  {
    title: 'what is not held cannot be given back',
    async run({ store: { ledger }, clock }) {
      expect(await ledger.release('key', 'one')).toBe(false);
      await ledger.claim('key', 'one', 1000);
      clock.advance(1000);
      expect(await ledger.release('key', 'one')).toBe(false);
      await ledger.claim('key', 'other', 1000);
      expect(await ledger.release('key', 'one')).toBe(false);
      expect(await ledger.claim('key', 'third', 1000)).toBe(false);
    },
  },
  {
    title: 'of many who want it at once one gets it, also once it has expired',
    async run({ store, openAnother, clock }) {
      const stores = [store, await openAnother(), await openAnother()];
      const wantIt = () =>
        Promise.all(
          Array.from({ length: 60 }, (_, index) =>
            (stores[index % 3] ?? store).ledger.claim('key', `owner ${index}`, 1000),
          ),
        );
      expect((await wantIt()).filter(Boolean)).toHaveLength(1);
      clock.advance(1000);
      expect((await wantIt()).filter(Boolean)).toHaveLength(1);
    },
  },
  {
    title: 'a claim outlives its process',
    needsData: true,
    async run({ store, openAnother }) {
      await store.ledger.claim('key', 'one', 1000);
      await store.close();
      expect(await (await openAnother()).ledger.claim('key', 'other', 1000)).toBe(false);
    },
  },
  {
    title: 'a time that is no number is refused',
    async run({ store: { ledger } }) {
      await expectStoreError(ledger.claim('key', 'one', Number.NaN));
      expect(await ledger.claim('key', 'other', 1000)).toBe(true);
    },
  },
];
