import { deepEqual } from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { systemClock } from '../../src/clock.ts';
import { type Instant, msBetween } from '../../src/domain/calendar.ts';
import {
  type Answer,
  type Channel,
  type Endpoint,
  type FakeSlack,
  type Message,
  messageText,
  type Person,
  type SlackOptions,
  startSlack,
  type Team,
  USUAL_SCOPES,
} from '../fakes/slack/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { addedFeed, papersIn } from './answers.ts';
import { closeParts, createLaunches } from './launches.ts';
import { installProgram, type Program } from './program.ts';
import { eventually, lists, MORNING, type RunningProgram, shifted } from './running.ts';

/** How Slack reaches the bot: a connection of its own, signed requests, and these with an installation by OAuth. */
export const WAYS = ['socket', 'http', 'oauth'] as const;
export type Way = (typeof WAYS)[number];

export interface SlackWorldOptions extends SlackOptions {
  /** Default `socket`. */
  way?: Way;
  /** Beyond the scopes that everybody gives. */
  extras?: readonly ('history' | 'unfurl' | 'files')[];
}

/** A Slack with a workspace and two people, a source, and a program between them. */
export interface SlackWorld {
  fake: FakeSlack;
  source: SourceServer;
  program: Program;
  storeUrl: string;
  team: Team;
  channel: Channel;
  /** An admin. */
  ada: Person;
  /** A member. */
  bo: Person;
  /** Sets the time of Slack, of the source, and of every program that starts from now on. */
  setTime(at: Instant): void;
  now(): Instant;
  /** What the program is told of Slack, and of the date. */
  env(): Record<string, string>;
  /** Starts the program; whoever does waits by themselves. */
  launch(env?: Record<string, string>): RunningProgram;
  /** Starts the program and waits until Slack reaches it; where it is OAuth, Ada installs it at first. */
  start(env?: Record<string, string>): Promise<RunningProgram>;
  /** Where Slack posts what it tells; not over a connection of the program's own. */
  readonly endpoint: Endpoint | undefined;
  /** Where workspaces install the program. */
  readonly installUrl: string;
  /** Ends everything, and expects that nobody has broken a rule of Slack's. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const SCOPES = {
  history: ['channels:history', 'groups:history', 'im:history'],
  unfurl: ['links:read', 'links:write'],
  files: ['files:write'],
} as const;

export const SECRET_KEY = 'a-key-that-seals-tokens-in-tests-only';

export async function openSlackWorld(options: SlackWorldOptions = {}): Promise<SlackWorld> {
  const { way = 'socket', extras = [], scopes, ...rest } = options;
  // The same clock on both sides, ahead or behind: what Slack signs is held against the program's date.
  let byMs = msBetween(systemClock.now(), MORNING);
  const now = () => new Date(Date.parse(systemClock.now()) + byMs).toISOString();
  const given = scopes ?? [...USUAL_SCOPES, ...extras.flatMap((extra) => SCOPES[extra])];
  const fake = await startSlack({ scopes: given, isInstalled: way !== 'oauth', ...rest });
  fake.skew(byMs);
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const port = way === 'oauth' ? await freePort() : 0;
  const ada = fake.addPerson({ name: 'Ada', role: 'admin', tz: 'UTC' });
  const bo = fake.addPerson({ name: 'Bo', tz: 'UTC' });
  const launches = createLaunches(program);
  let endpoint: Endpoint | undefined;

  const env = () => ({
    ...settings(way, fake, port),
    SLACK_API_URL: fake.apiUrl,
    SLACK_EXTRAS: extras.join(','),
    SECRET_KEY,
    LOG_LEVEL: 'info',
    ...shifted(byMs),
  });

  const launch = (more: Record<string, string> = {}) => launches.launch(['start'], { ...env(), ...more });

  async function start(more: Record<string, string> = {}): Promise<RunningProgram> {
    const bot = launch(more);
    const isReady = () => bot.said().includes('Paperwire is running');
    await eventually(isReady, `it starts, having said: ${bot.said()}${bot.log()}`);
    const [, url] = /It is reached at (http:\S+)\./.exec(bot.said().replaceAll(/\s+/g, ' ')) ?? [];
    if (way !== 'socket') endpoint = fake.http(`${url}/slack/events`);
    const isNew = way === 'oauth' && fake.team.installation === undefined;
    if (isNew) deepEqual((await fake.install(`${url}/slack/install`, { by: ada })).status, 200);
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
    team: fake.team,
    channel: fake.addChannel({ name: 'papers' }),
    ada,
    bo,
    setTime(at) {
      byMs = msBetween(systemClock.now(), at);
      fake.skew(byMs);
    },
    now,
    env,
    launch,
    start,
    get endpoint() {
      return endpoint;
    },
    installUrl: `http://127.0.0.1:${port}/slack/install`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function settings(way: Way, fake: FakeSlack, port: number): Record<string, string> {
  const { botToken, appToken, signingSecret, clientId, clientSecret } = fake;
  switch (way) {
    case 'socket':
      return { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken };
    case 'http':
      return { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, HTTP_PORT: '0' };
    case 'oauth':
      return {
        SLACK_CLIENT_ID: clientId,
        SLACK_CLIENT_SECRET: clientSecret,
        SLACK_SIGNING_SECRET: signingSecret,
        HTTP_PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
      };
  }
}

/** Below those that systems give to connections by themselves, one of which might take it before the program starts. */
const PORTS = [20_000, 30_000] as const;

/** Workspaces come back to a port that is known before the program starts. */
export async function freePort(): Promise<number> {
  const port = randomInt(...PORTS);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return await freePort();
  server.close();
  await once(server, 'close');
  return port;
}

/** The text of what answers, once it is there. */
export async function textOfAnswer(answer: Promise<Answer>): Promise<string> {
  return messageText(await firstOf(answer));
}

/** The message that answers, once it is there. */
export async function firstOf(answer: Promise<Answer>): Promise<Message> {
  const shown = await (await answer).whenShown();
  const first = shown.messages.at(-1);
  if (!first) throw new Error('There was no answer.');
  return first;
}

/** Messages of the bot for everybody in a channel, oldest first; those in threads are not among them. */
export function posted(fake: FakeSlack, channel: Channel): Message[] {
  return fake.messages(channel).filter(({ author, threadTs, ts }) => author.isBot && (threadTs ?? ts) === ts);
}

/** All messages of the bot for everybody in a channel and its threads, oldest first. */
export function allPosted(fake: FakeSlack, channel: Channel): Message[] {
  return fake.messages(channel).filter(({ author }) => author.isBot);
}

/** Ids of the papers that a message links to, each once, in order. */
export function papersOn(message: Message): string[] {
  return papersIn(messageText(message));
}

/** Adds a feed by its command, at nine UTC where nothing else is said. Out: its id. */
export async function addFeed(
  { ada, channel }: Pick<SlackWorld, 'ada' | 'channel'>,
  options: Record<string, string | number | boolean> = {},
): Promise<string> {
  const given = Object.entries({ time: '09:00', zone: 'UTC', ...options });
  const line = ['/paper feed add', ...given.map(([name, value]) => `${name}:${value}`)].join(' ');
  return addedFeed(await textOfAnswer(ada.slash(channel, line)));
}
