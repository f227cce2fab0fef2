import type { Clock } from '../../clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../domain/calendar.ts';
import { listingId } from '../../domain/listing.ts';
import type { Paper, PaperId } from '../../domain/paper.ts';
import { SourceFormatError, SourceUnavailableError } from '../../errors.ts';
import type { Arrival, Http } from '../../http.ts';
import type { Log } from '../../log.ts';
import { blindObserver, type Observer } from '../../observer.ts';
import type { ReadOptions, Source } from '../../source.ts';
import { type Asker, ask } from '../ask.ts';
import { readByWay } from '../way.ts';
import type { Feed } from './atom.ts';

/** arXiv asks for at most one request per 3 seconds over one connection (info.arxiv.org/help/api/tou.html). */
const BETWEEN_MS = 3 * SECOND_MS;
/** After a 429 (`huggingface-papers.md` §9). */
const QUIET_MS = 10 * MINUTE_MS;
/** Ids in one request: a whole month's page, and short enough for any address. */
const MOST_IDS = 200;

const ASKER = { source: 'arxiv', way: 'api' } as const satisfies Asker;

/** arXiv: single papers by id, never listings. Knows the ids of before 2007 too. */
export interface ArxivSource extends Source {
  /**
   * Reads many papers in one request, at most 200; what arXiv does not know is missing. Of several ids none at all is
   * how arXiv shows that it is overloaded. Errors: as `Source`.
   */
  papers(ids: readonly PaperId[], options?: ReadOptions): Promise<Paper[]>;
}

export interface ArxivOptions {
  /** `https://export.arxiv.org`. */
  baseUrl: string;
  http: Http;
  clock: Clock;
  log: Log;
  observer?: Observer;
}

export function createArxivSource(options: ArxivOptions): ArxivSource {
  const { baseUrl, http, clock, log, observer = blindObserver } = options;
  const pace = createPace(clock);

  async function query(ids: readonly PaperId[], signal?: AbortSignal): Promise<Feed & { status: number }> {
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
  }

  async function readMany(ids: readonly PaperId[], signal?: AbortSignal): Promise<Paper[]> {
    const { papers, complaint, status } = await query(ids, signal);
    if (complaint !== undefined) {
      throw new SourceUnavailableError(`arXiv refuses the request: ${complaint}.`, { ...ASKER, status });
    }
    const known = papers.filter(({ id }) => ids.includes(id));
    if (known.length === 0 && ids.length > 1) {
      throw new SourceUnavailableError(`arXiv shows none of ${ids.length} papers: it is overloaded.`, ASKER);
    }
    return known;
  }

  /** Of several none is an error, so what is empty is one. */
  async function told(options: ReadOptions | undefined, read: () => Promise<Paper[]>): Promise<Paper[]> {
    const emptiness = ({ length }: Paper[]) => (length > 0 ? undefined : 'arXiv does not know the paper.');
    return await readByWay({ ...ASKER, read, emptiness, signal: options?.signal }, { clock, observer });
  }

  return {
    id: ASKER.source,
    ways: [ASKER.way],
    async read(listing) {
      throw new SourceUnavailableError(`arXiv has no listing ${listingId(listing)}.`, ASKER);
    },
    async paper(id, options) {
      checkWay(options);
      const [paper] = await told(options, async () => {
        const { papers } = await query([id], options?.signal);
        return papers.filter((one) => one.id === id);
      });
      return paper;
    },
    async papers(ids, options) {
      checkWay(options);
      if (ids.length === 0) return [];
      const asked = ids.slice(0, MOST_IDS);
      return await told(options, () => readMany(asked, options?.signal));
    },
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

/** Errors: RangeError for a way that arXiv does not have; whoever takes it from a person checks it first. */
function checkWay(options: ReadOptions | undefined): void {
  if (options?.way !== undefined && options.way !== ASKER.way) {
    throw new RangeError(`arXiv has no way in called "${options.way}".`);
  }
}
