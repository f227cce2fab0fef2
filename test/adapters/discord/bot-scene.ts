import { setImmediate } from 'node:timers/promises';
import { createDiscordAdapter } from '../../../adapters/discord/index.ts';
import type { OptionValue, Reply } from '../../../src/command.ts';
import type { Instant } from '../../../src/domain/calendar.ts';
import type { Feed } from '../../../src/domain/feed.ts';
import { memberAt } from '../../../src/domain/member.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { createLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import {
  type Channel,
  type DiscordOptions,
  type Guild,
  type Message,
  messageText,
  startDiscord,
} from '../../fakes/discord/index.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { aPaper, somePapers } from '../../fixtures/papers.ts';
import { openWorld, type World } from '../../world.ts';

/** A Sunday, so that the first edition is Monday's. */
export const SUNDAY = '2026-11-22T12:00:00.000Z';
export const MONDAY = '2026-11-23T09:00:00.000Z';
export const TUESDAY = '2026-11-24T09:00:00.000Z';

/** The whole bot, and the only thing in the world that is not real: Discord, its source and its clock. */
export type BotScene = Awaited<ReturnType<typeof openBot>>;

/** A server with a manager (Grace) and two members (Ada, Bo), and the bot in it, started. */
export async function openBot(options: DiscordOptions = {}) {
  const clock = createFakeClock(SUNDAY);
  const fake = await startDiscord({ clock, limits: false, ...options });
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const grace = fake.addPerson({ name: 'Grace' });
  const ada = fake.addPerson({ name: 'Ada' });
  const bo = fake.addPerson({ name: 'Bo' });
  fake.join(guild, grace, { permissions: ['ManageGuild'] });
  for (const person of [ada, bo]) fake.join(guild, person);
  const source = createMemorySource(clock);
  const others = somePapers('2610', new Array(20).fill(0));
  for (const key of ['2026-11-23', '2026-11-24']) source.set({ kind: 'daily', key }, [...AGENTS, ...others]);
  const kept = await openStore('memory:', { clock, log: createLog({ level: 'silent', write() {} }) });
  // It outlives the bots.
  const store: Store = Object.create(kept, { close: { value: async () => {} } });
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  let bot: World | undefined;
  let made = 0;

  const running = () => {
    if (!bot) throw new Error('The bot is not running.');
    return bot;
  };
  const isSaid = (text: string) => lines.filter(({ msg }) => msg.startsWith(text)).length;

  const scene = {
    fake,
    guild,
    channel,
    grace,
    ada,
    bo,
    clock,
    source,
    store,
    /** The log, from debug on. */
    lines,
    /** How often something was logged. */
    isSaid,
    get bot() {
      return running();
    },
    /** Starts it, again too; resolves once what was missed is made good. */
    async start(): Promise<void> {
      const before = isSaid('Reactions made meanwhile were looked at');
      const adapter = createDiscordAdapter({ token: fake.token, apiUrl: fake.url, clock, log });
      const newId = () => `feed${String(++made).padStart(2, '0')}`;
      bot = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log, newId });
      await adapter.start(bot.host);
      await fake.until(() => fake.commands.length > 0);
      await eventually(() => isSaid('Reactions made meanwhile were looked at') > before);
    },
    /** Ends it as a signal does. */
    async stop(): Promise<void> {
      await running().close();
      bot = undefined;
    },
    async restart(): Promise<void> {
      await scene.stop();
      await scene.start();
    },
    tickAt: async (at: Instant) => await running().tickAt(at),
    /** The topics that somebody follows here, in the order they began to. */
    async followed({ id }: { id: string }, { id: workspace }: Pick<Guild, 'id'> = guild): Promise<string[]> {
      const subscriptions = await store.people.subscriptions(
        memberAt({ platform: 'discord', workspace }, id),
      );
      return subscriptions.map(({ key }) => key);
    },
    async saved({ id }: { id: string }): Promise<string[]> {
      const member = memberAt({ platform: 'discord', workspace: guild.id }, id);
      const { papers } = await store.people.saved(member, { offset: 0, limit: 100 });
      return papers.map(({ paperId }) => paperId);
    },
    async feeds({ id: workspace }: Pick<Guild, 'id'> = guild): Promise<Feed[]> {
      const found = await running().feeds.list({ platform: 'discord', workspace });
      return found.map(({ feed }) => feed);
    },
    /** Gives a command as the manager, by the way that has no platform. */
    async give(command: string, given: Record<string, OptionValue> = {}): Promise<Reply> {
      return await running().host.run({
        command,
        options: given,
        place: { platform: 'discord', workspace: guild.id, channel: channel.id },
        member: { id: grace.id, isManager: true },
        at: clock.now(),
      });
    },
    /** The manager posts a topic panel; resolves once all its emoji stand. */
    async panel(topics: string, place: Channel = channel): Promise<Message> {
      const answer = await grace.slash(place, 'paper topics panel', { topics });
      const [panel] = answer.messages;
      if (!panel) throw new Error('No panel was posted.');
      await fake.until(() => panel.reactions.size === topics.split(',').length);
      return panel;
    },
    /** Posts Monday's edition in cards; its papers as they stand in the thread. */
    async cards(): Promise<{ thread: Channel; cards: Message[] }> {
      await scene.give('feed add', { layout: 'cards', channel: channel.id, limit: AGENTS.length });
      await scene.tickAt(MONDAY);
      const [thread] = fake.threads(channel);
      if (!thread) throw new Error('No thread was opened.');
      return { thread, cards: fake.messages(thread) };
    },
    async [Symbol.asyncDispose]() {
      if (bot) await scene.stop();
      await kept.close();
      await fake.stop();
    },
  };
  await scene.start();
  return scene;
}

/** About agents, and before all others on the lists of Monday and Tuesday. */
export const AGENTS: readonly Paper[] = ['2611.00001', '2611.00002', '2611.00003'].map((id) =>
  aPaper({ id, title: `Tool-using agents, ${id}`, upvotes: 20, abstract: 'LLM agents that use tools.' }),
);

/** No state of the world is waited for longer. */
const LONGEST_MS = 8000;

/** Lets everything go on until something is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`It never came to that: ${isSo}`);
    await setImmediate();
  }
}

/** What somebody was told in private, each message as text. */
export function directTexts(scene: Pick<BotScene, 'fake'>, person: { dm(): Channel }): string[] {
  return scene.fake.messages(person.dm()).map(messageText);
}
