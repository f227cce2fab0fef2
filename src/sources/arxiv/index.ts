import type { Clock } from '../../clock.ts';
import { listingId } from '../../domain/listing.ts';
import type { Paper, PaperId } from '../../domain/paper.ts';
import { SourceUnavailableError } from '../../errors.ts';
import type { Http } from '../../http.ts';
import type { Log } from '../../log.ts';
import { blindObserver, type Observer } from '../../observer.ts';
import type { ReadOptions, Source } from '../../source.ts';
import { readByWay } from '../way.ts';
import { ASKER, createQuery } from './query.ts';

/** Ids in one request: a whole month's page, and short enough for any address. */
const MOST_IDS = 200;

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
  const { clock, observer = blindObserver } = options;
  const query = createQuery({ ...options, observer });

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

/** Errors: RangeError for a way that arXiv does not have; whoever takes it from a person checks it first. */
function checkWay(options: ReadOptions | undefined): void {
  if (options?.way !== undefined && options.way !== ASKER.way) {
    throw new RangeError(`arXiv has no way in called "${options.way}".`);
  }
}
