import { Routes } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { Ask } from '../posting/rest.ts';
import { emojiInRoute, type Signs } from './signs.ts';

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
  const { place, messageId } = on;
  const { channel } = place;
  // First, so that what is pressed while the emoji come is not lost.
  await host.reactions.watch(on);
  signs.remember(messageId, { kind: 'panel' });
  const failed: string[] = [];
  for (const { name, emoji } of topics) {
    const route = Routes.channelMessageOwnReaction(channel, messageId, emojiInRoute(emoji));
    try {
      await ask({ method: 'PUT', route, channel });
    } catch (error) {
      if (error instanceof DeliveryRefusedError) return texts.topics.panelClosed;
      failed.push(name);
    }
  }
  return failed.length > 0 ? texts.topics.panelIncomplete(failed.join(', ')) : undefined;
}
