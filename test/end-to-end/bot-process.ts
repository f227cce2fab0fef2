// A bot in a process of its own, real but for its platform, its source and the speed of its clock, for tests in which it
// is killed or told to stop:
//
//   node bot-process.ts SETTINGS    (a `BotSettings` as JSON)
//
// It says on standard output, a line each: `send ID` and `answer ID` around each request that posts a message,
// `called EVENT SUBJECT` when it hands an alarm to the operator, `rest` when nothing is left to do.
import type { Adapter } from '../../src/adapter.ts';
import { assembleBot, type Bot } from '../../src/bot.ts';
import type { Clock } from '../../src/clock.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { isDone } from '../../src/domain/edition.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { createMemoryInstallations } from '../adapters/slack/installing/memory-installations.ts';
import { createLoopbackAdapter } from '../fakes/loopback-adapter.ts';
import type { PlatformKind } from '../fakes/memory-adapter.ts';
import { createBotSource } from './bot-source.ts';
import { createFastClock, type FastTime } from './fast-clock.ts';

export interface BotSettings {
  storeUrl: string;
  /** Base address of a `LoopbackPlatform`, of a `FakeDiscord`, or of the Web API of a `FakeSlack`; a `FakeMail`’s whole one. */
  platformUrl: string;
  kind: PlatformKind | 'discord' | 'slack' | 'email';
  /** What lets it in; where `kind` is `slack`. */
  token?: string;
  time: FastTime;
}

async function main(settings: BotSettings): Promise<void> {
  const { storeUrl, time } = settings;
  const stop = stopSignal();
  const clock = createFastClock(time);
  const log = createLog({ level: 'error' });
  const store = await openStore(storeUrl, { clock, log });
  const adapter = told(await createAdapter(settings, { store, clock, log }));
  const bot = assembleBot({
    source: createBotSource(clock),
    store,
    adapters: [adapter],
    clock,
    log,
    call: async ({ subject }, event) => say(`called ${event} ${subject}`),
  });
  stop.addEventListener('abort', () => void bot.scheduler.stop(), { once: true });
  try {
    await adapter.start(bot.host);
    await bot.scheduler.start();
    await tickOn(bot, clock, stop);
  } finally {
    await bot.close();
  }
}

async function createAdapter(
  { platformUrl, kind, token = 'loopback-token' }: BotSettings,
  { store, clock, log }: { store: Store; clock: Clock; log: Log },
): Promise<Adapter> {
  // Each is loaded when it is wanted: it takes as long as all the rest.
  if (kind === 'email') {
    const { createPostingAdapter } = await import('./email-setup.ts');
    return createPostingAdapter(platformUrl, { store, clock, log });
  }
  if (kind === 'slack') return await createSlack(platformUrl, token, { clock, log });
  if (kind !== 'discord') return createLoopbackAdapter({ url: platformUrl, clock, kind });
  const { createDiscordAdapter } = await import('../../adapters/discord/index.ts');
  return createDiscordAdapter({ token, apiUrl: platformUrl, clock, log });
}

/** One that nobody tells anything: it posts, and that is what it is killed for. */
async function createSlack(
  apiUrl: string,
  botToken: string,
  { clock, log }: { clock: Clock; log: Log },
): Promise<Adapter> {
  const { createSlackAdapter } = await import('../../adapters/slack/index.ts');
  return createSlackAdapter({
    apiUrl,
    hearing: { kind: 'http', signingSecret: 'nobody-signs' },
    tokens: { kind: 'one', botToken },
    installations: createMemoryInstallations(),
    route: () => {},
    clock,
    log,
  });
}

/** The bot's own ticks come with the minutes of the machine, these with those of its clock. */
async function tickOn(bot: Bot, clock: Clock, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    if (await isAtRest(bot)) say('rest');
    await clock.sleep(MINUTE_MS, stop).catch(() => undefined);
    // As the bot does it: what failed stays due, and being told to stop is no failure.
    await bot.scheduler.tick().catch((error: unknown) => {
      if (!stop.aborted) process.stderr.write(`A tick failed: ${String(error)}\n`);
    });
  }
}

/** After every instant that a test is about. */
const ALWAYS = '2100-01-01T00:00:00.000Z';

/** Every feed's newest edition is out, and everybody has been told everything. */
async function isAtRest({ store }: Bot): Promise<boolean> {
  const { ledger, alarms } = store;
  // Members' own feeds stand in no list; each has an instant to be looked at.
  for (const id of await ledger.feedsToWake(ALWAYS)) {
    const [newest] = await ledger.slots(id, 1);
    if (!newest || !isDone(newest.state) || (await ledger.unfinishedSlots(id)).length > 0) return false;
  }
  return (await ledger.openNotices(1)).length === 0 && (await alarms.untold(1)).length === 0;
}

function told(adapter: Adapter): Adapter {
  return {
    ...adapter,
    async send(message, signal) {
      say(`send ${message.id}`);
      return await adapter.send(message, signal).finally(() => say(`answer ${message.id}`));
    },
  };
}

/** Pipes are written to at once, so what was said before a kill is heard. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** As the command line has it: the first signal stops in order, the second ends the process. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new Error('The bot was told to stop.')));
  }
  return stop.signal;
}

await main(JSON.parse(process.argv[2] ?? '') as BotSettings);
