import { setImmediate } from 'node:timers/promises';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { createReactions, type Reactions } from '../../../../adapters/slack/reactions/reactions.ts';
import type { Adapter } from '../../../../src/adapter.ts';
import type { OptionValue, Reply } from '../../../../src/command.ts';
import type { Card, PanelCard } from '../../../../src/domain/card.ts';
import type { Destination } from '../../../../src/domain/feed.ts';
import type { Locale } from '../../../../src/domain/locale.ts';
import { memberAt } from '../../../../src/domain/member.ts';
import type { Paper } from '../../../../src/domain/paper.ts';
import { createLog } from '../../../../src/log.ts';
import type { Store } from '../../../../src/store.ts';
import { openStore } from '../../../../src/stores/index.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { createMemorySource } from '../../../fakes/memory-source.ts';
import { aPaper, somePapers } from '../../../fixtures/papers.ts';
import { openWorld, type World } from '../../../world.ts';
import { createDesk, type DeskMessage, type ReactionEvent, US } from './desk.ts';

/** A Sunday, so that the first edition is Monday's. */
export const SUNDAY = '2026-11-22T12:00:00.000Z';
export const MONDAY = '2026-11-23T09:00:00.000Z';

export const PLACE: Destination = { platform: 'slack', workspace: 'T1', channel: 'C1' };
export const ADA = 'UADA';
export const BO = 'UBO';
export const GRACE = 'UGRACE';
export const ROBOT = 'UROBOT';

export const AGENTS: readonly Paper[] = ['2611.00001', '2611.00002', '2611.00003'].map((id) =>
  aPaper({ id, title: `Tool-using agents, ${id}`, upvotes: 20, abstract: 'LLM agents that use tools.' }),
);

const blocksOf = (card: Card) => render(card)[0]?.body.blocks;

/** The bot with the drawer of reactions; around it a desk for Slack, and a clock. */
export type Scene = Awaited<ReturnType<typeof openReactions>>;

export async function openReactions() {
  const clock = createFakeClock(SUNDAY);
  const desk = createDesk({ clock });
  const source = createMemorySource(clock);
  const others = somePapers('2610', new Array(20).fill(0));
  source.set({ kind: 'daily', key: '2026-11-23' }, [...AGENTS, ...others]);
  const kept = await openStore('memory:', { clock, log: createLog({ level: 'silent', write() {} }) });
  // It outlives the bots.
  const store: Store = Object.create(kept, { close: { value: async () => {} } });
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const memberAsked: string[] = [];
  let memberFault: unknown;
  let bot: { world: World; reactions: Reactions; ending: AbortController } | undefined;

  const adapter: Adapter = {
    platform: 'slack',
    async start() {},
    render: (card) => render(card).map(({ body }) => JSON.parse(JSON.stringify(body))),
    send: async ({ destination, payload }) =>
      desk.post(destination, (payload as unknown as { blocks: unknown }).blocks).ts,
    repeatableForMs: () => 0,
    find: async () => ({ kind: 'unknown', reason: 'Nobody looks.' }),
    installer: async () => undefined,
    async stop() {},
  };
  const places = {
    me: async () => US,
    async member(_team: string, id: string) {
      memberAsked.push(id);
      if (memberFault) throw memberFault;
      return { isAdmin: false, isBot: id === ROBOT, zone: undefined, locale: undefined };
    },
  };

  const running = () => {
    if (!bot) throw new Error('The bot is not running.');
    return bot;
  };

  const scene = {
    clock,
    desk,
    store,
    lines,
    /** Of whom it was asked whether they are bots. */
    memberAsked,
    failMembers: (error: unknown) => {
      memberFault = error;
    },
    /** How often something was logged. */
    isSaid: (text: string) => lines.filter(({ msg }) => msg.startsWith(text)).length,
    get reactions() {
      return running().reactions;
    },
    get host() {
      return running().world.host;
    },
    /** Starts the bot; resolves once what was missed is made good. */
    async start(): Promise<void> {
      const world = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log });
      const ending = new AbortController();
      const post = async (place: Destination, card: PanelCard) => desk.post(place, blocksOf(card)).ts;
      const given = { ask: desk.ask, places, host: world.host, post, clock, log, signal: ending.signal };
      bot = { world, ending, reactions: createReactions({ ...given, random: () => 0.5 }) };
      await bot.reactions.compare();
    },
    async stop(): Promise<void> {
      const { world, reactions, ending } = running();
      ending.abort(new Error('The bot stops.'));
      await reactions.idle();
      await world.close();
      bot = undefined;
    },
    /** Everything that happens in `work` happens while the bot is away. */
    async away(work: () => void | Promise<void>): Promise<void> {
      await scene.stop();
      await work();
      await scene.start();
    },
    /** Slack tells of it. */
    tell: (event: ReactionEvent, team = PLACE.workspace) => running().reactions.take(event, team),
    react: (on: DeskMessage, user: string, name: string) =>
      scene.tell(desk.react(on, user, name), on.place.workspace),
    unreact: (on: DeskMessage, user: string, name: string) =>
      scene.tell(desk.unreact(on, user, name), on.place.workspace),
    /** Gives a command as a manager. */
    give: async (command: string, given: Record<string, OptionValue> = {}, place = PLACE): Promise<Reply> =>
      await running().world.host.run({
        command,
        options: given,
        place,
        member: { id: GRACE, isManager: true },
        at: clock.now(),
      }),
    /** Posts a topic panel, and gives what is said of it to whoever made it. */
    async panelAndWord(topics: string, place = PLACE, locale?: Locale) {
      const { cards } = await scene.give('topics panel', { topics }, place);
      const [card] = cards;
      if (card?.kind !== 'panel') throw new Error('No panel was made.');
      const word = await running().reactions.postPanel(place, card, textsFor(locale));
      const ts = (await store.presence.panels('slack')).at(-1)?.messageId ?? '';
      const panel = desk.find(place, ts);
      if (!panel) throw new Error('No panel was posted.');
      return { panel, word };
    },
    panel: async (topics: string, place = PLACE) => (await scene.panelAndWord(topics, place)).panel,
    /** Posts Monday's edition in cards; its papers as they stand. */
    async cards(place = PLACE): Promise<DeskMessage[]> {
      await scene.give('feed add', { layout: 'cards', channel: place.channel, limit: AGENTS.length }, place);
      await running().world.tickAt(MONDAY);
      const { editions } = await running().world.host.reactions.watched('slack');
      return editions
        .filter(({ destination }) => destination.channel === place.channel)
        .flatMap(({ messageIds }) => messageIds.flatMap((ts) => desk.find(place, ts) ?? []));
    },
    async followed(id: string, place = PLACE): Promise<string[]> {
      return (await store.people.subscriptions(memberAt(place, id))).map(({ key }) => key);
    },
    async saved(id: string): Promise<string[]> {
      const { papers } = await store.people.saved(memberAt(PLACE, id), { offset: 0, limit: 100 });
      return papers.map(({ paperId }) => paperId);
    },
    async [Symbol.asyncDispose]() {
      if (bot) await scene.stop();
      await kept.close();
    },
  };
  await scene.start();
  return scene;
}

/** Lets everything go on until something is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await isSo()); turns += 1) {
    if (turns > 20_000) throw new Error(`It never came to that: ${isSo}`);
    await setImmediate();
  }
}
