import { randomUUID } from 'node:crypto';
import { msBetween, SECOND_MS } from '../../domain/calendar.ts';
import { ConfigError, StoreError } from '../../errors.ts';
import { type Finding, fine, warning, wrong } from '../../finding.ts';
import { createHttp, type Http } from '../../http.ts';
import { VERSION } from '../../version.ts';
import type { Check } from '../../view.ts';
import { PROOF, PROOF_MS } from '../../views/health.ts';
import type { Session } from '../session.ts';

/** Whoever looks at what is wrong waits no longer for a program on this machine. */
const PATIENCE_MS = 3 * SECOND_MS;
/** Often enough to meet what a bot writes as a proof, which lasts a second. */
const LOOK_MS = SECOND_MS / 2;

/** Whether the port is free, or a Paperwire has it: one over this store, or another. */
export async function ofPort(session: Session): Promise<Finding[]> {
  const { server, config, clock } = session;
  const { host, port } = config.http;
  server.route('/doctor', (_request, response) => void response.end());
  try {
    await server.start();
    await server.stop(0);
    return [
      fine(port === 0 ? 'Any free port will do (HTTP_PORT=0).' : `Port ${port} is free: no bot runs here.`),
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [problem] = error.problems;
    const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    const timing = { tries: 1, timeoutMs: PATIENCE_MS, totalMs: PATIENCE_MS };
    const http = createHttp({ userAgent: `paperwire/${VERSION}`, clock, ...timing });
    const checks = await checksAt(url, http);
    if (!checks)
      return [wrong(`${problem?.variable}: ${problem?.problem}`, 'Until then the bot does not start.')];
    // What is in memory no other process has.
    if (/^memory:/i.test(config.storeUrl)) return [ofSome(url)];
    const isOurs = await isOverOurStore(url, http, session);
    if (isOurs === undefined) return [ofSome(url)];
    return [isOurs ? ofOurBot(url, checks) : ofAnother(url)];
  }
}

/** What a Paperwire says of itself; undefined where nobody or somebody else is there. */
async function checksAt(url: string, http: Http): Promise<Check[] | undefined> {
  try {
    const { body } = await http.get({ url: `${url}/readyz` });
    const { checks } = JSON.parse(body) as { checks?: Check[] };
    return Array.isArray(checks) ? checks : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is at an address writes to our store. Asked how it does, a Paperwire claims something in its own, at most
 * every few seconds and for a second: where that is ours, we cannot have it meanwhile. Undefined where our store takes
 * nothing, which another finding tells.
 */
async function isOverOurStore(url: string, http: Http, session: Session): Promise<boolean | undefined> {
  try {
    return await meetsProof(url, http, session);
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** Errors: `StoreError`. */
async function meetsProof(url: string, http: Http, { bot, clock, signal }: Session): Promise<boolean> {
  const owner = randomUUID();
  const { ledger } = bot.store;
  const begunAt = clock.now();
  while (msBetween(begunAt, clock.now()) <= PROOF_MS + LOOK_MS) {
    await checksAt(url, http);
    if (!(await ledger.claim(PROOF.key, owner, PROOF.ttlMs))) return true;
    await ledger.release(PROOF.key, owner);
    await clock.sleep(LOOK_MS, signal);
  }
  return false;
}

function ofOurBot(url: string, checks: readonly Check[]): Finding {
  const not = checks.filter(({ isFine }) => !isFine).map(({ name, sentence }) => `${name}: ${sentence}`);
  return not.length === 0
    ? fine(`Our bot runs at ${url}, and is ready.`)
    : warning(`Our bot runs at ${url}, and is not ready.`, not.join(' '));
}

function ofSome(url: string): Finding {
  const mend = 'If it is not to be there: stop it, or set another HTTP_PORT here.';
  return warning(`A Paperwire runs at ${url}; whether it is this one could not be told.`, mend);
}

function ofAnother(url: string): Finding {
  return warning(
    `A Paperwire runs at ${url}, but not over the store that was looked at here.`,
    'If it is to be this bot: does it run in this folder, and with the same STORE_URL? Else give one of the two another HTTP_PORT.',
  );
}
