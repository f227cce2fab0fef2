import type { FeedStatus } from '../abilities.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import type { DigestsDependencies } from './digests.ts';
import { dropQuestion } from './question.ts';
import { statusOf } from './status.ts';

/** Changes a digest. Out: how it stands; undefined where there is none, or nothing to change. Errors: `StoreError`. */
export async function changeDigest(
  id: FeedId,
  how: (feed: Feed) => Feed | undefined,
  dependencies: Pick<DigestsDependencies, 'store' | 'clock'>,
): Promise<FeedStatus | undefined> {
  const { store, clock } = dependencies;
  const feed = await store.changeFeed(id, how, clock.now());
  return feed && (await statusOf(feed, dependencies));
}

/** The same; who says in words what they want needs not be asked any more. */
export async function changeInWords(
  id: FeedId,
  how: (feed: Feed) => Feed,
  dependencies: Pick<DigestsDependencies, 'store' | 'clock' | 'observer'>,
): Promise<FeedStatus | undefined> {
  let isAnswered = false;
  const next = (feed: Feed) => {
    const changed = how(feed);
    isAnswered = feed.isUnconfirmed === true && !changed.isUnconfirmed;
    return changed;
  };
  const status = await changeDigest(id, next, dependencies);
  if (isAnswered) await dropQuestion(id, dependencies);
  return status;
}

/** A digest that its member wants from now on; one that they had not confirmed begins now. */
export function wanted({ isUnconfirmed, isResting: _, ...feed }: Feed, at: Instant): Feed {
  const state = feed.state === 'paused' ? 'active' : feed.state;
  return { ...feed, state, ...(isUnconfirmed ? { createdAt: at } : {}) };
}

/** A digest for which there is nothing to send. */
export function rested(feed: Feed): Feed | undefined {
  return feed.state === 'paused' ? undefined : { ...feed, state: 'paused', isResting: true };
}
