import type { Clock } from '../../clock.ts';
import {
  type FetchedListing,
  hasDailyList,
  type Listing,
  type ListingWarning,
} from '../../domain/listing.ts';
import { isOldStyleId, type Paper, type PaperId } from '../../domain/paper.ts';
import { SourceFormatError, SourceUnavailableError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Observer } from '../../observer.ts';
import type { ArxivSource } from '../arxiv/index.ts';
import { readByWay, type Try } from '../way.ts';
import { complete } from './complete.ts';
import type { Finding } from './entries.ts';
import { SOURCE } from './requests.ts';
import type { WayIn, WayReader } from './ways.ts';

/** What one reading works with. */
export interface Reading {
  /** Tried in this order. */
  ways: readonly WayIn[];
  readers: Record<WayIn, WayReader>;
  arxiv?: Pick<ArxivSource, 'papers'>;
  signal?: AbortSignal;
  clock: Clock;
  log: Log;
  observer: Observer;
}

type SourceError = SourceUnavailableError | SourceFormatError;

/**
 * Reads a listing by the first way that shows papers. An empty list that should have some is looked at by the next
 * way too; when that agrees, both confirm it. Hydration and markup are one answer and so one witness.
 *
 * Errors: `SourceFormatError` when a way answered in an unknown shape, for then somebody has to look; otherwise
 * `SourceUnavailableError`.
 */
export async function readInTurn(listing: Listing, reading: Reading): Promise<FetchedListing> {
  const { ways, readers, signal } = reading;
  const failures: SourceError[] = [];
  const empty: { way: WayIn; finding: Finding }[] = [];
  for (const way of ways) {
    signal?.throwIfAborted();
    const emptiness = ({ papers }: Finding) => (papers.length > 0 ? undefined : 'It shows no papers.');
    const once = { read: () => readers[way].listing(listing), emptiness };
    const finding = await attempt(once, { way, listing }, reading);
    if (finding instanceof Error) failures.push(finding);
    else if (finding.papers.length > 0) {
      const warnings = [...failures.map(failed), ...empty.map(foundNothing)];
      return await present(listing, way, withWarnings(finding, warnings), reading);
    } else if (isExpected(listing, finding)) {
      return fetched(listing, way, withWarnings(finding, failures.map(failed)), [way], reading.clock);
    } else {
      empty.push({ way, finding });
      if (empty.length > 1) break;
    }
  }
  const [first] = empty;
  if (!first) throw mostTelling(failures, nameOf(listing));
  const witnesses = first.way === 'api' ? empty : [first];
  const warnings = [...failures.map(failed), ...empty.slice(1).flatMap(({ finding }) => finding.warnings)];
  const confirmedBy = witnesses.map(({ way }) => way);
  return fetched(listing, first.way, withWarnings(first.finding, warnings), confirmedBy, reading.clock);
}

/** Reads one paper by the first way that answers. Errors: as `readInTurn`. */
export async function readPaperInTurn(id: PaperId, reading: Reading): Promise<Paper | undefined> {
  const { ways, readers, signal } = reading;
  // The site lists nothing that old.
  if (isOldStyleId(id)) return undefined;
  const failures: SourceError[] = [];
  for (const way of ways) {
    signal?.throwIfAborted();
    const emptiness = (paper: Paper | undefined) => (paper ? undefined : 'It does not know the paper.');
    const once = { read: () => readers[way].paper(id), emptiness };
    const paper = await attempt(once, { way, paper: id }, reading);
    if (paper instanceof Error) failures.push(paper);
    else if (paper === undefined || way !== 'markup') return paper;
    else return (await complete([paper], reading)).papers[0];
  }
  throw mostTelling(failures, `paper ${id}`);
}

/** What a way found, or the error of a source by which it failed; every other error is thrown. */
async function attempt<T>(
  once: Pick<Try<T>, 'read' | 'emptiness'>,
  what: { way: WayIn } & Record<string, unknown>,
  reading: Reading,
): Promise<T | SourceError> {
  const { log, signal } = reading;
  try {
    return await readByWay({ ...once, source: SOURCE, way: what.way, signal }, reading);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceFormatError) {
      const { path, message } = error;
      log.error('A source answers in an unknown shape', { source: SOURCE, ...what, path, error: message });
      return error;
    }
    if (!(error instanceof SourceUnavailableError)) throw error;
    log.warn('A source cannot be reached by one way', { source: SOURCE, ...what, error: error.message });
    return error;
  }
}

/** Papers in hand: the markup's are completed as far as one may. */
async function present(
  listing: Listing,
  way: WayIn,
  finding: Finding,
  reading: Reading,
): Promise<FetchedListing> {
  if (way !== 'markup') return fetched(listing, way, finding, [way], reading.clock);
  const completed = await complete(finding.papers, reading);
  const whole = { ...completed, warnings: [...finding.warnings, ...completed.warnings] };
  return fetched(listing, way, whole, [way], reading.clock);
}

function fetched(
  listing: Listing,
  way: WayIn,
  { papers, warnings }: Finding,
  confirmedBy: WayIn[],
  clock: Clock,
): FetchedListing {
  return { listing, way, fetchedAt: clock.now(), papers, warnings, confirmedBy };
}

/** Nobody is surprised by a search without hits, a weekend, or a batch that has not opened. */
function isExpected({ kind, key }: Listing, { warnings }: Finding): boolean {
  const isNotOpen = warnings.some(({ code }) => code === 'not-open');
  return kind === 'search' || isNotOpen || (kind === 'daily' && !hasDailyList(key));
}

function withWarnings(finding: Finding, more: readonly ListingWarning[]): Finding {
  return { ...finding, warnings: [...more, ...finding.warnings] };
}

function failed(error: SourceError): ListingWarning {
  const { way, message } = error;
  const code = error instanceof SourceFormatError ? 'changed-shape' : 'fallback';
  return { code, message: `By ${way} the list could not be read: ${message}` };
}

function foundNothing({ way }: { way: WayIn }): ListingWarning {
  return { code: 'disagreement', message: `By ${way} the list is empty, by another way it is not.` };
}

function mostTelling(failures: readonly SourceError[], what: string): SourceError {
  // Hydration and markup are one page: what it failed by is told once.
  const reasons = Map.groupBy(failures, ({ message }) => message);
  const told = [...reasons].map(
    ([reason, ways]) => `By ${ways.map(({ way }) => way).join(' and ')}: ${reason}`,
  );
  const message = `Hugging Face does not show ${what}. ${told.join(' ')}`;
  const cause = failures.length === 1 ? failures[0] : new AggregateError(failures, message);
  const strange = failures.find((failure) => failure instanceof SourceFormatError);
  if (strange) return new SourceFormatError(message, { ...namesOf(strange), path: strange.path, cause });
  const unreachable = failures.filter((failure) => failure instanceof SourceUnavailableError);
  const status = unreachable.find((failure) => failure.status !== undefined)?.status;
  const waits = unreachable.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return new SourceUnavailableError(message, {
    source: SOURCE,
    way: failures[0]?.way ?? 'api',
    ...(status === undefined ? {} : { status }),
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }),
    cause,
  });
}

function nameOf({ kind, key }: Listing): string {
  return kind === 'trending'
    ? 'its trending list'
    : kind === 'search'
      ? 'what it finds'
      : `the ${kind} list of ${key}`;
}

function namesOf({ source, way }: SourceError): { source: string; way: string } {
  return { source, way };
}
