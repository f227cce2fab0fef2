import { type Clock, within } from '../../../src/clock.ts';

/** Answers that are not given yet. */
export interface InHand {
  /** Begins one. `work` must not reject; its controller ends it. */
  begin(work: (controller: AbortController) => Promise<void>): void;
  /** Leaves them so long, then ends them. */
  stop(patienceMs: number): Promise<void>;
}

export function createInHand(clock: Clock): InHand {
  const inHand = new Map<Promise<void>, AbortController>();
  return {
    begin(work) {
      const controller = new AbortController();
      const done = work(controller);
      inHand.set(done, controller);
      void done.then(() => inHand.delete(done));
    },
    async stop(patienceMs) {
      await within(patienceMs, Promise.all(inHand.keys()), clock);
      for (const controller of inHand.values()) controller.abort(new Error('The bot stops.'));
      await Promise.all(inHand.keys());
    },
  };
}
