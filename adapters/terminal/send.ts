import type { Message } from '../../src/adapter.ts';
import type { Card } from '../../src/domain/card.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import { CardRejectedError, DeliveryUnavailableError } from '../../src/errors.ts';
import { layOut } from './layout.ts';
import type { Abilities } from './paint.ts';

/** Takes finished text; rejects or throws when it could not be written. */
export type Write = (text: string) => void | Promise<void>;

/** Who reads has gone away: what was written now is seen by nobody, so writing it again shows nothing twice. */
const CLOSED = new Set(['EPIPE', 'EIO', 'EBADF', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/**
 * Writes one card, in one call, so that nothing else comes between its lines.
 *
 * Errors: `CardRejectedError` for a payload that is no card, `DeliveryUnavailableError` when it cannot be written, also
 * when the signal ends the wait for it. A terminal never refuses: it is closed today and open tomorrow, which is no
 * reason to suspend its feed.
 */
export async function send(
  { id, destination, payload }: Message,
  terminal: Abilities & { columns: number; write: Write },
  signal?: AbortSignal,
): Promise<MessageId> {
  signal?.throwIfAborted();
  const { platform, channel } = destination;
  const text = attempt(
    () => layOut(payload as unknown as Card, terminal),
    (cause) =>
      new CardRejectedError('The terminal was given a message that is no card.', {
        platform,
        channel,
        limit: 'the payload is a card',
        cause,
      }),
  );
  try {
    await orAborted(async () => terminal.write(text), signal);
  } catch (cause) {
    const { code } = (cause ?? {}) as { code?: unknown };
    const why = signal?.aborted ? 'stopped in the middle' : (code ?? 'unknown reason');
    throw new DeliveryUnavailableError(`The terminal did not take the message (${why}).`, {
      platform,
      channel,
      mayHaveArrived: typeof code !== 'string' || !CLOSED.has(code),
      cause,
    });
  }
  return id;
}

function attempt<T>(work: () => T, failure: (cause: unknown) => Error): T {
  try {
    return work();
  } catch (cause) {
    throw failure(cause);
  }
}

/** Waits for the work, but no longer than until the signal: a stopped terminal (Ctrl-S) takes nothing for hours. */
async function orAborted(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work(), aborted]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
