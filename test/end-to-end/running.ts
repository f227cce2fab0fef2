import { equal } from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { addDays, type Day, type Instant } from '../../src/domain/calendar.ts';
import { hasDailyList } from '../../src/domain/listing.ts';
import { inventList } from '../fakes/source-server.ts';
import { textOf } from './text-of.ts';

/** A Wednesday. */
export const TODAY: Day = '2026-11-25';
/** Its list is ripe, and it is an hour before feeds are due by default. */
export const MORNING: Instant = `${TODAY}T08:00:00.000Z`;
/** The title of the first paper of each list, which is about agents. */
export const AGENTS = 'Language Agents That Use Tools';

const SHIFT = new URL('shift-date.ts', import.meta.url);
/** What is waited for comes within this, or something is broken. */
const LONGEST_WAIT_MS = 20_000;

/** `paperwire start` as its user has it, and how it ends. */
export interface RunningProgram {
  readonly pid: number | undefined;
  /** All that it has said. */
  said(): string;
  /** All that it has logged, a JSON document a line. */
  log(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

/** A process that was just started, as whoever runs it sees it. */
export function running(child: ChildProcessWithoutNullStreams): RunningProgram {
  const [said, log] = [textOf(child.stdout), textOf(child.stderr)];
  return {
    pid: child.pid,
    said,
    log,
    kill: (signal) => void child.kill(signal),
    ended: once(child, 'close').then(([code]) => code),
  };
}

/** Tells it to stop and expects that it ends well. */
export async function stop(bot: RunningProgram, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  bot.kill(signal);
  equal(await bot.ended, 0, bot.log());
}

/** What makes Node set the date of a program by so much. */
export function shifted(byMs: number): Record<string, string> {
  return { NODE_OPTIONS: `--import=${SHIFT}?byMs=${byMs}` };
}

/** Waits until something holds, looked at every few milliseconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`It was waited for in vain that ${what}`);
    await delay(10);
  }
}

/** Lists of two weeks, each with a paper about agents in front. */
export function lists(): Map<Day, unknown[]> {
  const days = Array.from({ length: 9 }, (_, index) => addDays(TODAY, index - 7)).filter(hasDailyList);
  return new Map(days.map((day) => [day, withAgents(inventList(day))]));
}

function withAgents([first, ...others]: ReturnType<typeof inventList>): unknown[] {
  const summary = 'An agent plans, calls tools and browses the web; many language agents work together.';
  const paper = { ...first?.paper, title: AGENTS, summary, ai_summary: summary };
  return [{ ...first, title: AGENTS, summary, paper }, ...others];
}
