import type { KnownWorkspace } from '../../../src/adapter.ts';
import { StoreError } from '../../../src/errors.ts';
import { UNSEALING } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import type { Keeping } from './keeping.ts';
import { INSTALL_PATH } from './oauth.ts';

export interface ReadableDependencies {
  keeping: Pick<Keeping, 'readAnew'>;
  log: Log;
}

/** What can be read of what workspaces gave us. */
export interface Readable<T> {
  /** Those whose installation can be read, or that have none. */
  others: T[];
  /** Those whose installation the key does not open. */
  sealed: T[];
  /** No installation is there that the key opens, and some that it does not. */
  isWrongKey: boolean;
}

/** Looks at each, and tells in the log what cannot be read: one that is damaged stops no other. */
export async function readableOf<T extends Pick<KnownWorkspace, 'workspace'>>(
  workspaces: readonly T[],
  { keeping, log }: ReadableDependencies,
): Promise<Readable<T>> {
  const others: T[] = [];
  const sealed: T[] = [];
  let opened = 0;
  for (const one of workspaces) {
    try {
      if (await keeping.readAnew(one.workspace)) opened += 1;
      others.push(one);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error('What a workspace gave us cannot be read', { workspace: one.workspace, error });
      if (error.operation === UNSEALING) sealed.push(one);
    }
  }
  return { others, sealed, isWrongKey: sealed.length > 0 && opened === 0 };
}

/** What is to be told of a key that opens nothing. */
export function wrongKeyOf(count: number, publicUrl = ''): { sentence: string; mend: string } {
  const many = count === 1 ? 'the one installation that is' : `any of the ${count} installations that are`;
  return {
    sentence: `SECRET_KEY does not open ${many} kept.`,
    mend: `Start with the key of before; where it is lost, each workspace must install the app again: ${publicUrl}${INSTALL_PATH}.`,
  };
}
