import type { PaperId } from '../../domain/paper.ts';
import type { ArchivedListing, ArchivedPaper } from '../../store.ts';
import { dayNumber } from '../days.ts';
import { PAPERS } from '../kinds.ts';
import type { Changes } from './connection.ts';
import type { Keys } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { PeopleTables } from './people.ts';
import type { Table } from './table.ts';
import { FORGET_AT_ONCE, type Walk } from './walk.ts';

export interface ForgetArchiveDependencies {
  keys: Keys & PeopleKeys;
  tables: PeopleTables;
  papers: Pick<Table<ArchivedPaper>, 'storage'>;
  listings: Pick<Table<ArchivedListing>, 'storage'>;
}

/**
 * Papers and listings, a listing before its papers; both were brought together, so none names a paper that is gone.
 * Papers that somebody saved stay.
 */
export function createForgetArchive(dependencies: ForgetArchiveDependencies): Walk {
  const { keys, tables, papers, listings } = dependencies;
  const remove = (tx: Changes, name: string) => {
    const [namespace, key] = namesOf(name);
    tx.zrem(keys.seen, name);
    if (namespace !== PAPERS.namespace) return listings.storage.remove(tx, key);
    papers.storage.remove(tx, key);
    tx.zrem(keys.sequence, key);
    // None has it saved: what is left is a count of none.
    tx.hdel(keys.savers, key);
  };
  return async (tx, { archiveBefore }, place) => {
    if (archiveBefore === undefined) return undefined;
    const page = await tx.zrangeWithScores(keys.seen, { from: place, to: place + FORGET_AT_ONCE - 1 });
    const old = page.filter(([, day]) => day < dayNumber(archiveBefore)).map(([name]) => name);
    const saved = await tables.saved.amongSaved(
      tx,
      old.flatMap((name) => paperOf(name) ?? []),
    );
    const stays = (name: string) => saved.has(paperOf(name) ?? '');
    for (const name of old) if (!stays(name)) remove(tx, name);
    return old.length < FORGET_AT_ONCE ? undefined : place + old.filter(stays).length;
  };
}

/** Undefined for a listing. */
function paperOf(name: string): PaperId | undefined {
  const [namespace, key] = namesOf(name);
  return namespace === PAPERS.namespace ? key : undefined;
}

/** In: `namespace:key`. */
function namesOf(name: string): [namespace: string, key: string] {
  const end = name.indexOf(':');
  return [name.slice(0, end), name.slice(end + 1)];
}
