import { systemClock, within } from '../../clock.ts';
import { ConfigError, StoreError } from '../../errors.ts';
import { failureOf } from '../failure.ts';

/** How long one call may take, whatever it does. One command has its own limit, below this. */
const LIMIT_MS = 14_000;

/** Does the work; whatever it throws, or that it takes too long, becomes a `StoreError` that names it. */
export async function attempt<T>(
  operation: string,
  key: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return await attemptOnce(operation, key, async () => {
    const done = await within(
      LIMIT_MS,
      work().then((result) => ({ result })),
      systemClock,
    );
    if (done) return done.result;
    throw new StoreError(operation, { ...(key === undefined ? {} : { key }), message: SENTENCES.slow });
  });
}

/** The same for work of one command, which is never too long. */
export async function attemptOnce<T>(
  operation: string,
  key: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ConfigError ? error : storeError(operation, key, error);
  }
}

/** The error of a store for any other; one that names no record yet names this one. */
export function storeError(operation: string, key: string | undefined, cause: unknown): StoreError {
  forgetCommand(cause);
  return failureOf(operation, key, cause, sentenceFor);
}

/** The driver says with an error what was sent, which may be a password, or all of a plan. */
function forgetCommand(error: unknown): void {
  if (error instanceof Error && 'command' in error) delete error.command;
}

const SENTENCES = {
  gone: 'Redis cannot be reached. Look whether it runs at STORE_URL.',
  slow: 'Redis did not answer in time; what was written may have been kept or not.',
  memory: 'Redis has no memory left. Give it more (maxmemory).',
  readOnly: 'Redis takes no writes: it is a replica. Name its master in STORE_URL.',
  disk: 'Redis cannot write to its disk. Look at its log.',
  loading: 'Redis is still reading its data. Try again in a while.',
  rights: 'the user of STORE_URL has not got the rights it needs: give it all commands for its own keys.',
  password: 'Redis does not take the user or the password of STORE_URL; put them right.',
  database: 'Redis has no database of that number; give another one.',
  kind: 'a key holds another kind of value than Paperwire keeps there. Give it a ?prefix= of its own in STORE_URL.',
};

/** What errors of the server (Redis 7.0.15) and of the driver (ioredis 6.0.0) say, with what can be done about them. */
const SIGNS: readonly [sign: RegExp, sentence: string][] = [
  [/\bOOM /, SENTENCES.memory],
  [/\bREADONLY /, SENTENCES.readOnly],
  [/\bMISCONF /, SENTENCES.disk],
  [/^(LOADING|BUSY|MASTERDOWN) /, SENTENCES.loading],
  [/NOPERM |The user executing the script/, SENTENCES.rights],
  [/^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH) ?/, SENTENCES.password],
  [/DB index is out of range/, SENTENCES.database],
  [/WRONGTYPE /, SENTENCES.kind],
  [/timed out|Socket timeout/i, SENTENCES.slow],
  [
    /Stream isn't writeable|Connection is closed|max retries per request|aborted due to connection/i,
    SENTENCES.gone,
  ],
  [/ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|EPIPE/, SENTENCES.gone],
];

/** Whether what is wrong stands in STORE_URL. */
export function isAboutAddress(error: unknown): boolean {
  const sentence = sentenceFor(error);
  return sentence === SENTENCES.password || sentence === SENTENCES.database;
}

/** Undefined for what nobody has seen yet: then the error speaks for itself. */
export function sentenceFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return SIGNS.find(([sign]) => sign.test(error.message) || (code !== undefined && sign.test(code)))?.[1];
}
