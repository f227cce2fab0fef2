import { Routes } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { Ask } from '../posting/rest.ts';
import { emojiInRoute, emojiText, type SeenMessage, type Signs, topicEmojiIn } from './signs.ts';

/** A panel as it was just posted. */
export interface PostedPanel {
  on: ReactedMessage;
  topics: readonly Topic[];
  /** In the language of whoever made it. */
  texts: Texts;
}

/**
 * Puts the topics' emoji on a panel, so that one press follows, and has it watched. Out: what went wrong, as a sentence
 * for who made it; the select on the panel works all the same. Errors: `StoreError`.
 */
export async function preparePanel(
  { on, topics, texts }: PostedPanel,
  { ask, signs, host }: { ask: Ask; signs: Signs; host: Host },
): Promise<string | undefined> {
  // First, so that what is pressed while the emoji come is not lost.
  await host.reactions.watch(on);
  signs.remember(on.messageId, { kind: 'panel' });
  const failed: string[] = [];
  for (const { name, emoji } of topics) {
    try {
      await putEmoji(on, emoji, ask);
    } catch (error) {
      if (error instanceof DeliveryRefusedError) return texts.topics.panelClosed;
      failed.push(name);
    }
  }
  return failed.length > 0 ? texts.topics.panelIncomplete(failed.join(', ')) : undefined;
}

/**
 * Puts those of its topics' emoji on a panel that do not stand there by us: of one whose making broke off, or that was
 * cleared. None more where the channel does not let us. Errors: those of `Ask` that pass.
 */
export async function completePanel(
  on: ReactedMessage,
  { components, reactions }: SeenMessage,
  { ask, host, signal }: { ask: Ask; host: Host; signal: AbortSignal },
): Promise<void> {
  const standing = new Set(reactions.filter(({ me }) => me).map(({ emoji }) => emojiKey(emojiText(emoji))));
  const wanted = topicEmojiIn(components, host.commands);
  for (const emoji of wanted.filter((one) => !standing.has(emojiKey(one)))) {
    try {
      await putEmoji(on, emoji, ask, signal);
    } catch (error) {
      if (error instanceof DeliveryRefusedError) return;
      if (!(error instanceof CardRejectedError)) throw error;
    }
  }
}

async function putEmoji(
  { place: { channel }, messageId }: ReactedMessage,
  emoji: string,
  ask: Ask,
  signal?: AbortSignal,
): Promise<void> {
  const route = Routes.channelMessageOwnReaction(channel, messageId, emojiInRoute(emoji));
  await ask({ method: 'PUT', route, channel, signal });
}
