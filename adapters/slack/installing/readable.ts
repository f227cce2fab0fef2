import type { KnownWorkspace } from '../../../src/adapter.ts';
import { StoreError } from '../../../src/errors.ts';
import { UNSEALING } from '../../../src/installations.ts';
import type { Keeping } from './keeping.ts';
import { INSTALL_PATH } from './oauth.ts';

/** What can be read of what workspaces gave us. */
export interface Readable<T> {
  /** Those whose installation can be read, or that have none. */
  others: T[];
  /** Those whose installation is damaged, or sealed with another key. */
  unreadable: { one: T; error: StoreError }[];
  /** How many the key does not open, where it opens no other; else 0. */
  wrongKeyOf: number;
}

/** Looks at each: one that is damaged stops no other. Errors: those that are none of an installation's. */
export async function readableOf<T extends Pick<KnownWorkspace, 'workspace'>>(
  workspaces: readonly T[],
  keeping: Pick<Keeping, 'readAnew'>,
): Promise<Readable<T>> {
  const others: T[] = [];
  const unreadable: Readable<T>['unreadable'] = [];
  let opened = 0;
  for (const one of workspaces) {
    try {
      if (await keeping.readAnew(one.workspace)) opened += 1;
      others.push(one);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      unreadable.push({ one, error });
    }
  }
  const sealed = unreadable.filter(({ error }) => error.operation === UNSEALING);
  return { others, unreadable, wrongKeyOf: opened === 0 ? sealed.length : 0 };
}

/** What is to be told of a key that opens nothing. */
export function wrongKey(count: number, publicUrl = ''): { sentence: string; mend: string } {
  const many = count === 1 ? 'the one installation that is' : `any of the ${count} installations that are`;
  return {
    sentence: `SECRET_KEY does not open ${many} kept.`,
    mend: `Start with the key of before; where it is lost, each workspace must install the app again: ${publicUrl}${INSTALL_PATH}.`,
  };
}
