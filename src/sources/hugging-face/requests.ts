import type { Clock } from '../../clock.ts';
import type { Listing, Way } from '../../domain/listing.ts';
import type { PaperId } from '../../domain/paper.ts';
import { SourceUnavailableError } from '../../errors.ts';
import type { Arrival, Http, HttpAnswer } from '../../http.ts';
import type { Log } from '../../log.ts';
import type { Observer } from '../../observer.ts';
import { ask } from '../ask.ts';
import type { Bucket, Budget } from './budget.ts';

export const SOURCE = 'hugging-face';

/** The API cuts a list at 50 without a word unless asked for more; 100 is its maximum (`huggingface-papers.md` §2.1). */
export const PAGE_SIZE = 100;
/** Hits asked of a search, of 120 at most: 50 are 0.3 MB. */
const SEARCH_SIZE = 50;
/** `q` may have so many characters (`huggingface-papers.md` §2.2). */
const LONGEST_QUERY = 250;

/** What goes out to the site: every request passes here, and is counted. */
export interface Door {
  /** `path` with its query, from the base address on. Errors: as `ask`; also when the budget is spent. */
  json(path: string, more?: Reach): Promise<HttpAnswer>;
  page(path: string, way: Way, more?: Reach): Promise<HttpAnswer>;
  /** The absolute address of a path. */
  address(path: string): URL;
}

export interface Reach {
  signal?: AbortSignal | undefined;
  /** Statuses that the caller can read beside 200. */
  accepts?: readonly number[];
}

export interface DoorOptions {
  baseUrl: string;
  token?: string;
  http: Http;
  clock: Clock;
  log: Log;
  observer: Observer;
  budget: Budget;
}

export function createDoor({ baseUrl, http, clock, log, observer, budget, ...given }: DoorOptions): Door {
  const address = (path: string) => new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);
  let token = given.token;

  async function go(
    path: string,
    way: Way,
    bucket: Bucket,
    accept: string,
    more: Reach,
  ): Promise<HttpAnswer> {
    const { signal, accepts = [] } = more;
    const request = {
      url: address(path).href,
      headers: { accept },
      ...(signal ? { signal } : {}),
      beforeRequest: () => spend(budget, bucket, way, clock),
      onAnswer: (arrival: Arrival) => budget.note(bucket, arrival, clock.now()),
    };
    const asker = { source: SOURCE, way, accepts: [200, ...accepts], observer };
    if (token === undefined) return await ask(http, request, asker);
    const answer = await ask(http, { ...request, token }, { ...asker, accepts: [...asker.accepts, 401] });
    if (answer.status !== 401) return answer;
    // A token only raises the quota: one that has expired must not silence the bot.
    token = undefined;
    log.warn('Hugging Face refuses the token; going on without it', { source: SOURCE, way });
    return await ask(http, request, asker);
  }

  return {
    address,
    json: (path, more = {}) =>
      go(path, 'api', path.startsWith('/api/papers/search') ? 'search' : 'api', 'application/json', more),
    page: (path, way, more = {}) => go(path, way, 'pages', 'text/html', more),
  };
}

/** A spent budget is said at once: whoever waits for an answer can do something else in these minutes. */
function spend(budget: Budget, bucket: Bucket, way: Way, clock: Clock): void {
  const refused = budget.take(bucket, clock.now());
  if (!refused) return;
  const seconds = Math.ceil(refused.waitMs / 1000);
  throw new SourceUnavailableError(
    `The requests that Hugging Face allows are used up (${bucket}); more in ${seconds} s.`,
    { source: SOURCE, way, retryAfterMs: refused.waitMs },
  );
}

/** Where the API has a listing. */
export function apiPath({ kind, key }: Listing): string {
  switch (kind) {
    case 'daily':
      return `/api/daily_papers?date=${part(key)}&limit=${PAGE_SIZE}`;
    case 'weekly':
      return `/api/daily_papers?week=${part(key)}&limit=${PAGE_SIZE}`;
    case 'monthly':
      return `/api/daily_papers?month=${part(key)}&limit=${PAGE_SIZE}`;
    case 'trending':
      return `/api/daily_papers?sort=trending&limit=${PAGE_SIZE}`;
    case 'search':
      return `/api/papers/search?q=${query(key)}&limit=${SEARCH_SIZE}`;
    default:
      return kind satisfies never;
  }
}

/** Where the site shows a listing. */
export function pagePath({ kind, key }: Listing): string {
  switch (kind) {
    case 'daily':
      return `/papers/date/${part(key)}`;
    case 'weekly':
      return `/papers/week/${part(key)}`;
    case 'monthly':
      return `/papers/month/${part(key)}`;
    case 'trending':
      return '/papers/trending';
    case 'search':
      return `/papers?q=${query(key)}`;
    default:
      return kind satisfies never;
  }
}

export function paperApiPath(id: PaperId): string {
  return `/api/papers/${part(id)}`;
}

export function paperPagePath(id: PaperId): string {
  return `/papers/${part(id)}`;
}

/** A search as it may stand in an address: cut to what the site takes. */
function query(words: string): string {
  return part(words.trim().slice(0, LONGEST_QUERY));
}

/** Half a surrogate pair would make `encodeURIComponent` throw. */
function part(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
