import type { Reactions, WatchedMessages } from '../../src/adapter.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import { onBoard } from './board/attempt.ts';
import type { Board, BoardMessage } from './board/board.ts';
import { reactedMessage } from './reacting.ts';

/**
 * Takes what stands on the board for what is wished: where a process ended between the two, they differ. Rejects with the
 * signal's reason; errors: `StoreError`.
 */
export async function compare(
  { board, reactions }: { board: Board; reactions: Reactions },
  signal: AbortSignal,
): Promise<void> {
  const watched = await reactions.watched('web');
  for (const panel of watched.panels) {
    if (!messageOn(board, panel.messageId)) await reactions.unwatch(panel);
  }
  const ids = new Set([...idsOf(watched), ...(await watchForgotten(watched, { board, reactions }))]);
  for (const id of ids) {
    const message = messageOn(board, id);
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
  const reacted = onBoard('read', () => board.reacted());
  const forgotten = reacted.filter(({ id, card }) => card.kind === 'panel' && !known.has(id));
  for (const message of forgotten) {
    const on = reactedMessage(message);
    if (on) await reactions.watch(on);
  }
  return forgotten.map(({ id }) => id);
}

function messageOn(board: Board, id: MessageId): BoardMessage | undefined {
  return onBoard('read', () => board.message(id));
}
