import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { addDays, type Day, type Instant, msBetween } from '../../src/domain/calendar.ts';
import { hasDailyList } from '../../src/domain/listing.ts';
import {
  type Answer,
  type Channel,
  type DiscordOptions,
  type FakeDiscord,
  type Guild,
  type Message,
  messageText,
  type Person,
  startDiscord,
} from '../fakes/discord/index.ts';
import { inventList, type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { nowOf, timeFrom } from './fast-clock.ts';
import { installProgram, type Program } from './program.ts';
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
  /** All that it has logged, a JSON document a line. */
  log(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

/** A Discord with one server and two people, a source, and a program between them. */
export interface DiscordWorld {
  fake: FakeDiscord;
  source: SourceServer;
  program: Program;
  storeUrl: string;
  guild: Guild;
  channel: Channel;
  /** Manages the server. */
  ada: Person;
  /** A member. */
  bo: Person;
  /** Sets the time of Discord, of the source, and of every program that starts from now on. */
  setTime(at: Instant): void;
  now(): Instant;
  /** Starts the program and waits until it runs and its commands are registered. */
  start(env?: Record<string, string>): Promise<RunningProgram>;
  /** Ends everything, and expects that nobody has broken a rule of Discord's. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openDiscordWorld(options: DiscordOptions = {}): Promise<DiscordWorld> {
  let time = timeFrom(MORNING);
  const now = () => nowOf(time);
  const fake = await startDiscord({ clock: { ...systemClock, now }, ...options });
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const guild = fake.addGuild({ name: 'Lab' });
  const [ada, bo] = [fake.addPerson({ name: 'Ada' }), fake.addPerson({ name: 'Bo' })];
  fake.join(guild, ada, { permissions: ['ManageGuild'] });
  fake.join(guild, bo);
  const running = new Set<RunningProgram>();

  async function start(env: Record<string, string> = {}): Promise<RunningProgram> {
    const byMs = msBetween(time.sinceAt, time.startAt);
    const child = program.spawn(['start'], {
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.url,
      LOG_LEVEL: 'info',
      NODE_OPTIONS: `--import=${SHIFT}?byMs=${byMs}`,
      ...env,
    });
    const [said, log] = [textOf(child.stdout), textOf(child.stderr)];
    const bot: RunningProgram = {
      pid: child.pid,
      log,
      kill: (signal) => void child.kill(signal),
      ended: once(child, 'close').then(([code]) => code),
    };
    running.add(bot);
    void bot.ended.then(() => running.delete(bot));
    const isReady = () => said().includes('Paperwire is running') && fake.commands.length > 0;
    await eventually(isReady, `it starts, having said: ${said()}${log()}`);
    return bot;
  }

  async function close(): Promise<void> {
    for (const bot of running) bot.kill('SIGKILL');
    await Promise.all([...running].map(({ ended }) => ended));
    await fake.stop();
    await source.stop();
    program.remove();
    deepEqual([fake.problems, fake.ownProblems], [[], []]);
  }

  return {
    fake,
    source,
    program,
    storeUrl: `sqlite:${program.folder}/data/test.db`,
    guild,
    channel: fake.addChannel(guild, { name: 'papers' }),
    ada,
    bo,
    setTime(at) {
      time = timeFrom(at);
    },
    now,
    start,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Tells it to stop and expects that it ends well. */
export async function stop(bot: RunningProgram, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  bot.kill(signal);
  equal(await bot.ended, 0, bot.log());
}

/** Lists of two weeks, each with a paper about agents in front. */
function lists(): Map<Day, unknown[]> {
  const days = Array.from({ length: 9 }, (_, index) => addDays(TODAY, index - 7)).filter(hasDailyList);
  return new Map(days.map((day) => [day, withAgents(inventList(day))]));
}

function withAgents([first, ...others]: ReturnType<typeof inventList>): unknown[] {
  const summary = 'An agent plans, calls tools and browses the web; many language agents work together.';
  const paper = { ...first?.paper, title: AGENTS, summary, ai_summary: summary };
  return [{ ...first, title: AGENTS, summary, paper }, ...others];
}

/** Waits until something holds, looked at every few milliseconds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS;
  while (!holds()) {
    if (performance.now() > until) throw new Error(`It was waited for in vain that ${what}`);
    await delay(10);
  }
}

/** The text of an answer, once it is there. */
export async function textOfAnswer(answer: Promise<Answer>): Promise<string> {
  return messageText(await firstOf(answer));
}

/** The message that answers, once it is there. */
export async function firstOf(answer: Promise<Answer>): Promise<Message> {
  const [first] = await (await answer).whenMessages(1);
  if (!first) throw new Error('There was no answer.');
  return first;
}

const STARTER = 21;

/** Messages of the bot in a channel, oldest first. */
export function posted(fake: FakeDiscord, channel: Channel): Message[] {
  // A thread begins with a sign of Discord's own that stands for the message above it.
  return fake.messages(channel).filter(({ author, type }) => author.id === fake.bot.id && type !== STARTER);
}

const LINK = /huggingface\.co\/papers\/(\d{4}\.\d{5})/g;

/** Ids of the papers that a message links to, each once, in order. */
export function papersOn(message: Message): string[] {
  return [...new Set(Array.from(messageText(message).matchAll(LINK), ([, id]) => id ?? ''))];
}

/** Adds a feed by its command. Out: its id. */
export async function addFeed(
  { ada, channel }: Pick<DiscordWorld, 'ada' | 'channel'>,
  options: Record<string, string | number | boolean | Channel> = {},
): Promise<string> {
  const text = await textOfAnswer(ada.slash(channel, 'paper feed add', { time: '09:00', ...options }));
  const [, id] = /Feed ([a-z0-9]{6}) added/.exec(text) ?? [];
  if (id === undefined) throw new Error(`No feed was added: ${text}`);
  return id;
}
