import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { createTerminalAdapter, detectTerminal } from '../../adapters/terminal/index.ts';
import type { Adapter } from '../adapter.ts';
import { type Bot, createBot } from '../bot.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import type { Card } from '../domain/card.ts';
import type { Destination } from '../domain/feed.ts';
import { createLog, type Log } from '../log.ts';

/** The member, workspace and channel that stand for whoever sits at the terminal. */
export const TERMINAL: Destination = { platform: 'terminal', workspace: 'terminal', channel: 'terminal' };
export const OPERATOR = 'operator';

/** One call of the command line. */
export interface Session {
  bot: Bot;
  config: Config;
  clock: Clock;
  log: Log;
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal;
  /** Shows cards on standard output. */
  show(cards: readonly Card[]): Promise<void>;
}

/** Opens everything, lets `work` use it and closes everything again, also when it fails. */
export async function withSession(
  work: (session: Session) => Promise<number>,
  options: { clock?: Clock; quietLog?: boolean } = {},
): Promise<number> {
  if (existsSync('.env')) loadEnvFile('.env');
  const config = readConfig();
  const clock = options.clock ?? systemClock;
  const level = options.quietLog && config.logLevel === 'info' ? 'error' : config.logLevel;
  const log = createLog({ level, secrets: config.secrets });
  const adapter = createTerminalAdapter({
    write: (text) => void process.stdout.write(text),
    ...detectTerminal({
      isTTY: process.stdout.isTTY,
      columns: () => process.stdout.columns,
      env: config.terminal,
    }),
  });
  const stop = new AbortController();
  const end = () => stop.abort(new Error('Stopped.'));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end);
  const bot = await createBot(config, { adapters: [adapter], clock, log });
  try {
    return await work({
      bot,
      config,
      clock,
      log,
      signal: stop.signal,
      show: (cards) => showCards(cards, adapter),
    });
  } finally {
    await bot.close();
  }
}

async function showCards(cards: readonly Card[], adapter: Adapter): Promise<void> {
  for (const payload of cards.flatMap((card) => adapter.render(card))) {
    await adapter.send({ id: 'shown', destination: TERMINAL, payload });
  }
}

/** One JSON document on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`);
}
