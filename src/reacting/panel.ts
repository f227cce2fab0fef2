import { emojiKey } from '../domain/emoji.ts';
import type { ReactedMessage } from '../domain/reaction.ts';
import type { Topic } from '../domain/topic.ts';
import { CardRejectedError, DeliveryRefusedError } from '../errors.ts';
import type { Texts } from '../texts/index.ts';

/** A panel as it was just posted. */
export interface PostedPanel {
  on: ReactedMessage;
  topics: readonly Topic[];
  /** In the language of whoever made it. */
  texts: Texts;
}

/** Puts an emoji on the panel. False for one that the platform has not got. */
type Put = (emoji: string) => Promise<boolean>;

/**
 * Puts the topics' emoji on a panel that was just posted. `closed`: why no emoji can be put there, as a sentence, or
 * undefined where that is about one emoji only. Out: what went wrong, as a sentence. Errors: those of `closed`.
 */
export async function offerEmoji(
  { topics, texts }: Pick<PostedPanel, 'topics' | 'texts'>,
  put: Put,
  closed: (error: unknown) => string | undefined,
): Promise<string | undefined> {
  const failed: string[] = [];
  for (const { name, emoji } of topics) {
    try {
      if (!(await put(emoji))) failed.push(name);
    } catch (error) {
      const sentence = closed(error);
      if (sentence !== undefined) return sentence;
      failed.push(name);
    }
  }
  return failed.length > 0 ? texts.topics.panelIncomplete(failed.join(', ')) : undefined;
}

/**
 * Puts those of the wanted emoji on a panel that do not stand there by us: of one whose making broke off, or that was
 * cleared. None more where we are not let. Errors: those of `put` that pass.
 */
export async function completeEmoji(
  wanted: readonly string[],
  standing: readonly string[],
  put: Put,
): Promise<void> {
  const known = new Set(standing.map(emojiKey));
  for (const emoji of wanted.filter((one) => !known.has(emojiKey(one)))) {
    try {
      await put(emoji);
    } catch (error) {
      if (error instanceof DeliveryRefusedError) return;
      if (!(error instanceof CardRejectedError)) throw error;
    }
  }
}
