import type { CardAction, TextCard } from '../domain/card.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import type { Topic } from '../domain/topic.ts';
import { tellIfAtRest } from '../observer.ts';
import type { Notice } from '../store.ts';
import type { DigestsDependencies } from './digests.ts';
import { timed } from './timed.ts';

/** The notice in which a member is asked about their digest: one for ever. */
export function questionId(digest: FeedId): string {
  return `${digest}/question`;
}

/** The notice that asks it; undefined where the platform of the digest is not set up here. Errors: `StoreError`. */
export async function questionOf(
  digest: Feed,
  topic: Topic,
  { store, deliveriesOf }: Pick<DigestsDependencies, 'store' | 'deliveriesOf'>,
): Promise<Notice | undefined> {
  const id = questionId(digest.id);
  const deliveries = deliveriesOf(id, question(await timed(digest, store), topic), digest.destination);
  return deliveries.length > 0 ? { id, feedId: digest.id, deliveries } : undefined;
}

/** Nobody is asked any more. Errors: `StoreError`. */
export async function dropQuestion(
  digest: FeedId,
  { store, clock, observer }: Pick<DigestsDependencies, 'store' | 'clock' | 'observer'>,
): Promise<void> {
  const answered = {
    state: 'dismissed',
    reason: 'It was answered before it was asked.',
    changedAt: clock.now(),
  } as const;
  for (const { id, destination } of await store.ledger.deliveries(questionId(digest))) {
    const isMoved = await store.ledger.moveDelivery(id, 'planned', answered);
    if (isMoved) tellIfAtRest({ ...answered, destination }, observer);
  }
}

/** Asks whether a digest is wanted that was made for an emoji. `feed`: with the time that it keeps. */
function question({ time, zone }: Feed, { emoji, name }: Topic): TextCard {
  return {
    kind: 'text',
    title: `You follow ${emoji} ${name}`,
    paragraphs: [
      `Its new papers could come here, in one message a day at ${time} ${zone}, with whatever else you follow.`,
      'Nothing more comes unless you want it.',
    ],
    actions: [answer('Send it', 'daily'), answer('Not now', 'never')],
  };
}

function answer(label: string, every: 'daily' | 'never'): CardAction {
  return { label, command: 'following', options: { every } };
}
