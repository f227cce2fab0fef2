// A bot that sends every edition that is due by mail, and tells its figures:
//
//   node mail-bot-child.ts SETTINGS    (a `MailBotSettings` as JSON; forked)
import { assembleBot, type Bot } from '../../src/bot.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { createPostingAdapter } from '../end-to-end/email-setup.ts';
import { createFastClock, timeFrom } from '../end-to-end/fast-clock.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { mailPapers } from './mail-papers.ts';
import { type Memory, memoryOf } from './memory.ts';

export interface MailBotSettings {
  storeUrl: string;
  smtpUrl: string;
  /** The day whose list there is; an edition is due at nine. */
  day: Day;
}

export interface MailBotFigures {
  posted: number;
  tookMs: number;
  /** Of the processor, all threads. */
  cpuMs: number;
  ticks: number;
  before: Memory | undefined;
  after: Memory | undefined;
}

async function openBot({ storeUrl, smtpUrl, day }: MailBotSettings): Promise<Bot> {
  const clock = createFastClock(timeFrom(`${day}T09:00:01.000Z`));
  const log = createLog({ level: 'warn' });
  const source = createMemorySource(clock);
  source.set({ kind: 'daily', key: day }, mailPapers(day));
  const store = await openStore(storeUrl, { clock, log });
  const adapter = createPostingAdapter(smtpUrl, { store, clock, log });
  const bot = assembleBot({ source, store, adapters: [adapter], clock, log });
  await adapter.start(bot.host);
  return bot;
}

/** Tick by tick without a minute between, until nothing is due any more. */
async function postAll({ scheduler }: Bot): Promise<Pick<MailBotFigures, 'posted' | 'ticks'>> {
  for (let posted = 0, ticks = 1; ; ticks += 1) {
    const slots = await scheduler.tick();
    posted += slots.filter(({ state }) => state === 'posted').length;
    if (slots.length === 0) return { posted, ticks };
  }
}

const bot = await openBot(JSON.parse(process.argv[2] ?? '') as MailBotSettings);
const before = memoryOf(process.pid);
const beganMs = performance.now();
const usedBefore = process.cpuUsage();
const posted = await postAll(bot);
const tookMs = performance.now() - beganMs;
const used = process.cpuUsage(usedBefore);
const after = memoryOf(process.pid);
await bot.close();
process.send?.({
  ...{ ...posted, tookMs, cpuMs: (used.user + used.system) / 1000, before, after },
} satisfies MailBotFigures);
process.disconnect();
