import { atMostEvery, type Clock, within } from '../clock.ts';
import { platformSubject } from '../domain/alarm.ts';
import { HOUR_MS, type Instant, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { Platform } from '../domain/feed.ts';
import { utcText } from '../domain/title.ts';
import { StoreError } from '../errors.ts';
import { type Log, silentLog } from '../log.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import type { Check, HealthView } from '../view.ts';
import type { SourceWatch } from './source-watch.ts';
import { lastFetchedAt, newestLists } from './volume.ts';

export interface HealthViewDependencies {
  store: Pick<Store, 'alarms' | 'listings'> & { ledger: Pick<Store['ledger'], 'claim'> };
  /** Those that are set up. */
  platforms: readonly Platform[];
  /** Whose lists the editions are made of. */
  source: Pick<Source, 'id'>;
  watch: Pick<SourceWatch, 'record'>;
  clock: Clock;
  /** Whether all that starts has started. Absent where nobody asks. */
  isStarted?: () => boolean;
  /** Whether editions are looked for; absent where this process does all itself. */
  runs?: Runs;
  log?: Log;
}

/** Out: a sentence when nobody looks for editions. */
interface Runs {
  trouble(): Promise<string | undefined>;
}

/** How a check came out. */
type Finding = Omit<Check, 'name'>;

/** Whoever asks for our health waits no longer. */
const PATIENCE_MS = 2 * SECOND_MS;
/** Anybody may ask, and a write is dear: the store is written to no more often than this. */
export const PROOF_MS = 5 * SECOND_MS;
/** The claim that is written to prove that something can be; nobody else is kept from anything by it. */
export const PROOF = { key: 'health', owner: 'health', ttlMs: SECOND_MS } as const;
/** A feed on weekdays reads the source once a day at least, and may wait two hours for a list that is short. */
const READ_WITHIN_MS = 26 * HOUR_MS;

/** Whether the bot can do its work now. */
export function createHealthView(dependencies: HealthViewDependencies): HealthView {
  const { platforms, isStarted, runs, clock, log = silentLog } = dependencies;
  const canWrite = createProof(dependencies);

  /** What cannot be looked at is not fine. */
  async function check(name: string, look: () => Promise<Finding>): Promise<Check> {
    const found = await within(PATIENCE_MS, look(), clock).catch((error: unknown) => {
      log.error('A part of the bot could not be looked at', { check: name, error });
      return unseen(error instanceof StoreError ? 'the store cannot be read' : 'something is wrong here');
    });
    return { name, ...(found ?? unseen('the store has not answered within 2 seconds')) };
  }

  return {
    checks: async () =>
      await Promise.all([
        ...(isStarted ? [check('started', async () => lookAtStart(isStarted()))] : []),
        check('store', () => lookAtStore(dependencies, canWrite)),
        check('source', () => lookAtSource(dependencies)),
        ...(runs ? [check('editions', () => lookForRuns(runs))] : []),
        ...platforms.map((platform) =>
          check(`platform:${platform}`, () => lookAtPlatform(platform, dependencies)),
        ),
      ]),
  };
}

function unseen(why: string): Finding {
  return { isFine: false, sentence: `It could not be looked at: ${why}.` };
}

function lookAtStart(isStarted: boolean): Finding {
  return { isFine: isStarted, sentence: isStarted ? 'Everything has started.' : 'It is still starting.' };
}

async function lookAtStore(
  { store }: HealthViewDependencies,
  canWrite: () => Promise<boolean>,
): Promise<Finding> {
  await store.alarms.newest(1);
  const isFine = await canWrite();
  const sentence = isFine
    ? 'It can be read and written to.'
    : 'It cannot be written to; look at the room on its disk, and at the log.';
  return { isFine, sentence };
}

/** Whether something can be written to the store, known by a write that is made anew every few seconds. */
function createProof({ store, clock, log = silentLog }: HealthViewDependencies): () => Promise<boolean> {
  async function prove(): Promise<boolean> {
    try {
      await store.ledger.claim(PROOF.key, PROOF.owner, PROOF.ttlMs);
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error('The store cannot be written to', { error });
      return false;
    }
  }

  return atMostEvery(PROOF_MS, prove, clock);
}

async function lookForRuns(runs: Runs): Promise<Finding> {
  const trouble = await runs.trouble();
  return { isFine: trouble === undefined, sentence: trouble ?? 'A worker looks for them.' };
}

async function lookAtPlatform(platform: Platform, { store }: HealthViewDependencies): Promise<Finding> {
  const alarm = await store.alarms.open(platformSubject(platform));
  if (!alarm) return { isFine: true, sentence: 'It lets us in.' };
  // The alarm’s own sentence may name a workspace.
  return {
    isFine: false,
    sentence: `It does not let us in; see the log and \`paperwire doctor ${platform}\`.`,
  };
}

/** That nobody asks on a holiday is no fault: only a failure is one, and only when it lasts. */
async function lookAtSource(dependencies: HealthViewDependencies): Promise<Finding> {
  const { source, watch, clock } = dependencies;
  const { last, readAt } = watch.record(source);
  const hasFailed = last === 'unavailable' || last === 'changed-shape';
  const at = clock.now();
  if (isRecent(readAt, at)) return told(true, readAt);
  const before = lastFetchedAt(await newestLists(at, dependencies.store));
  const lastReadAt = [readAt, before]
    .flatMap((one) => one ?? [])
    .sort()
    .at(-1);
  return told(!hasFailed || isRecent(lastReadAt, at), lastReadAt);
}

function isRecent(readAt: Instant | undefined, at: Instant): boolean {
  return readAt !== undefined && msBetween(readAt, at) <= READ_WITHIN_MS;
}

function told(isFine: boolean, readAt: Instant | undefined): Finding {
  const when = readAt === undefined ? 'It was never read so far' : `It was last read at ${utcText(readAt)}`;
  return { isFine, sentence: isFine ? `${when}.` : `${when}, and cannot be read now.` };
}
