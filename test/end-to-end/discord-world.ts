import { systemClock } from '../../src/clock.ts';
import { type Instant, msBetween } from '../../src/domain/calendar.ts';
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
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { addedFeed, papersIn } from './answers.ts';
import { nowOf, timeFrom } from './fast-clock.ts';
import { closeParts, createLaunches } from './launches.ts';
import { installProgram, type Program } from './program.ts';
import { eventually, lists, MORNING, type RunningProgram, shifted } from './running.ts';

export { AGENTS, eventually, type RunningProgram, stop, TODAY } from './running.ts';

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

/** A server with the bot, Ada, who manages it, and Bo. */
export function addLab(fake: FakeDiscord): Pick<DiscordWorld, 'guild' | 'ada' | 'bo'> {
  const guild = fake.addGuild({ name: 'Lab' });
  const [ada, bo] = [fake.addPerson({ name: 'Ada' }), fake.addPerson({ name: 'Bo' })];
  fake.join(guild, ada, { permissions: ['ManageGuild'] });
  fake.join(guild, bo);
  return { guild, ada, bo };
}

export async function openDiscordWorld(options: DiscordOptions = {}): Promise<DiscordWorld> {
  let time = timeFrom(MORNING);
  const now = () => nowOf(time);
  const fake = await startDiscord({ clock: { ...systemClock, now }, ...options });
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const { guild, ada, bo } = addLab(fake);
  const launches = createLaunches(program);

  async function start(env: Record<string, string> = {}): Promise<RunningProgram> {
    const byMs = msBetween(time.sinceAt, time.startAt);
    const bot = launches.launch(['start'], {
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.url,
      LOG_LEVEL: 'info',
      ...shifted(byMs),
      ...env,
    });
    const isReady = () => bot.said().includes('Paperwire is running') && fake.commands.length > 0;
    await eventually(isReady, `it starts, having said: ${bot.said()}${bot.log()}`);
    return bot;
  }

  async function close(): Promise<void> {
    await launches.end();
    await closeParts({ fake, source, program });
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

/** Ids of the papers that a message links to, each once, in order. */
export function papersOn(message: Message): string[] {
  return papersIn(messageText(message));
}

/** Adds a feed by its command. Out: its id. */
export async function addFeed(
  { ada, channel }: Pick<DiscordWorld, 'ada' | 'channel'>,
  options: Record<string, string | number | boolean | Channel> = {},
): Promise<string> {
  return addedFeed(await textOfAnswer(ada.slash(channel, 'paper feed add', { time: '09:00', ...options })));
}
