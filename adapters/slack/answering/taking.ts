import { type Clock, within } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Told } from '../gateway/told.ts';
import { sentence } from './answers.ts';
import { give } from './give.ts';

/** Takes what Slack tells, until we stop. */
export interface Taking {
  /**
   * Acknowledges what is not acknowledged by its answer, then does it. What comes once we stop is not acknowledged: nobody
   * shall wait for it in vain. Whoever cannot be answered is told so.
   */
  take(
    told: Told,
    work: (signal: AbortSignal) => Promise<void>,
    acknowledge?: () => Promise<void>,
  ): Promise<void>;
  /** Takes no more, leaves what is in hand so long to be answered, then ends it. */
  stop(patienceMs: number): Promise<void>;
}

export function createTaking({ clock, log }: { clock: Clock; log: Log }): Taking {
  const working = new Map<Promise<void>, AbortController>();
  let isStopped = false;

  async function excuse(told: Told, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    log.error('An answer could not be given', { error });
    const texts = textsFor(undefined);
    if (told.respond)
      await give(told, sentence(texts.gateway.away, texts), 'private', { texts, clock, log, signal });
    // A window that nobody can answer for is closed, rather than called broken by Slack.
    else await told.ack();
  }

  return {
    async take(told, work, acknowledge = () => told.ack()) {
      if (isStopped) return;
      const controller = new AbortController();
      const { signal } = controller;
      const done = (async () => {
        await acknowledge();
        await work(signal);
      })().catch((error: unknown) => excuse(told, error, signal));
      working.set(done, controller);
      await done;
      working.delete(done);
    },
    async stop(patienceMs) {
      isStopped = true;
      await within(patienceMs, Promise.all(working.keys()), clock);
      for (const controller of working.values()) controller.abort(new Error('The bot stops.'));
      await Promise.all(working.keys());
    },
  };
}
