import type { Clock } from '../clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { MAX_QUERY_LENGTH } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';
import type { Query } from '../domain/query.ts';
import { isSourceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AskSource } from './together.ts';

/** Who asks in a chat waits so long for the source; its answer is kept for the next one who asks. */
const PATIENCE_MS = 1500;
/** The source allows few searches (`huggingface-papers.md` §7), and its answers change slowly. */
const KEPT_MS = 10 * MINUTE_MS;
const MOST_KEPT = 200;

/** What the source has said, or not. */
export interface Asked {
  papers: Paper[];
  failure?: Error;
  isLate?: true;
}

interface AskingDependencies {
  askSource: AskSource;
  clock: Clock;
  log: Log;
}

/** Asks the source what it finds; absent where a query has no words for it, or too many. Rejects never. */
export function createAsking(dependencies: AskingDependencies): (query: Query) => Promise<Asked | undefined> {
  const { clock } = dependencies;
  const askKept = createKept(dependencies);
  return async (query) => {
    const text = [...query.words, ...query.phrases].join(' ');
    if (text === '' || text.length > MAX_QUERY_LENGTH) return undefined;
    const over = new AbortController();
    const late = (): Asked => ({ papers: [], isLate: true });
    try {
      return await Promise.race([askKept(text), clock.sleep(PATIENCE_MS, over.signal).then(late, late)]);
    } finally {
      over.abort();
    }
  };
}

interface Kept {
  at: Instant;
  answer: Promise<Asked>;
}

/** Asks the source once for all who want the same within some minutes; failures are not kept. */
function createKept({ askSource, clock, log }: AskingDependencies): (text: string) => Promise<Asked> {
  const kept = new Map<string, Kept>();

  async function askNow(text: string): Promise<Asked> {
    try {
      return { papers: await askSource(text) };
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (isSourceError(error)) log.info('The source did not take a search', { error: failure.message });
      else log.error('What the source found could not be taken in', { error });
      return { papers: [], failure };
    }
  }

  return async (text) => {
    const key = text.toLowerCase().replace(/\s+/g, ' ');
    const known = kept.get(key);
    if (known && Math.abs(msBetween(known.at, clock.now())) < KEPT_MS) return await known.answer;
    const answer = askNow(text);
    kept.delete(key);
    kept.set(key, { at: clock.now(), answer });
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    const asked = await answer;
    if (asked.failure && kept.get(key)?.answer === answer) kept.delete(key);
    return asked;
  };
}
