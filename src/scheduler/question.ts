import type { CardAction, TextCard } from '../domain/card.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import type { Topic } from '../domain/topic.ts';

/** The notice in which a member is asked about their digest: one for ever. */
export function questionId(digest: FeedId): string {
  return `${digest}/question`;
}

/** Asks whether a digest is wanted that was made for an emoji. `feed`: with the time that it keeps. */
export function question({ time, zone }: Feed, { emoji, name }: Topic): TextCard {
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
