import type { Reactions, WatchedMessages } from '../../src/adapter.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import type { Board } from './board/board.ts';
import { reactedMessage } from './reacting.ts';

/**
 * Takes what stands on the board for what is wished: where a process ended between the two, they differ. Rejects with the
 * signal's reason; errors: `StoreError`, or those of the board.
 */
export async function compare(
  { board, reactions }: { board: Board; reactions: Reactions },
  signal: AbortSignal,
): Promise<void> {
  const watched = await reactions.watched('web');
  for (const panel of watched.panels) {
    if (!board.message(panel.messageId)) await reactions.unwatch(panel);
  }
  const ids = new Set([...idsOf(watched), ...(await watchForgotten(watched, { board, reactions }))]);
  for (const id of ids) {
    const message = board.message(id);
    const on = message && reactedMessage(message);
    if (!on) continue;
    const standing = [...message.reactions].map(([emoji, members]) => ({ emoji, members }));
    await reactions.reconcile(on, standing, signal);
  }
}

function idsOf({ panels, editions }: WatchedMessages): MessageId[] {
  return [...panels.map(({ messageId }) => messageId), ...editions.flatMap(({ messageIds }) => messageIds)];
}

/** Panels that nobody watches, as the process ended when they had just been posted. */
async function watchForgotten(
  { panels }: WatchedMessages,
  { board, reactions }: { board: Board; reactions: Reactions },
): Promise<MessageId[]> {
  const known = new Set(panels.map(({ messageId }) => messageId));
  const forgotten = board.reacted().filter(({ id, card }) => card.kind === 'panel' && !known.has(id));
  for (const message of forgotten) {
    const on = reactedMessage(message);
    if (on) await reactions.watch(on);
  }
  return forgotten.map(({ id }) => id);
}
