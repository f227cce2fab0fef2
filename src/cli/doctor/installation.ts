import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { MINUTE_MS, SECOND_MS } from '../../domain/calendar.ts';
import { currentListing } from '../../domain/listing.ts';
import { listingTitle } from '../../domain/title.ts';
import { ConfigError, PaperwireError } from '../../errors.ts';
import { attempt, type Finding, fine, warning, wrong } from '../../finding.ts';
import { createHttp } from '../../http.ts';
import type { Source } from '../../source.ts';
import { count } from '../../texts/en/count.ts';
import { VERSION } from '../../version.ts';
import type { Check, QuotaStatus } from '../../view.ts';
import { examineServers } from '../servers.ts';
import type { Session } from '../session.ts';

/** Whoever looks at what is wrong waits no longer for a program on this machine. */
const PATIENCE_MS = 3 * SECOND_MS;

/** Whether the store takes what is written, what was set aside in it, and how its server and the queue's do. */
export async function ofStore(session: Session): Promise<Finding[]> {
  const { bot, config } = session;
  const what = `The store (${config.storeUrl.split(':', 1)[0]})`;
  return await attempt(what, 'it', async () => {
    const owner = randomUUID();
    await bot.store.ledger.claim(`doctor:${owner}`, owner, MINUTE_MS);
    await bot.store.ledger.release(`doctor:${owner}`, owner);
    const feeds = count((await bot.store.ledger.feedIds()).length, 'feed');
    const opened = fine(
      `${what} opens, takes what is written, and has the schema of this version; ${feeds}.`,
    );
    return [...ofKeeping(config, opened), ...(await ofDamage(session)), ...(await examineServers(session))];
  });
}

function ofKeeping({ storeUrl, queueUrl }: Config, opened: Finding): Finding[] {
  if (/^memory:/i.test(storeUrl))
    return [
      warning('The store is in memory: all of it goes with the process.', 'Leave STORE_URL out to keep it.'),
    ];
  return queueUrl === undefined
    ? [opened, fine('No queue is set: each process does what it begins.')]
    : [opened];
}

async function ofDamage({ bot }: Session): Promise<Finding[]> {
  const damaged = await bot.store.damaged();
  return damaged.map(({ key, reason }) =>
    warning(
      `The record ${key} was set aside as damaged (${reason}).`,
      'Put the store of the last backup back if it is missed.',
    ),
  );
}

/** Whether papers can be had, by which way, and how many requests are left. */
export async function ofSource(
  source: Source & { quota?(): QuotaStatus[] },
  { clock, signal }: Pick<Session, 'clock' | 'signal'>,
): Promise<Finding[]> {
  const listing = currentListing('daily', clock.now());
  try {
    const { papers, way } = await source.read(listing, { signal });
    const left = (source.quota?.() ?? []).map(({ bucket, left }) => `${bucket} ${left}`).join(', ');
    const words = `${listingTitle(listing)}: ${count(papers.length, 'paper')} by ${way}.`;
    const sentence = `The source answers. ${words} Requests left in these minutes: ${left}.`;
    const [first] = source.ways;
    if (way === first) return [fine(sentence)];
    return [
      warning(sentence, `Its way ${first}, which has the largest quota, did not serve; look again later.`),
    ];
  } catch (error) {
    if (signal.aborted || !(error instanceof PaperwireError)) throw error;
    const mend = 'Can this machine reach HUGGING_FACE_URL? The bot goes on trying by itself.';
    return [wrong(`No papers can be had. ${error.message}`, mend)];
  }
}

/** Whether the port is free, or a bot of ours has it. */
export async function ofPort({ server, config, clock }: Session): Promise<Finding[]> {
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
    const found = await ofBotAt(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`, clock);
    return (
      found ?? [wrong(`${problem?.variable}: ${problem?.problem}`, 'Until then the bot does not start.')]
    );
  }
}

/** What a bot says of itself; undefined where nobody or somebody else is there. */
async function ofBotAt(url: string, clock: Clock = systemClock): Promise<Finding[] | undefined> {
  const timing = { tries: 1, timeoutMs: PATIENCE_MS, totalMs: PATIENCE_MS };
  const http = createHttp({ userAgent: `paperwire/${VERSION}`, clock, ...timing });
  try {
    const { body } = await http.get({ url: `${url}/readyz` });
    const { ready, checks } = JSON.parse(body) as { ready?: unknown; checks?: Check[] };
    if (!Array.isArray(checks)) return undefined;
    if (ready === true) return [fine(`Our bot runs at ${url}, and is ready.`)];
    const not = checks.filter(({ isFine }) => !isFine).map(({ name, sentence }) => `${name}: ${sentence}`);
    return [warning(`Our bot runs at ${url}, and is not ready.`, not.join(' '))];
  } catch {
    return undefined;
  }
}
