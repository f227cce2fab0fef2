import type { Host } from '../../../src/adapter.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';

/** A paper that is talked about is shown once. */
const SHOWN_WITHIN_MS = 30 * MINUTE_MS;
/** Cards that surely did not come: no more are remembered. */
const MOST_FAILED = 1000;

/** Has a card shown once, whichever process hears of its link. */
export interface Once {
  /** It has not been shown lately, or did not come. Errors: `StoreError`. */
  isNew(key: string): Promise<boolean>;
  /** It surely did not come, and may come yet. */
  failed(key: string): void;
}

export function createOnce(host: Pick<Host, 'isFirst'>): Once {
  const failed = new Set<string>();
  return {
    async isNew(key) {
      return failed.delete(key) || (await host.isFirst(key, SHOWN_WITHIN_MS));
    },
    failed(key) {
      if (failed.size >= MOST_FAILED) failed.clear();
      failed.add(key);
    },
  };
}
