import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../src/domain/calendar.ts';
import { emailEnv } from '../end-to-end/email-setup.ts';
import { installProgram } from '../end-to-end/program.ts';
import { lists, MORNING, type RunningProgram, running } from '../end-to-end/running.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/index.ts';
import { type FakeMail, startMail } from '../fakes/mail/index.ts';
import { type FakeSlack, startSlack, USUAL_SCOPES } from '../fakes/slack/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import type { LeakKind } from './leaks.ts';
import { PASSWORD } from './samples.ts';

/** All that a bot is connected to, and the place where it runs. */
export interface SoakWorld {
  discord: FakeDiscord;
  slack: FakeSlack;
  mail: FakeMail;
  source: SourceServer;
  storeFile: string;
  storeUrl: string;
  /** By the world's clock, on which all of them agree. */
  now(): Instant;
  /** For whoever asks the bot's own server. */
  agent: Agent;
  /** Starts `paperwire start` and waits until it runs. Out: it, and where it is reached. */
  start(leaks?: readonly LeakKind[]): Promise<{ bot: RunningProgram; url: string }>;
  /** Sets the program's clock ahead of the world's. */
  skew(byMs: number): void;
  close(): Promise<void>;
}

/** So long before the first minute mark it starts. */
const BEFORE_MARK_MS = 10 * SECOND_MS;
/** On a machine that is busy. */
const START_MS = MINUTE_MS;
const LOOK_MS = 50;
/** The editions of eight o'clock are due at once, the next ones at the mark. */
export const BEGINNING: Instant = addMs(MORNING, MINUTE_MS - BEFORE_MARK_MS);
/** Messages that may be told of where the bot may look. */
const HISTORY = ['channels:history', 'groups:history', 'im:history'];
/** What a panel of twenty topics waits for: some five seconds by Discord's own limit. */
const OWN_REACTION = 'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me';
const hook = (name: string) => new URL(name, import.meta.url).href;

/** Opens a world in which it is shortly after eight o'clock. */
export async function openSoakWorld(): Promise<SoakWorld> {
  const byMs = msBetween(systemClock.now(), BEGINNING);
  const now = () => addMs(systemClock.now(), byMs);
  const clock = { ...systemClock, now };
  const limits = { routes: { [OWN_REACTION]: { limit: 20, perMs: SECOND_MS } } };
  const discord = await startDiscord({ clock, specs: false, limits });
  const slack = await startSlack({ specs: false, scopes: [...USUAL_SCOPES, ...HISTORY] });
  slack.skew(byMs);
  const mail = await startMail({ parses: false });
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const dateFile = join(program.folder, 'date');
  const setDate = (aheadMs: number) => writeFileSync(dateFile, String(byMs + aheadMs));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const bots = new Set<RunningProgram>();
  setDate(0);

  const env = (leaks: readonly LeakKind[]) => ({
    ...emailEnv(mail.url),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_EXTRAS: 'history',
    WEB_PASSWORD: PASSWORD,
    LOG_LEVEL: 'info',
    NODE_OPTIONS: [
      `${hook('../end-to-end/moving-date.ts')}?file=${dateFile}`,
      hook('collect.ts'),
      ...leaks.map((kind) => `${hook('leak.ts')}?kind=${kind}`),
    ]
      .map((one) => `--import=${one}`)
      .join(' '),
  });

  return {
    ...{ discord, slack, mail, source, now, agent },
    storeFile: join(program.folder, 'data/test.db'),
    storeUrl: `sqlite:${program.folder}/data/test.db`,
    async start(leaks = []) {
      const bot = running(program.spawn(['start'], env(leaks)));
      bots.add(bot);
      void bot.ended.then(() => bots.delete(bot));
      const address = () => /How it does: (http:\S+)\/status/.exec(bot.said().replaceAll(/\s+/g, ' '))?.[1];
      const isReady = () => address() !== undefined && discord.commands.length > 0 && slack.sockets.count > 0;
      for (const until = performance.now() + START_MS; !isReady(); await delay(LOOK_MS)) {
        if (performance.now() > until) throw new Error(`The bot did not start: ${bot.said()}${bot.log()}`);
      }
      return { bot, url: address() ?? '' };
    },
    skew(aheadMs) {
      setDate(aheadMs);
      // It reads its date anew, and collects its garbage.
      for (const bot of bots) bot.kill('SIGUSR2');
    },
    async close() {
      for (const bot of bots) bot.kill('SIGKILL');
      await Promise.all([...bots].map(({ ended }) => ended));
      agent.destroy();
      await Promise.all([discord.stop(), slack.stop(), mail.stop(), source.stop()]);
      program.remove();
    },
  };
}
