import type { Reading } from '../abilities.ts';
import {
  currentListing,
  type FetchedListing,
  type Listing,
  newestDay,
  sameListing,
} from '../domain/listing.ts';
import { find } from './fetch.ts';
import type { ReaderDependencies } from './reader.ts';
import { dailyHistory, recall } from './recall.ts';

/** A listing from the source, else from the archive, else from the sample. Errors: why the source could not be read. */
export async function readListing(
  listing: Listing,
  dependencies: ReaderDependencies,
  signal?: AbortSignal,
): Promise<Reading> {
  const { sample, store } = dependencies;
  const finding = await find(listing, dependencies, signal);
  if ('settlement' in finding) {
    const { fetched, papers, settlement } = finding;
    return { fetched: { ...fetched, papers }, state: settlement.state };
  }
  const { failure } = finding;
  const archived = (await recall(listing, store)) ?? (await newestBefore(listing, dependencies));
  if (archived) return { fetched: archived, state: 'ok' };
  if (!sample || !(await maySample(listing, dependencies))) throw failure;
  const fetched = await sample.read(listing, signal ? { signal } : {});
  const reason = { code: 'source', message: failure.message };
  return { fetched: { ...fetched, warnings: [...fetched.warnings, reason] }, state: 'ok' };
}

/** The sample stands in for what is new now, never for another day, and only while nothing is archived. */
async function maySample(listing: Listing, { store, clock }: ReaderDependencies): Promise<boolean> {
  const at = clock.now();
  const isNew = listing.kind === 'search' || sameListing(listing, currentListing(listing.kind, at));
  return isNew && (await dailyHistory(newestDay(at), store)).length === 0;
}

/** Who asks for the newest list is better served with the newest archived one than with nothing. */
async function newestBefore(
  { kind, key }: Listing,
  { store, clock }: ReaderDependencies,
): Promise<FetchedListing | undefined> {
  if (kind !== 'daily' || key !== newestDay(clock.now())) return undefined;
  const [newest] = await dailyHistory(key, store);
  return newest && (await recall(newest.listing, store));
}
