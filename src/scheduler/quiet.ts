import { memberOf } from '../domain/feed.ts';
import { memberAt } from '../domain/member.ts';
import type { LineDependencies } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { quietEndOf } from './cadence.ts';
import { digestId } from './digests.ts';
import { timed } from './timed.ts';

/** The quiet hours of members, which stand with their digests. */
export function createQuietUntil(store: Pick<Store, 'feeds'>): LineDependencies['quietUntil'] {
  return async (destination, at) => {
    const id = memberOf(destination);
    const digest = id === undefined ? undefined : await store.feeds.get(digestId(memberAt(destination, id)));
    return digest?.quiet && quietEndOf(await timed(digest, store), at);
  };
}
