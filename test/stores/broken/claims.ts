import { type BrokenStore, withHolders, withLedger } from './kit.ts';

export const CLAIMS: BrokenStore[] = [
  {
    fault: 'everyone gets a claim',
    noticedBy: 'a claim has one holder',
    breaks: (store) => withLedger(store, () => ({ claim: async () => true })),
  },
  {
    fault: 'the holder cannot renew',
    noticedBy: 'its holder may renew it',
    breaks: (store) =>
      withHolders(store, (ledger, holders) => ({
        async claim(key, owner, ttlMs) {
          if (holders.has(key)) return false;
          holders.set(key, owner);
          return await ledger.claim(key, owner, ttlMs);
        },
      })),
  },
  {
    fault: 'a failed attempt renews for the holder',
    noticedBy: 'an attempt that failed renews nothing',
    breaks: (store) =>
      withHolders(store, (ledger, holders) => ({
        async claim(key, owner, ttlMs) {
          if (!holders.has(key)) holders.set(key, owner);
          const isHolder = await ledger.claim(key, owner, ttlMs);
          if (!isHolder) await ledger.claim(key, holders.get(key) ?? owner, ttlMs);
          return isHolder;
        },
      })),
  },
  {
    fault: 'claims never expire',
    noticedBy: 'an expired claim may be taken',
    breaks: (store) =>
      withLedger(store, (ledger) => ({ claim: (key, owner) => ledger.claim(key, owner, 1e9) })),
  },
  {
    fault: 'a claim of a wrong clock bars the others until its time comes',
    noticedBy: 'made by a wrong clock',
    breaks: (store) =>
      withHolders(store, (ledger, holders) => ({
        async claim(key, owner, ttlMs) {
          if ((holders.get(key) ?? owner) !== owner) return false;
          holders.set(key, owner);
          return await ledger.claim(key, owner, ttlMs);
        },
      })),
  },
  {
    fault: 'anyone may give a claim back',
    noticedBy: 'only its holder gives a claim back',
    breaks: (store) =>
      withHolders(store, (ledger, holders) => ({
        release: (key) => ledger.release(key, holders.get(key) ?? ''),
      })),
  },
  {
    fault: 'an expired claim can still be given back',
    noticedBy: 'what is not held cannot be given back',
    breaks: (store) =>
      withHolders(store, (_, holders) => ({ release: async (key, owner) => holders.get(key) === owner })),
  },
  {
    fault: 'looking and taking are two steps',
    noticedBy: 'of many who want it at once',
    breaks: (store) =>
      withHolders(store, (_, holders) => ({
        async claim(key, owner) {
          const isFree = !holders.has(key);
          await Promise.resolve();
          holders.set(key, owner);
          return isFree;
        },
      })),
  },
  {
    fault: 'any time is taken',
    noticedBy: 'a time that is no number',
    breaks: (store) =>
      withLedger(store, (ledger) => ({
        claim: (key, owner, ttlMs) => ledger.claim(key, owner, ttlMs || 1000),
      })),
  },
];
