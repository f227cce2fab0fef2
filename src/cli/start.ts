import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { listCard, text } from '../../commands/cards.ts';
import type { FeedStatus } from '../abilities.ts';
import { CLOCK_SUBJECT, EDITIONS_SUBJECT } from '../domain/alarm.ts';
import { localTime, MINUTE_MS } from '../domain/calendar.ts';
import { type SlotRecord, slotId, wentWell } from '../domain/edition.ts';
import { FEED_DEFAULTS } from '../domain/feed.ts';
import { ripeDays } from '../domain/listing.ts';
import { listingTitle } from '../domain/title.ts';
import { ConfigError, type ConfigProblem, isSourceError, UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { createRightClock, type RightClock } from '../scheduler/right-clock.ts';
import { count } from '../texts/en/count.ts';
import { readArguments } from './arguments.ts';
import { PROGRAM } from './called.ts';
import { waysIn } from './platforms.ts';
import { OPERATOR, PLAYGROUND, type Session, TERMINAL, withSession } from './session.ts';
import { checkSharedKey } from './shared-key.ts';
import { slotText } from './slot-text.ts';
import { createWatch, keepLooking, type Watch, type Watched } from './watch.ts';

const SPEC = {
  usage: 'paperwire start [--once] [--role ROLE]',
  options: { once: { type: 'boolean' }, role: { type: 'string' } },
  help: {
    once: 'Do what is due now and exit, with 1 when an edition did not go out or waits: for cron and CI runners',
    role: 'Of several processes: gateway (connections and commands), worker (editions); default all',
  },
} as const;

/** What one of several processes does: it is connected and answers, or it posts, or both. */
const ROLES = ['all', 'gateway', 'worker'] as const;
type Role = (typeof ROLES)[number];

/** `paperwire start`: runs the bot until it is told to stop. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  const role = roleOf(values.role ?? 'all');
  if (values.once && role === 'gateway') throw new UsageError('A gateway has nothing to do just once.');
  const work = async (session: Session) => {
    if (role !== 'gateway') await rightClockOf(session).demand();
    return values.once ? await runOnce(session) : await runOn(session, role);
  };
  return await withSession(work, {
    // Whoever watches a terminal wants papers, not log lines; warnings they get all the same.
    quietLog: process.stderr.isTTY === true,
    withPlatforms: true,
    withQueue: !values.once,
    isOneOfMany: role !== 'all',
  });
};

function roleOf(given: string): Role {
  const role = ROLES.find((one) => one === given);
  if (role === undefined)
    throw new UsageError(`There is no role "${given}". There are: ${ROLES.join(', ')}.`);
  return role;
}

/** Exit 1 when a slot did not go out or still waits, so that a cron job is seen to fail. */
async function runOnce(session: Session): Promise<number> {
  const { bot, signal } = session;
  onAbort(signal, () => void bot.scheduler.stop());
  const slots = await bot.scheduler.catchUp();
  const feeds = await activeHere(session).catch((error: unknown) => {
    // What was done is told all the same.
    tell(slots, []);
    throw error;
  });
  const looked = new Set(slots.map(slotId));
  // What waits for a later look was not looked at now.
  const waiting = feeds.flatMap(({ lastSlot }) =>
    lastSlot?.state === 'waiting' && !looked.has(slotId(lastSlot)) ? lastSlot : [],
  );
  tell([...slots, ...waiting], feeds);
  if (slots.length + waiting.length === 0) process.stderr.write('Nothing is due.\n');
  // What is still due was not this process's to do: another one is at it, or its platform is not set up here.
  const isFine = waiting.length === 0 && slots.every(({ state }) => wentWell(state));
  return isFine ? 0 : 1;
}

/** Feeds that go out from here. */
async function activeHere({ bot, platforms }: Session): Promise<FeedStatus[]> {
  const here: readonly string[] = [TERMINAL.platform, ...platforms.map(({ platform }) => platform)];
  return (await bot.feeds.all()).filter(
    ({ feed: { destination, state } }) => state === 'active' && here.includes(destination.platform),
  );
}

function tell(slots: readonly SlotRecord[], feeds: readonly FeedStatus[]): void {
  for (const slot of slots) {
    const status = feeds.find(({ feed }) => feed.id === slot.feedId);
    process.stderr.write(`${slotText(slot, status?.feed)}\n`);
  }
}

async function runOn(session: Session, role: Role): Promise<number> {
  const { bot, signal, log } = session;
  if (role !== 'all') await checkOneOfMany(session);
  await connect(session, role);
  const firstEdition = hasPlatform(session) ? await showPlatforms(session, role) : await showHere(session);
  if (signal.aborted) return 0;
  keepLooking(watchOf(session), session.clock, signal).catch((error: unknown) => {
    if (!signal.aborted) log.error('Nobody looks after the other processes any more', { error });
  });
  // Told to stop while it still catches up, it finishes the delivery in hand.
  onAbort(signal, () => void Promise.all([bot.scheduler.stop(), bot.queue.close()]));
  const ticking = role === 'gateway' ? undefined : bot.scheduler.start();
  await Promise.all([ticking, firstEdition?.()]);
  // Beside the ticks, so that the first search finds the index ready.
  const following = role === 'worker' ? undefined : bot.search.follow(signal);
  following?.catch((error: unknown) => {
    if (!signal.aborted) log.error('The search index could not be brought up to date', { error });
  });
  if (!signal.aborted) await once(signal, 'abort');
  return 0;
}

function rightClockOf({ bot: { store }, clock }: Session): RightClock {
  return createRightClock({ store, clock });
}

/** What each process looks at beside its own work, as another one may not be able to. */
function watchOf(session: Session): Watch {
  const { bot, runs, clock, log } = session;
  const rightClock = rightClockOf(session);
  const ofClock = async () => {
    const trouble = await rightClock.trouble();
    return trouble === undefined ? undefined : `On ${hostname()}: ${trouble}`;
  };
  const watched: Watched[] = [
    { subject: CLOCK_SUBJECT, trouble: ofClock },
    ...(runs ? [{ subject: EDITIONS_SUBJECT, trouble: runs.trouble, isOver: runs.hasSeen }] : []),
  ];
  return createWatch(watched, { store: bot.store, upkeep: bot.upkeep, clock, log });
}

/** Errors: `ConfigError` for a process that could do nothing beside the others. */
async function checkOneOfMany(session: Session): Promise<void> {
  if (!hasPlatform(session)) throw new ConfigError([NO_PLATFORM]);
  await checkSharedKey(session);
}

const NO_PLATFORM: ConfigProblem = {
  variable: 'DISCORD_TOKEN',
  problem:
    'with --role a platform must be set up: set this, or what Slack or e-mail needs; or leave --role out.',
};

/** Side by side, so that one platform that is slow keeps none waiting. */
async function connect({ bot, platforms, server }: Session, role: Role): Promise<void> {
  // Posting needs no connection.
  if (role !== 'worker') await Promise.all(platforms.map((adapter) => adapter.start(bot.host)));
  // Last, so that whoever is let in finds somebody who answers.
  await server.start();
}

/** More than the playground. */
function hasPlatform({ platforms }: Session): boolean {
  return platforms.some(({ platform }) => platform !== 'web');
}

async function showPlatforms(
  { bot, platforms, server, config, show }: Session,
  role: Role,
): Promise<undefined> {
  const names = platforms.map(({ platform }) => platform).join(', ');
  const feeds = count((await bot.store.ledger.feedIds()).length, 'feed');
  await show([
    text(`Paperwire ${role === 'all' ? 'is running' : `runs as a ${role}`} on ${names}`, [
      `${feeds}; "${PROGRAM} status" shows how each stands. Ctrl-C stops the bot.`,
      ...(role === 'worker' ? [] : waysIn(config)),
      `It is reached at ${config.http.publicUrl ?? server.url}. How it does: ${server.url}/status.`,
    ]),
  ]);
}

/** Without any platform it runs in a browser, and shows in this terminal that it does. Out: what brings the first edition. */
async function showHere(session: Session): Promise<(() => Promise<void>) | undefined> {
  const { signal } = session;
  await showNewest(session).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return signal.aborted ? undefined : await ensureFeed(session);
}

/** A signal that came before anybody listened counts too. */
function onAbort(signal: AbortSignal, work: () => void): void {
  signal.addEventListener('abort', work, { once: true });
  if (signal.aborted) work();
}

/** Days looked at for one with papers: the newest list is empty at first, and on holidays. */
const MOST_DAYS = 4;

/** The newest list at once, every time: the bot is seen to work before its first edition. */
async function showNewest({ bot, clock, show, wait, signal }: Session): Promise<void> {
  for (const key of ripeDays(clock.now(), 0, MOST_DAYS).reverse()) {
    const listing = { kind: 'daily', key } as const;
    const reading = await wait(`Reading the papers of ${key}`, bot.reader.read(listing, signal)).catch(
      sourceError,
    );
    if (reading instanceof Error) return await show([text(listingTitle(listing), [reading.message])]);
    const papers = reading.fetched.papers.slice(0, FEED_DEFAULTS.limit);
    if (papers.length > 0) return await show([listCard(papers, reading)]);
  }
  await show([
    text('No papers', [
      `The lists of the last ${MOST_DAYS} days are empty. Does this machine know the date?`,
    ]),
  ]);
}

/** A source that is down is told and does not keep the bot from starting. */
function sourceError(error: unknown): Error {
  if (isSourceError(error)) return error;
  throw error;
}

/** Without any feed there would be nothing to schedule, so the playground gets one, and its edition at once. */
async function ensureFeed(session: Session): Promise<(() => Promise<void>) | undefined> {
  const { bot, config, server, show, signal } = session;
  // Claimed, as two first starts at once would make two feeds.
  const isFirst = await bot.store.ledger.claim('first-feed', randomUUID(), MINUTE_MS);
  const feeds = await bot.feeds.list(PLAYGROUND);
  const isNew = feeds.length === 0 && isFirst;
  const status = isNew ? await bot.feeds.add(PLAYGROUND, OPERATOR, { zone: config.localZone }) : feeds[0];
  await show([
    text('Paperwire is running', [
      `Open ${server.url} in a browser. Ctrl-C stops the bot.`,
      ...(status ? [standing(status, feeds.length - 1)] : []),
      `In another terminal: ${PROGRAM} paper help, or ${PROGRAM} status.`,
    ]),
  ]);
  if (!isNew || !status) return undefined;
  return async () => {
    await bot.feeds.run(PLAYGROUND, status.feed.id, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  };
}

function standing({ feed, nextDueAt }: FeedStatus, others: number): string {
  const next = nextDueAt ? localTime(nextDueAt, feed.zone) : undefined;
  const when = next ? `${next.day} at ${next.time} ${feed.zone}` : 'when it is resumed';
  const beside = others > 0 ? ` and ${count(others, 'other feed')}` : '';
  return `Feed ${feed.id}${beside}: the next edition comes ${when}.`;
}
