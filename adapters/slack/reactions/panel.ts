import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { topicEmojiIn } from '../cards/sign.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode } from '../posting/failures.ts';
import type { SeenMessage } from './message.ts';
import { patiently } from './patience.ts';
import { emojiOf, shortNameOf } from './short-names.ts';
import type { Signs } from './signs.ts';

export interface PanelDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  clock: Clock;
  signal: AbortSignal;
}

/** A panel as it was just posted. */
export interface PostedPanel {
  on: ReactedMessage;
  topics: readonly Topic[];
  /** In the language of whoever made it. */
  texts: Texts;
}

/**
 * Puts the topics' emoji on a panel, so that one press follows, and has it watched. Out: what went wrong, as a sentence
 * for who made it; the select on the panel works all the same. Errors: `StoreError`, or the signal's reason.
 */
export async function preparePanel(
  { on, topics, texts }: PostedPanel,
  { ask, signs, host, clock, signal }: PanelDependencies,
): Promise<string | undefined> {
  // First, so that what is pressed while the emoji come is not lost.
  await host.reactions.watch(on);
  signs.remember(on, { kind: 'panel' });
  const failed: string[] = [];
  for (const { name, emoji } of topics) {
    try {
      if (!(await patiently(() => putEmoji(on, emoji, ask, signal), clock, signal))) failed.push(name);
    } catch (error) {
      signal.throwIfAborted();
      if (isCode(error, 'missing_scope')) return texts.slackPanel.noScope;
      if (error instanceof DeliveryRefusedError) return texts.slackPanel.closed;
      failed.push(name);
    }
  }
  return failed.length > 0 ? texts.topics.panelIncomplete(failed.join(', ')) : undefined;
}

/**
 * Puts those of its topics' emoji on a panel that do not stand there by us: of one whose making broke off, or that was
 * cleared. None more where Slack does not let us. Errors: those of `Ask` that pass.
 */
export async function completePanel(
  on: ReactedMessage,
  { blocks, reactions }: SeenMessage,
  { ask, host, me, signal }: Pick<PanelDependencies, 'ask' | 'host' | 'signal'> & { me: string },
): Promise<void> {
  // Slack always names us among those who put an emoji there.
  const ours = reactions.filter(({ users }) => users.includes(me));
  const standing = new Set(ours.map(({ name }) => emojiKey(emojiOf(name))));
  const wanted = topicEmojiIn(blocks, host.commands);
  for (const emoji of wanted.filter((one) => !standing.has(emojiKey(one)))) {
    try {
      await putEmoji(on, emoji, ask, signal);
    } catch (error) {
      if (error instanceof DeliveryRefusedError) return;
      if (!(error instanceof CardRejectedError)) throw error;
    }
  }
}

/** False for an emoji that Slack has not got. Errors: those of `Ask`. */
async function putEmoji(
  { place: { workspace, channel }, messageId }: ReactedMessage,
  emoji: string,
  ask: Ask,
  signal: AbortSignal,
): Promise<boolean> {
  const name = shortNameOf(emoji);
  if (name === undefined) return false;
  const args = { channel, timestamp: messageId, name };
  try {
    await ask({ method: 'reactions.add', args, workspace, channel, signal });
  } catch (error) {
    if (!isCode(error, 'already_reacted')) throw error;
  }
  return true;
}
