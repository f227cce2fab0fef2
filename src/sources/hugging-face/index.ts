import type { Clock } from '../../clock.ts';
import type { Http } from '../../http.ts';
import type { Log } from '../../log.ts';
import { blindObserver, type Observer } from '../../observer.ts';
import type { ReadOptions, Source } from '../../source.ts';
import type { ArxivSource } from '../arxiv/index.ts';
import { createBudget, type Quota } from './budget.ts';
import { readInTurn, readPaperInTurn } from './fallback.ts';
import { createDoor, SOURCE } from './requests.ts';
import { createWays, WAYS, type WayIn } from './ways.ts';

export type { Quota } from './budget.ts';

/** Hugging Face Daily Papers, read by whichever of its three ways in works. */
export interface HuggingFaceSource extends Source {
  /** What is left of the site's request budget now; for pages that show how the bot is doing. */
  quota(): Quota[];
}

export interface HuggingFaceOptions {
  /** `https://huggingface.co`, or a server that speaks like it. */
  baseUrl: string;
  /** `hf_…`: only raises the quota. */
  token?: string;
  /** Completes what the markup leaves out. */
  arxiv?: Pick<ArxivSource, 'papers'>;
  http: Http;
  clock: Clock;
  log: Log;
  observer?: Observer;
}

/**
 * Warnings of a listing: `bad-entry`, `duplicate-entry`, `truncated` (more pages than are followed), `not-open` (the
 * batch has not begun), `other-period` (the page shows another one), `undated` (it does not say which), `fallback` (a
 * way failed or found nothing, another was used), `incomplete` (the markup has no abstracts and arXiv did not help).
 *
 * Errors beside those of the contract: RangeError for a way that does not exist; check what a person typed.
 */
export function createHuggingFaceSource(options: HuggingFaceOptions): HuggingFaceSource {
  const { clock, log, arxiv, observer = blindObserver } = options;
  const budget = createBudget({ hasToken: options.token !== undefined });
  const door = createDoor({ ...options, observer, budget });

  function tools({ way, signal }: ReadOptions) {
    return {
      ways: way === undefined ? WAYS : [checkedWay(way)],
      readers: createWays(door, signal),
      // A forced way shows what it has of its own.
      ...(arxiv && way === undefined ? { arxiv } : {}),
      ...(signal ? { signal } : {}),
      clock,
      log,
      observer,
    };
  }

  return {
    id: SOURCE,
    ways: WAYS,
    read: async (listing, options = {}) => await readInTurn(listing, tools(options)),
    paper: async (id, options = {}) => await readPaperInTurn(id, tools(options)),
    quota: () => budget.quota(clock.now()),
  };
}

function checkedWay(name: string): WayIn {
  const way = WAYS.find((known) => known === name);
  if (way === undefined) throw new RangeError(`Hugging Face has no way in called "${name}".`);
  return way;
}
