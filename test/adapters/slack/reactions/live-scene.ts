import { setImmediate } from 'node:timers/promises';
import { createSlackAdapter } from '../../../../adapters/slack/index.ts';
import { memberAt } from '../../../../src/domain/member.ts';
import type { Installations } from '../../../../src/installations.ts';
import { createLog } from '../../../../src/log.ts';
import type { Store } from '../../../../src/store.ts';
import { openStore } from '../../../../src/stores/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { createMemorySource } from '../../../fakes/memory-source.ts';
import { type Channel, type Message, type SlackOptions, startSlack } from '../../../fakes/slack/index.ts';
import { somePapers } from '../../../fixtures/papers.ts';
import { openWorld, type World } from '../../../world.ts';
import { AGENTS, MONDAY, SUNDAY } from './scene.ts';

/** A Slack app that one workspace made for itself installs nothing. */
const nobody: Installations = {
  get: async () => undefined,
  put: async () => {},
  remove: async () => false,
  alone: async (_workspace, work) => ({ done: await work() }),
};

/** The whole bot; of the world only Slack, its source and its clock are not real. */
export type LiveScene = Awaited<ReturnType<typeof openLive>>;

export async function openLive(options: SlackOptions = {}) {
  const clock = createFakeClock(SUNDAY);
  const fake = await startSlack({ clock, limits: false, ...options });
  const grace = fake.addPerson({ name: 'Grace', role: 'admin' });
  const ada = fake.addPerson({ name: 'Ada' });
  const bo = fake.addPerson({ name: 'Bo' });
  const channel = fake.addChannel({ name: 'papers' });
  const source = createMemorySource(clock);
  const others = somePapers('2610', new Array(20).fill(0));
  source.set({ kind: 'daily', key: '2026-11-23' }, [...AGENTS, ...others]);
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const kept = await openStore('memory:', { clock, log });
  // It outlives the bots.
  const store: Store = Object.create(kept, { close: { value: async () => {} } });
  const isSaid = (text: string) => lines.filter(({ msg }) => msg.startsWith(text)).length;
  let bot: World | undefined;

  const scene = {
    fake,
    grace,
    ada,
    bo,
    channel,
    clock,
    store,
    lines,
    /** Starts the bot; resolves once what was missed is made good. */
    async start(): Promise<void> {
      const before = isSaid('Reactions made meanwhile were looked at');
      const adapter = createSlackAdapter({
        apiUrl: fake.apiUrl,
        hearing: { kind: 'socket', appToken: fake.appToken },
        tokens: { kind: 'one', botToken: fake.botToken },
        installations: nobody,
        route() {},
        clock,
        log,
      });
      bot = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log });
      await adapter.start(bot.host);
      await eventually(() => isSaid('Reactions made meanwhile were looked at') > before);
    },
    async stop(): Promise<void> {
      await bot?.close();
      bot = undefined;
    },
    /** Everything that happens in `work` happens while the bot is away, and nobody tells of it later. */
    async away(work: () => void): Promise<void> {
      await scene.stop();
      work();
      await scene.start();
    },
    /** Grace posts a panel; resolves once it is there with all its emoji. */
    async panel(topics: string, at: Channel = channel): Promise<Message> {
      await grace.slash(at, `/paper topics panel topics:"${topics}"`);
      const wanted = topics.split(',').length;
      await eventually(() => fake.messages(at).at(-1)?.reactions.size === wanted);
      return fake.messages(at).at(-1) as Message;
    },
    /** Posts Monday's edition in cards; its papers as they stand under it. */
    async cards(): Promise<readonly Message[]> {
      await bot?.host.run({
        command: 'feed add',
        options: { layout: 'cards', channel: channel.id, limit: AGENTS.length },
        place: { platform: 'slack', workspace: fake.team.id, channel: channel.id },
        member: { id: grace.id, isManager: true },
        at: clock.now(),
      });
      await bot?.tickAt(MONDAY);
      const heading = fake.messages(channel).find((message) => fake.replies(message).length > 0);
      return heading ? fake.replies(heading) : [];
    },
    async followed({ id }: { id: string }): Promise<string[]> {
      const member = memberAt({ platform: 'slack', workspace: fake.team.id }, id);
      return (await store.people.subscriptions(member)).map(({ key }) => key);
    },
    /** Waits until somebody follows just these. */
    follows: (person: { id: string }, topics: readonly string[]) =>
      eventually(async () => (await scene.followed(person)).join() === topics.join()),
    async saved({ id }: { id: string }): Promise<string[]> {
      const member = memberAt({ platform: 'slack', workspace: fake.team.id }, id);
      const { papers } = await store.people.saved(member, { offset: 0, limit: 100 });
      return papers.map(({ paperId }) => paperId);
    },
    async [Symbol.asyncDispose]() {
      await scene.stop();
      await kept.close();
      await fake.stop();
    },
  };
  await scene.start();
  return scene;
}

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
