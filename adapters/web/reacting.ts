import type { Reactions } from '../../src/adapter.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import { emojiKey } from '../../src/domain/emoji.ts';
import { type ReactedMessage, SAVE_EMOJI } from '../../src/domain/reaction.ts';
import { CommandError } from '../../src/errors.ts';
import { onBoard } from './board/attempt.ts';
import type { Board, BoardMessage } from './board/board.ts';
import { channelsOf, PLAYGROUND } from './place.ts';

/** What a member does with an emoji. */
export interface EmojiWish {
  messageId: MessageId;
  emoji: string;
  isAdded: boolean;
}

/** The emoji that stand under a message, or that it offers; `all`: every one that means something here. */
export function offeredEmoji(
  { card, reactions }: Pick<BoardMessage, 'card' | 'reactions'>,
  all: readonly string[],
): string[] {
  const known = new Set(all.map(emojiKey));
  const own = ownEmoji(card).filter((emoji) => known.has(emojiKey(emoji)));
  const offered = new Map([...own, ...reactions.keys()].map((emoji) => [emojiKey(emoji), emoji]));
  return [...offered.values()];
}

function ownEmoji(card: BoardMessage['card']): string[] {
  if (card.kind === 'paper') return [SAVE_EMOJI];
  return card.kind === 'panel' ? card.topics.map(({ emoji }) => emoji) : [];
}

/** A message on which emoji are wishes; undefined for any other. */
export function reactedMessage({ id, channel, card }: BoardMessage): ReactedMessage | undefined {
  const on = { place: { ...PLAYGROUND, channel }, messageId: id };
  if (card.kind === 'paper') return { ...on, paperId: card.entry.paper.id };
  return card.kind === 'panel' ? on : undefined;
}

/** Does what emoji ask for. */
export interface Reacting {
  /** Errors: `CommandError` with a sentence, `StoreError`. */
  react(wish: EmojiWish, member: string): Promise<void>;
}

/** The wish is done first and shown then: what the board shows is so. */
export function createReacting({ board, reactions }: { board: Board; reactions: Reactions }): Reacting {
  async function add(on: ReactedMessage, given: string, member: string): Promise<void> {
    const all = await reactions.emoji(PLAYGROUND);
    const emoji = all.find((one) => emojiKey(one) === emojiKey(given));
    const isSaving = emojiKey(given) === emojiKey(SAVE_EMOJI);
    if (emoji === undefined || (isSaving && on.paperId === undefined))
      throw new CommandError('This emoji means nothing here. Choose one of those under the message.');
    await reactions.react({ on, member, emoji, isAdded: true });
    onBoard('react', () => board.react(on.messageId, emoji, member, true));
  }

  /** Also one that means nothing any more, so that it can be taken away. */
  async function remove(on: ReactedMessage, emoji: string, member: string): Promise<void> {
    await reactions.react({ on, member, emoji, isAdded: false });
    onBoard('react', () => board.react(on.messageId, emoji, member, false));
  }

  return {
    async react({ messageId, emoji, isAdded }, member) {
      const message = onBoard('read', () => board.message(messageId));
      if (!message || !channelsOf(member).includes(message.channel))
        throw new CommandError('This message is not there any more. Load the page again.');
      const on = reactedMessage(message);
      if (!on)
        throw new CommandError('Emoji mean nothing on this message. Use them on a paper or a topic panel.');
      if (isAdded) return await add(on, emoji, member);
      const standing = [...message.reactions.keys()].find((one) => emojiKey(one) === emojiKey(emoji));
      await remove(on, standing ?? emoji, member);
    },
  };
}
