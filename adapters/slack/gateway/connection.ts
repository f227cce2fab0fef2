import { type Clock, within } from '../../../src/clock.ts';
import { type Instant, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import type { SocketReceiver } from './bolt.ts';
import { connectOnce } from './one-connection.ts';
import { createSetbacks, type SetbacksConfig } from './setbacks.ts';

export interface ConnectionConfig extends SetbacksConfig {
  receiver: SocketReceiver;
  clock: Clock;
  random: () => number;
  /** A connection stands again after so long without one. */
  onBack: (missedMs: number) => void;
}

/** The socket by which Slack reaches us, however often it breaks. */
export interface Connection {
  /**
   * Resolves once connected, or while it goes on trying where Slack cannot be reached now. Errors: `ConfigError` for
   * what only a person can mend.
   */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** A Slack that says nothing is waited for so long before the rest of the bot starts. */
const PATIENCE_MS = 10 * SECOND_MS;
/** One that ends sooner was no connection: Slack would be asked for the next without end. */
const STEADY_MS = 10 * SECOND_MS;

export function createConnection(config: ConnectionConfig): Connection {
  const { receiver, clock, log, random, onBack } = config;
  const ending = new AbortController();
  const { signal } = ending;
  const setbacks = createSetbacks(config);

  async function keepConnected(onOpen: () => void, onSetback: () => void): Promise<void> {
    let lostAt: Instant | undefined;
    const welcome = () => {
      log.info('Connected to Slack');
      setbacks.over();
      if (lostAt !== undefined) onBack(msBetween(lostAt, clock.now()));
      onOpen();
    };
    for (let failures = 0; !signal.aborted; ) {
      const lastedMs = await connectOnce({ receiver, clock, signal }, welcome).catch((error: unknown) => {
        if (!signal.aborted) setbacks.tell(error);
        onSetback();
        return 0;
      });
      // Slack ends each connection after some hours; the next one is opened at once.
      if (lastedMs >= STEADY_MS) lostAt = clock.now();
      else lostAt ??= clock.now();
      failures = lastedMs >= STEADY_MS ? 0 : failures + 1;
      if (failures > 0) await clock.sleep(growingPauseMs(failures - 1, random), signal).catch(() => {});
    }
  }

  return {
    async open() {
      const first = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => first.resolve(), { once: true });
      const connecting = keepConnected(first.resolve, first.resolve);
      try {
        await within(PATIENCE_MS, Promise.race([connecting, first.promise]), clock);
      } finally {
        setbacks.opened();
      }
      connecting.catch((error: unknown) => log.error('The connection to Slack ended', { error }));
    },
    async close() {
      ending.abort(new Error('The bot stops.'));
      await receiver.stop();
    },
  };
}
