import { ARCHIVE } from './archive.ts';
import { CLAIMS } from './claims.ts';
import { FEEDS } from './feeds.ts';
import type { BrokenStore } from './kit.ts';
import { SLOTS_AND_PLANS } from './plans.ts';
import { READING } from './reading.ts';

/** Stores that each break one promise; every case of the contract is there for one of them at least. */
export const BROKEN_STORES: readonly BrokenStore[] = [
  ...READING,
  ...CLAIMS,
  ...FEEDS,
  ...SLOTS_AND_PLANS,
  ...ARCHIVE,
];
