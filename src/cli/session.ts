import {
  createProgress,
  createTerminalAdapter,
  detectTerminal,
  OPERATOR,
} from '../../adapters/terminal/index.ts';
import { PLAYGROUND } from '../../adapters/web/place.ts';
import type { Adapter } from '../adapter.ts';
import { type Bot, createBot, openWholeStore } from '../bot.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { SECOND_MS } from '../domain/calendar.ts';
import type { Card } from '../domain/card.ts';
import type { Destination } from '../domain/feed.ts';
import { createLog, type Log } from '../log.ts';
import { openQueue } from '../queues/index.ts';
import { createRunWatch, type RunWatch } from '../scheduler/runs.ts';
import { withSecretKey } from '../sealing/key.ts';
import { createServer, type Server } from '../server.ts';
import type { Store } from '../store.ts';
import { loadDotEnv, misspellingText } from './dot-env.ts';
import { loadPlatforms } from './platforms.ts';
import type { WebSideDependencies } from './web-side.ts';

/** The member, workspace and channel that stand for whoever sits at the terminal. */
export const TERMINAL: Destination = { platform: 'terminal', workspace: 'terminal', channel: 'terminal' };
export { OPERATOR, PLAYGROUND };

/** One call of the command line. */
export interface Session {
  bot: Bot;
  /** Those of the playground and the chat platforms that are set up; empty unless they were asked for. */
  platforms: readonly Adapter[];
  /** The one port at which we are reached; closed until it is started. */
  server: Server;
  /** Whether runs come, of whatever process; absent where this one does all itself. */
  runs?: RunWatch;
  config: Config;
  clock: Clock;
  log: Log;
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal;
  /** Shows cards on standard output. */
  show(cards: readonly Card[]): Promise<void>;
  /** Waits for long work; who watches a terminal is told what for. */
  wait<T>(what: string, work: Promise<T>): Promise<T>;
}

export interface SessionOptions {
  clock?: Clock;
  /** Instead of what the environment says and `.env`, which are then not read. */
  config?: Config;
  /** Reach the playground and the platforms too that the configuration sets up; each costs time and memory to load. */
  withPlatforms?: boolean;
  /** Share work with other processes where the configuration says how; else this one does all that it begins. */
  withQueue?: boolean;
  /** Beside others: without the playground, whose messages no other process has. */
  isOneOfMany?: boolean;
  /** Somebody watches a terminal: only errors are logged, unless LOG_LEVEL says otherwise. */
  quietLog?: boolean;
  /** Whoever gives one command rather waits for a whole index than gets half an answer. */
  indexPatienceMs?: number;
}

/** How long whoever waits for an answer gets one after the bot was told to stop: platforms give up after three seconds. */
const ANSWERS_MS = 3 * SECOND_MS;

/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

/** Reads `.env` where there is one, and warns of names in it that are misspelt. Errors: `ConfigError`. */
export function loadEnvironment(): void {
  for (const misspelling of loadDotEnv()) process.stderr.write(`${misspellingText(misspelling)}\n`);
}

/** Opens everything, lets `work` use it and closes everything again, also when it fails. */
export async function withSession(
  work: (session: Session) => Promise<number>,
  given: SessionOptions = {},
): Promise<number> {
  const { clock = systemClock, quietLog = false, withPlatforms = false, withQueue = false } = given;
  if (!given.config) loadEnvironment();
  const config = configFor(given);
  const level = quietLog && config.logLevel === 'info' ? 'error' : config.logLevel;
  const log = createLog({ level, secrets: config.secrets });
  const adapter = openTerminal(config);
  const progress = createProgress({ stream: process.stderr, clock, term: config.terminal.TERM });
  const { signal, forget } = listenForStop();
  // A time that one command acts as if it were must not rule claims, which other processes keep to.
  const store = await openWholeStore(config.storeUrl, { clock: systemClock, log });
  const opened: Closing[] = [store];
  const closing = <T>(work: Promise<T>) => closedOnFailure(work, opened);
  const queue = withQueue ? await closing(openQueue(config.queueUrl, { clock, log })) : undefined;
  if (queue) opened.push(queue);
  const server = createServer({ ...config.http, clock, log });
  const parts = { store, route: server.route, clock, log };
  const outside = withPlatforms ? await closing(loadOutside(config, parts)) : undefined;
  const platforms = outside?.platforms ?? [];
  const observer = outside ? { observer: outside.web.observer } : {};
  const adapters = [adapter, ...platforms];
  const shared = { ...observer, ...(queue ? { queue } : {}), ...patience(given) };
  const bot = await closing(createBot(config, { store, adapters, clock, log, ...shared }));
  const isShared = given.isOneOfMany === true || bot.queue.isShared;
  const watched = isShared ? { runs: createRunWatch({ ledger: store.ledger, clock }) } : {};
  const names = platforms.map(({ platform }) => platform);
  outside?.web.mount(bot, { platforms: names, ...watched });
  const show = (cards: readonly Card[]) => showCards(cards, adapter);
  const wait: Session['wait'] = async (what, waited) => {
    progress.show(`${what} …`);
    return await waited.finally(() => progress.done());
  };
  try {
    return await work({ bot, platforms, server, ...watched, config, clock, log, signal, show, wait });
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    // First: what is being answered needs all the rest.
    await server.stop(ANSWERS_MS);
    await bot.close();
    forget();
  }
}

function configFor({ isOneOfMany = false, config: given }: SessionOptions): Config {
  const config = withSecretKey(given ?? readConfig());
  return isOneOfMany ? { ...config, web: { ...config.web, hasPlayground: false } } : config;
}

function patience({ indexPatienceMs }: SessionOptions): Pick<SessionOptions, 'indexPatienceMs'> {
  return indexPatienceMs === undefined ? {} : { indexPatienceMs };
}

type Closing = Pick<Store, 'close'>;

/** What was opened before does not stay open when the next cannot be. */
async function closedOnFailure<T>(work: Promise<T>, opened: readonly Closing[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    for (const one of opened) await one.close();
    throw error;
  }
}

/** What the bot is reached by beside this terminal. */
async function loadOutside(config: Config, parts: WebSideDependencies) {
  const { createWebSide } = await import('./web-side.ts');
  const web = createWebSide(config, parts);
  return { web, platforms: await loadPlatforms(config, { ...parts, gate: web.gate }) };
}

function openTerminal(config: Config): Adapter {
  const { stdout } = process;
  const terminal = detectTerminal({
    isTTY: stdout.isTTY,
    columns: () => stdout.columns,
    env: config.terminal,
  });
  return createTerminalAdapter({ write, ...terminal });
}

/** Resolves once the text has left: only then may a delivery be called sent. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Aborted by the first SIGINT or SIGTERM; the second, of either kind, ends the process at once, as without us, and so does
 * the first once it is forgotten.
 */
function listenForStop(): { signal: AbortSignal; forget: () => void } {
  const stop = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const forget = () => {
    for (const name of names) process.off(name, onSignal);
  };
  const onSignal = () => {
    forget();
    stop.abort(new Error('Paperwire was told to stop.'));
  };
  for (const name of names) process.on(name, onSignal);
  return { signal: stop.signal, forget };
}

async function showCards(cards: readonly Card[], adapter: Adapter): Promise<void> {
  for (const payload of cards.flatMap((card) => adapter.render(card))) {
    await adapter.send({ id: 'shown', destination: TERMINAL, payload });
  }
}

/** One JSON document on standard output. Rejects when it could not be written. */
export async function printJson(value: unknown): Promise<void> {
  await write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`);
}
