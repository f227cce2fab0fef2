import { Routes } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import { completeEmoji, offerEmoji, type PostedPanel } from '../../../src/reacting/panel.ts';
import type { Ask } from '../posting/rest.ts';
import { emojiInRoute, emojiText, type SeenMessage, type Signs, topicEmojiIn } from './signs.ts';

export type { PostedPanel } from '../../../src/reacting/panel.ts';

/**
 * Puts the topics' emoji on a panel, so that one press follows, and has it watched. Out: what went wrong, as a sentence
 * for who made it; the select on the panel works all the same. Errors: `StoreError`.
 */
export async function preparePanel(
  panel: PostedPanel,
  { ask, signs, host }: { ask: Ask; signs: Signs; host: Host },
): Promise<string | undefined> {
  const { on, texts } = panel;
  // First, so that what is pressed while the emoji come is not lost.
  await host.reactions.watch(on);
  signs.remember(on.messageId, { kind: 'panel' });
  return await offerEmoji(
    panel,
    (emoji) => putEmoji(on, emoji, ask),
    (error) => (error instanceof DeliveryRefusedError ? texts.topics.panelClosed : undefined),
  );
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
  const standing = reactions.filter(({ me }) => me).map(({ emoji }) => emojiText(emoji));
  const wanted = topicEmojiIn(components, host.commands);
  await completeEmoji(wanted, standing, (emoji) => putEmoji(on, emoji, ask, signal));
}

/** Discord takes any emoji, or refuses. */
async function putEmoji(
  { place: { channel }, messageId }: ReactedMessage,
  emoji: string,
  ask: Ask,
  signal?: AbortSignal,
): Promise<true> {
  const route = Routes.channelMessageOwnReaction(channel, messageId, emojiInRoute(emoji));
  await ask({ method: 'PUT', route, channel, signal });
  return true;
}
