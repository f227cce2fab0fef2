import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import { completeEmoji, offerEmoji, type PostedPanel } from '../../../src/reacting/panel.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { topicEmojiIn } from '../cards/sign.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode } from '../posting/failures.ts';
import { patiently } from '../posting/patience.ts';
import type { SeenMessage } from './message.ts';
import { emojiOf, shortNameOf } from './short-names.ts';
import type { Signs } from './signs.ts';

export interface PanelDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Puts the topics' emoji on a panel, so that one press follows, and has it watched. Out: what went wrong, as a sentence
 * for who made it; the select on the panel works all the same. Errors: `StoreError`, or the signal's reason.
 */
export async function preparePanel(
  panel: PostedPanel,
  { ask, signs, host, clock, signal }: PanelDependencies,
): Promise<string | undefined> {
  const { on, texts } = panel;
  // First, so that what is pressed while the emoji come is not lost.
  await host.reactions.watch(on);
  signs.remember(on, { kind: 'panel' });
  return await offerEmoji(
    panel,
    (emoji) => patiently(() => putEmoji(on, emoji, ask, signal), { clock, signal }),
    (error) => {
      signal.throwIfAborted();
      return closedSentence(error, texts);
    },
  );
}

/** Why no emoji can be put on a panel; undefined for what is about one emoji only. */
function closedSentence(error: unknown, { slackPanel: say }: Texts): string | undefined {
  if (isCode(error, 'missing_scope')) return say.noScope;
  return error instanceof DeliveryRefusedError ? say.closed : undefined;
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
  const standing = ours.map(({ name }) => emojiOf(name));
  const wanted = topicEmojiIn(blocks, host.commands);
  await completeEmoji(wanted, standing, (emoji) => putEmoji(on, emoji, ask, signal));
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
