import type { Store } from '../../store.ts';
import type { Work } from './connection.ts';

/** Rows of one kind that are looked at in one call. */
export const FORGET_AT_ONCE = 500;

export type Limits = Parameters<Store['forget']>[0];

/**
 * Forgets some rows of one kind in a unit of work. `place`: how many old ones it has met so far that stay; out: how many
 * now, or undefined once it has come to the end of the old ones.
 */
export type Walk = (tx: Work, limits: Limits, place: number) => Promise<number | undefined>;
