import type { Clock } from '../../clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../domain/calendar.ts';
import type { PaperId } from '../../domain/paper.ts';
import { SourceFormatError, SourceUnavailableError } from '../../errors.ts';
import type { Arrival, Http } from '../../http.ts';
import type { Log } from '../../log.ts';
import type { Observer } from '../../observer.ts';
import { type Asker, ask } from '../ask.ts';
import type { Feed } from './atom.ts';

export const ASKER = { source: 'arxiv', way: 'api' } as const satisfies Asker;

/** arXiv asks for at most one request per 3 seconds over one connection (info.arxiv.org/help/api/tou.html). */
const BETWEEN_MS = 3 * SECOND_MS;
/** After a 429 (`huggingface-papers.md` §9). */
const QUIET_MS = 10 * MINUTE_MS;

interface QueryOptions {
  baseUrl: string;
  http: Http;
  clock: Clock;
  log: Log;
  observer: Observer;
}

/** Asks for papers by their ids, at the pace that arXiv wants. Errors: as `ask`, `SourceFormatError`. */
type Query = (ids: readonly PaperId[], signal?: AbortSignal) => Promise<Feed & { status: number }>;

export function createQuery({ baseUrl, http, clock, log, observer }: QueryOptions): Query {
  const pace = createPace(clock);
  return async (ids, signal) => {
    const url = new URL(`${baseUrl.replace(/\/+$/, '')}/api/query`);
    url.searchParams.set('id_list', ids.join(','));
    url.searchParams.set('max_results', String(ids.length));
    const answer = await ask(
      http,
      {
        url: url.href,
        headers: { accept: 'application/atom+xml' },
        ...(signal ? { signal } : {}),
        beforeRequest: pace.wait,
        onAnswer: pace.note,
      },
      { ...ASKER, accepts: [200, 400], observer },
    );
    return { ...(await readOrLog(answer.body, log)), status: answer.status };
  };
}

/** Spaces requests out, and keeps quiet for a while once arXiv has had enough. */
function createPace(clock: Clock) {
  let lastAt: Instant | undefined;
  let quietUntil: Instant | undefined;
  return {
    async wait(signal?: AbortSignal): Promise<void> {
      const quietMs = quietUntil === undefined ? 0 : msBetween(clock.now(), quietUntil);
      if (quietMs > 0) {
        throw new SourceUnavailableError('arXiv asked to be left alone.', {
          ...ASKER,
          status: 429,
          retryAfterMs: quietMs,
        });
      }
      const waitMs = lastAt === undefined ? 0 : BETWEEN_MS - msBetween(lastAt, clock.now());
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      lastAt = clock.now();
    },
    note({ status, retryAfterMs = 0 }: Arrival): void {
      lastAt = clock.now();
      if (status === 429) quietUntil = addMs(clock.now(), Math.max(QUIET_MS, retryAfterMs));
    },
  };
}

async function readOrLog(body: string, log: Log): Promise<Feed> {
  // Loaded when there is a feed to be read, as the parser costs time at every start.
  const { readFeed } = await import('./atom.ts');
  try {
    return readFeed(body);
  } catch (error) {
    if (error instanceof SourceFormatError) {
      log.error('A source answers in an unknown shape', { ...ASKER, path: error.path });
    }
    throw error;
  }
}
