import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOST_CONNECTIONS } from '../../adapters/email/posting/post.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { createFakeClock } from '../fakes/clock.ts';
import type { MailBotFigures, MailBotSettings } from './mail-bot-child.ts';
import type { MailCeilingFigures, MailCeilingSettings } from './mail-ceiling-child.ts';
import { mailOrders, mailPapers, ORDERS, readerAt } from './mail-papers.ts';
import type { MailFigures } from './mail-server.ts';
import { heading } from './measure.ts';
import { shownMb } from './memory.ts';
import { START_FLAGS } from './simulation.ts';

/** As many as the aims of issue 9 speak of. */
const RECIPIENTS = 10_000;
const DAY: Day = '2026-11-23';
/** Keeps what Node makes of the TypeScript, as the launcher does: it takes memory too. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));

/** Editions by mail through the whole line, and as many and as large mails by Nodemailer's pool alone. */
export async function benchMail(recipients: number = RECIPIENTS): Promise<void> {
  heading(
    `Mail: ${ORDERS} different editions to ${shown(recipients)} readers (aim ≥ 0.7 × Nodemailer’s own pool, ≤ 256 MB)`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const storeUrl = `sqlite:${join(folder, 'paperwire.db')}`;
  const server = start('mail-server.ts', undefined);
  try {
    const { port } = await told<{ port: number }>(server);
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    await subscribe(storeUrl, recipients);
    const bot = await measured<MailBotFigures>('mail-bot-child.ts', { storeUrl, smtpUrl, day: DAY }, server);
    tellBot(bot, recipients);
    const settings = { storeUrl, smtpUrl, readers: recipients, connections: MOST_CONNECTIONS };
    const ceiling = await measured<MailCeilingFigures>('mail-ceiling-child.ts', settings, server);
    tellCeiling(ceiling);
    const ratio = perSecond(bot) / perSecond(ceiling);
    console.log(`  ratio: ${ratio.toFixed(2)} × Nodemailer’s own pool`);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

/** Readers who confirmed the day before, so that the first edition is that of the day. */
async function subscribe(storeUrl: string, recipients: number): Promise<void> {
  const orders = mailOrders(mailPapers(DAY));
  await withStore(storeUrl, async (store) => {
    const subscribers = createSubscribers({ store, clock: createFakeClock(`${DAY}T06:00:00.000Z`) });
    for (let made = 0; made < recipients; made += 1) {
      const order = orders[made % orders.length] as (typeof orders)[number];
      await subscribers.put(readerAt(made), order);
    }
  });
}

/** What a process told of itself, and what arrived of it. */
interface Measured<T> {
  own: T;
  arrived: MailFigures;
}

async function measured<T>(
  file: string,
  settings: MailBotSettings | MailCeilingSettings,
  server: ChildProcess,
): Promise<Measured<T>> {
  const child = start(file, settings);
  const [own] = await Promise.all([told<T>(child), once(child, 'exit')]);
  const arrived = told<MailFigures>(server);
  server.send({});
  return { own, arrived: await arrived };
}

function start(file: string, settings: unknown): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(settings ?? {})], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...START_FLAGS],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
}

async function told<T>(child: ChildProcess): Promise<T> {
  const gone = once(child, 'exit').then(() => {
    throw new Error('A process of the bench ended too early.');
  });
  gone.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), gone]);
  return message as T;
}

function tellBot({ own, arrived }: Measured<MailBotFigures>, recipients: number): void {
  const { posted, ticks, cpuMs, before, after } = own;
  const isWhole = [arrived.mails, arrived.messageIds, arrived.recipients].every((one) => one === recipients);
  const came = `${shown(arrived.mails)} mails to ${shown(arrived.recipients)} readers, ${shown(arrived.messageIds)} different ones${isWhole ? ': each once' : ''}`;
  console.log(`  the bot: ${came}; ${shown(posted)} editions posted in ${ticks} ticks`);
  console.log(`    ${rates({ own, arrived })}; ${(cpuMs / arrived.mails).toFixed(2)} ms of processor each`);
  console.log(`    peak memory ${shownMb(after?.peakMb)}, ${shownMb(before?.nowMb)} before it began`);
}

function tellCeiling(given: Measured<MailCeilingFigures>): void {
  const { own, arrived } = given;
  console.log(`  Nodemailer’s own pool: ${shown(arrived.mails)} mails`);
  console.log(`    ${rates(given)}; ${(own.cpuMs / arrived.mails).toFixed(2)} ms of processor each`);
}

/** From the beginning of the work, not of the first connection, to its end. */
function perSecond({ own, arrived }: Measured<{ tookMs: number }>): number {
  return (1000 * arrived.mails) / own.tookMs;
}

function rates(given: Measured<{ tookMs: number }>): string {
  const { own, arrived } = given;
  const size = (arrived.bytes / arrived.mails / 1024).toFixed(0);
  return `${perSecond(given).toFixed(0)} mails/s of ${size} KB each, ${(own.tookMs / 1000).toFixed(1)} s in all`;
}

function shown(count: number): string {
  return count.toLocaleString('en');
}

if (import.meta.main) await benchMail(Number(process.argv[2] ?? RECIPIENTS));
