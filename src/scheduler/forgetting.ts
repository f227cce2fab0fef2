import type { PeopleServices } from '../abilities.ts';
import { type Member, memberAt, type Person } from '../domain/member.ts';
import type { Store } from '../store.ts';
import type { Digests } from './digests.ts';

export interface ForgettingDependencies {
  store: Store;
  digests: Pick<Digests, 'forget'>;
}

/** See `PeopleServices.forget`. */
export async function forgetPerson(
  person: Person,
  { store, digests }: ForgettingDependencies,
): ReturnType<PeopleServices['forget']> {
  const { people } = store;
  const forgotten = { subscriptions: 0, saved: 0, ratings: 0, digests: 0, managedFeeds: 0 };
  for (const workspace of await people.workspacesOf(person)) {
    const member = memberAt({ ...person, workspace }, person.id);
    const { subscriptions, saved, ratings } = await people.forgetMember(member);
    forgotten.subscriptions += subscriptions;
    forgotten.saved += saved;
    forgotten.ratings += ratings;
    forgotten.digests += Number(await digests.forget(member));
    forgotten.managedFeeds += await managedFeeds(member, store);
  }
  return forgotten;
}

/** Feeds name who manages them: they are handed over or removed, not forgotten. */
async function managedFeeds({ platform, workspace, id }: Member, store: Store): Promise<number> {
  const ids = await store.ledger.feedIds({ platform, workspace });
  const feeds = await store.feeds.getMany(ids);
  return [...feeds.values()].filter(({ manager }) => manager === id).length;
}
