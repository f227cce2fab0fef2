import type { MessageId } from './delivery.ts';
import type { Destination } from './feed.ts';
import type { PaperId } from './paper.ts';

/** A message of ours on which an emoji is a wish. */
export interface ReactedMessage {
  /** Where it stands: a channel or a thread. */
  place: Destination;
  messageId: MessageId;
  /** The paper that it shows; absent on a topic panel. */
  paperId?: PaperId;
}

/** A member put an emoji on a message, or took it away. */
export interface Reaction {
  on: ReactedMessage;
  /** As the platform names them; never a bot. */
  member: string;
  /** As the platform writes it where a topic names it: `🤖`, `<:name:id>`. */
  emoji: string;
  isAdded: boolean;
}

/** One emoji of a message with everybody who put it there. */
export interface StandingReaction {
  emoji: string;
  members: readonly string[];
}

/** Puts a paper by, on a message that shows one. */
export const SAVE_EMOJI = '🔖';

/** Reactions on a message that shows a paper are looked at again after an absence for so long. */
export const CARDS_WATCHED_DAYS = 7;
