import type { Adapter, Host } from '../../src/adapter.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DeliveryId, Json, MessageId } from '../../src/domain/delivery.ts';
import type { Destination, Platform } from '../../src/domain/feed.ts';

/** One message as it arrived. */
export interface PostedMessage {
  /** The delivery's id. */
  id: DeliveryId;
  messageId: MessageId;
  destination: Destination;
  card: Card;
}

/** An adapter whose platform is this process. */
export interface MemoryAdapter extends Adapter {
  /** Everything that arrived, in the order of arrival. */
  readonly posted: PostedMessage[];
  /** How often `send` was called, failed calls included. */
  readonly calls: number;
  /** The host given to `start`; undefined before it and after `stop`. */
  readonly host: Host | undefined;
  /**
   * The next `send` without a failure of its own throws this; called twice, the next two fail in this order. With
   * `hasArrived` the message is posted all the same: the platform took it and its answer was lost.
   */
  failNext(error: Error, options?: { hasArrived?: boolean }): void;
  /** The next `send` is not answered until its signal aborts. */
  hangNext(): void;
}

/** Makes an adapter that keeps what it is given: obedient to the contract, without limits, one message a card. */
export function createMemoryAdapter({ platform = 'terminal' }: { platform?: Platform } = {}): MemoryAdapter {
  const posted: PostedMessage[] = [];
  const failures: { error: Error; hasArrived: boolean }[] = [];
  let hangs = 0;
  let calls = 0;
  let host: Host | undefined;

  return {
    platform,
    posted,
    get calls() {
      return calls;
    },
    get host() {
      return host;
    },
    failNext(error, { hasArrived = false } = {}) {
      failures.push({ error, hasArrived });
    },
    hangNext() {
      hangs += 1;
    },
    async start(given) {
      host = given;
    },
    render: (card) => [JSON.parse(JSON.stringify(card)) as Json],
    async send({ id, destination, payload }, signal) {
      signal?.throwIfAborted();
      calls += 1;
      if (hangs > 0) {
        hangs -= 1;
        await aborted(signal);
      }
      const failure = failures.shift();
      const messageId = `${platform}-${posted.length + 1}`;
      // A copy, so that a caller who changes the payload afterwards does not change what was posted.
      const card = structuredClone(payload) as unknown as Card;
      if (!failure || failure.hasArrived) posted.push({ id, messageId, destination, card });
      if (failure) throw failure.error;
      return messageId;
    },
    async stop() {
      host = undefined;
    },
  };
}

/** Rejects with the signal's reason; without a signal it never ends. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
