import { createHash } from 'node:crypto';
import { emojiKey } from '../domain/emoji.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { ReactedMessage, Reaction, StandingReaction } from '../domain/reaction.ts';
import type { SeenReaction } from '../presence.ts';

/** A reaction as it is marked as seen. */
export function seenOf({ on, member, emoji }: Omit<Reaction, 'isAdded'>): SeenReaction {
  return { emoji: emojiKey(emoji), mark: markOf(on, memberAt(on.place, member)), member };
}

/** What of a message's reactions, as they stand now, is not as it was seen. */
export function unseen(
  on: ReactedMessage,
  standing: readonly StandingReaction[],
  before: readonly SeenReaction[],
): { gone: SeenReaction[]; added: Reaction[] } {
  const known = new Set(before.map(nameOf));
  const now = new Map(
    standing
      .flatMap(({ emoji, members }) =>
        members.map((member): Reaction => ({ on, member, emoji, isAdded: true })),
      )
      .map((reaction) => [nameOf(seenOf(reaction)), reaction]),
  );
  const gone = before.filter((one) => !now.has(nameOf(one)));
  const added = [...now].filter(([name]) => !known.has(name)).map(([, reaction]) => reaction);
  return { gone, added };
}

function nameOf({ emoji, mark }: SeenReaction): string {
  return `${emoji} ${mark}`;
}

/** Of every message another one, so that marks of different messages tell nothing together. */
function markOf({ place, messageId }: ReactedMessage, { id }: Member): string {
  const name = JSON.stringify([place.platform, place.workspace, place.channel, messageId, id]);
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}
