import type { Reactions } from '../../src/adapter.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import { emojiKey } from '../../src/domain/emoji.ts';
import { type ReactedMessage, type Reaction, SAVE_EMOJI } from '../../src/domain/reaction.ts';
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

/**
 * An emoji is shown first and its wish done then: where the process ends between the two, its next start takes what the
 * board shows for what is wished. Where no start looks at the message, what is set is shown last, so that nothing is ever
 * shown that is not so.
 */
export function createReacting({ board, reactions }: { board: Board; reactions: Reactions }): Reacting {
  async function isComparedAtStart({ messageId, paperId }: ReactedMessage): Promise<boolean> {
    if (paperId === undefined) return true;
    const { editions } = await reactions.watched('web');
    return editions.some(({ messageIds }) => messageIds.includes(messageId));
  }

  /** Where the wish fails the board shows again what it showed. */
  async function change(reaction: Reaction): Promise<void> {
    const { on, member, emoji, isAdded } = reaction;
    const show = (isShown: boolean) =>
      onBoard('react', () => board.react(on.messageId, emoji, member, isShown));
    const isShownFirst = !isAdded || (await isComparedAtStart(on));
    const isNew = isShownFirst && show(isAdded);
    try {
      await reactions.react(reaction);
    } catch (error) {
      if (isNew) show(!isAdded);
      throw error;
    }
    if (!isShownFirst) show(isAdded);
  }

  /** The emoji as the workspace writes it. Errors: `CommandError` for one that means nothing on this message. */
  async function meant(on: ReactedMessage, given: string): Promise<string> {
    const all = await reactions.emoji(PLAYGROUND);
    const emoji = all.find((one) => emojiKey(one) === emojiKey(given));
    const isSaving = emojiKey(given) === emojiKey(SAVE_EMOJI);
    if (emoji === undefined || (isSaving && on.paperId === undefined))
      throw new CommandError('This emoji means nothing here. Choose one of those under the message.');
    return emoji;
  }

  return {
    async react({ messageId, emoji, isAdded }, member) {
      const message = onBoard('read', () => board.message(messageId));
      if (!message || !channelsOf(member).includes(message.channel))
        throw new CommandError('This message is not there any more. Load the page again.');
      const on = reactedMessage(message);
      if (!on)
        throw new CommandError('Emoji mean nothing on this message. Use them on a paper or a topic panel.');
      if (isAdded) return await change({ on, member, emoji: await meant(on, emoji), isAdded });
      // Also one that means nothing any more, so that it can be taken away.
      const standing = [...message.reactions.keys()].find((one) => emojiKey(one) === emojiKey(emoji));
      await change({ on, member, emoji: standing ?? emoji, isAdded });
    },
  };
}
