import { setImmediate } from 'node:timers/promises';
import { REST, Routes } from 'discord.js';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { type Stamp, stamp } from '../../../../adapters/discord/cards/stamp.ts';
import {
  createGateway,
  type GatewayConfig,
  type GatewayHooks,
} from '../../../../adapters/discord/gateway/gateway.ts';
import { commands } from '../../../../commands/index.ts';
import type { Host } from '../../../../src/adapter.ts';
import { type Clock, systemClock } from '../../../../src/clock.ts';
import type { Invocation, Reply } from '../../../../src/command.ts';
import type { Card, TextCard } from '../../../../src/domain/card.ts';
import { createLog } from '../../../../src/log.ts';
import { DEAF_HOST } from '../../../fakes/deaf-host.ts';
import {
  type Channel,
  type DiscordOptions,
  type FakeDiscord,
  type Message,
  startDiscord,
} from '../../../fakes/discord/index.ts';

/** What a test may put in. */
export interface GivenGateway {
  discord?: DiscordOptions;
  /** What the host answers; by default one sentence. */
  run?: (invocation: Invocation) => Promise<Reply> | Reply;
  host?: Partial<Host>;
  hooks?: Partial<GatewayHooks>;
  config?: Partial<GatewayConfig>;
  /** A world that is there already: the bot is started once more. */
  fake?: FakeDiscord;
}

/** The machine's clock, with sleeps that end at once. */
export const sleepless: Clock = {
  ...systemClock,
  async sleep(_durationMs, signal) {
    signal?.throwIfAborted();
    await setImmediate();
    signal?.throwIfAborted();
  },
};

/** As above, with deadlines that come a thousand times sooner. */
export const hurried: Clock = {
  ...sleepless,
  deadline: (durationMs) => systemClock.deadline(durationMs / 1000),
};

/** A loopback Discord with one server, a gateway of ours and a host that notes what it is asked; nothing is started yet. */
export async function prepareGateway(given: GivenGateway = {}) {
  const fake = given.fake ?? (await startDiscord({ limits: false, ...given.discord }));
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const ada = fake.addPerson({ name: 'Ada', locale: 'de' });
  const bo = fake.addPerson({ name: 'Bo', locale: 'en-US' });
  fake.join(guild, ada, { permissions: ['ManageGuild'] });
  fake.join(guild, bo);
  const invocations: Invocation[] = [];
  const recorded: string[] = [];
  const reported: (string | undefined)[] = [];
  const lines: string[] = [];
  const host: Host = {
    ...DEAF_HOST,
    commands,
    async run(invocation) {
      invocations.push(invocation);
      return await (given.run ?? (() => words('Done')))(invocation);
    },
    workspaces: {
      ...DEAF_HOST.workspaces,
      async joined({ workspace }) {
        recorded.push(`joined ${workspace}`);
        return 'new';
      },
      left: async ({ workspace }) => void recorded.push(`left ${workspace}`),
      async present(_platform, present) {
        recorded.push(`present ${[...present].sort().join(' ')}`);
        return [];
      },
    },
    report: async (_platform, trouble) => void reported.push(trouble),
    ...given.host,
  };
  const hooks: GatewayHooks = {
    onReaction() {},
    onReactionsCleared() {},
    async onJoin() {},
    onPanel: async () => undefined,
    onPress: () => undefined,
    onReady() {},
    ...given.hooks,
  };
  const gateway = createGateway({
    token: fake.token,
    apiUrl: fake.url,
    watch() {},
    rightsOf: async () => undefined,
    hooks,
    clock: sleepless,
    log: createLog({ level: 'debug', write: (line) => void lines.push(line) }),
    random: () => 0.5,
    ...given.config,
  });
  const rest = new REST({ api: fake.url }).setToken(fake.token);
  return {
    fake,
    guild,
    channel,
    /** A manager of the server, who reads German. */
    ada,
    /** A member. */
    bo,
    host,
    gateway,
    /** What the host was asked, in order. */
    invocations,
    /** What became of servers, in order. */
    recorded,
    /** How we stood with Discord, in order: undefined for well. */
    reported,
    /** The messages of the log's lines of one level and above debug. */
    logged: (level: number) =>
      lines
        .map((line) => JSON.parse(line))
        .filter((line) => line.level === level)
        .map(({ msg }) => String(msg)),
    /** Starts, and waits until the commands are registered. */
    async start() {
      await gateway.start(host);
      await fake.until(() => fake.commands.length > 0);
    },
    /** Posts a card as the bot, as deliveries are. */
    async post(place: Channel, card: Card, marks: Stamp = {}): Promise<Message> {
      const { body } = render(card)[0] ?? { body: { components: [] } };
      const message = { ...body, components: stamp(body.components, marks) };
      const posted = (await rest.post(Routes.channelMessages(place.id), { body: message })) as { id: string };
      const found = fake.messages(place).find(({ id }) => id === posted.id);
      if (!found) throw new Error('Nothing was posted.');
      return found;
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      if (!given.fake) await fake.stop();
    },
  };
}

/** As `prepareGateway`, and started. */
export async function openGateway(given: GivenGateway = {}) {
  const scene = await prepareGateway(given);
  await scene.start();
  return scene;
}

/** A reply of words. */
export function words(title: string, more: Partial<Reply> & Partial<Pick<TextCard, 'actions'>> = {}): Reply {
  const { actions, ...reply } = more;
  const card = { kind: 'text' as const, title, paragraphs: [], ...(actions ? { actions } : {}) };
  return { visibility: 'private', cards: [card], outcome: 'done', ...reply };
}
