import { randomUUID } from 'node:crypto';
import type { Config } from '../../config.ts';
import { MINUTE_MS } from '../../domain/calendar.ts';
import { currentListing } from '../../domain/listing.ts';
import { listingTitle } from '../../domain/title.ts';
import { PaperwireError } from '../../errors.ts';
import { attempt, type Finding, fine, warning, wrong } from '../../finding.ts';
import type { Source } from '../../source.ts';
import { count } from '../../texts/en/count.ts';
import type { QuotaStatus } from '../../view.ts';
import { examineServers } from '../servers.ts';
import type { Session } from '../session.ts';

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
