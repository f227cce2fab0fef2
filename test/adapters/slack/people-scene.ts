import { setImmediate } from 'node:timers/promises';
import { render } from '../../../adapters/slack/cards/render.ts';
import { createForms } from '../../../adapters/slack/forms/forms.ts';
import { createHearing } from '../../../adapters/slack/gateway/hearing.ts';
import type { Hooks, Told } from '../../../adapters/slack/gateway/told.ts';
import { createHome } from '../../../adapters/slack/home/home.ts';
import { createOneToken } from '../../../adapters/slack/installing/one-token.ts';
import type { Tokens } from '../../../adapters/slack/installing/tokens.ts';
import { createLinks } from '../../../adapters/slack/links/links.ts';
import { createAsk } from '../../../adapters/slack/posting/ask.ts';
import { createBudget } from '../../../adapters/slack/posting/budget.ts';
import { createCall } from '../../../adapters/slack/posting/call.ts';
import { obstacles } from '../../../adapters/slack/posting/obstacles.ts';
import { createPlaces } from '../../../adapters/slack/posting/places.ts';
import { createWelcome } from '../../../adapters/slack/welcome/welcome.ts';
import type { Adapter, Host } from '../../../src/adapter.ts';
import type { OptionValue } from '../../../src/command.ts';
import { createLog } from '../../../src/log.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { type SlackOptions, startSlack } from '../../fakes/slack/index.ts';
import { aPaper, somePapers } from '../../fixtures/papers.ts';
import { openWorld } from '../../world.ts';

/** A Sunday, so that the first edition is Monday's. */
const SUNDAY = '2026-11-22T12:00:00.000Z';

export const AGENTS = aPaper({
  id: '2611.00001',
  title: 'Tool-using agents',
  upvotes: 20,
  authors: [{ name: 'Ada Lovelace' }],
  abstract: 'LLM agents that use tools.',
});

/** What tells whose something is. */
interface Ids {
  actions?: [{ action_id: string }];
  action_id?: string;
  view?: { callback_id?: string };
}

/** The bot with what is no message on Slack, Slack itself as a fake, and people: Grace manages, Ada reads German. */
export type PeopleScene = Awaited<ReturnType<typeof openPeople>>;

export async function openPeople(options: SlackOptions = {}) {
  const clock = createFakeClock(SUNDAY);
  const fake = await startSlack({ clock, limits: false, ...options });
  const grace = fake.addPerson({ name: 'Grace', role: 'admin' });
  const ada = fake.addPerson({ name: 'Ada', locale: 'de-DE' });
  const channel = fake.addChannel({ name: 'papers' });
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const source = createMemorySource(clock);
  source.set({ kind: 'daily', key: '2026-11-23' }, [AGENTS, ...somePapers('2610', new Array(20).fill(0))]);
  const store = await openStore('memory:', { clock, log });
  const call = createCall({ apiUrl: fake.apiUrl, clock, log });
  const tokens: Tokens = createOneToken({ botToken: fake.botToken, call, clock });
  const ask = createAsk({ call, tokens, budget: createBudget({ clock }) });
  const places = createPlaces({ ask, tokens, clock });
  const adapter: Adapter = {
    platform: 'slack',
    async start() {},
    render: (card) => render(card).map((payload) => JSON.parse(JSON.stringify(payload))),
    send: async () => '1.000001',
    repeatableForMs: () => 0,
    find: async () => ({ kind: 'unknown', reason: 'Nobody looks.' }),
    obstacles: (feed, locale) => obstacles(feed, places, locale),
    installer: async () => undefined,
    async stop() {},
  };
  const world = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log });
  const host: Host = { ...world.host };
  const ending = new AbortController();
  const dependencies = { host, places, ask, clock, log };
  const forms = createForms(dependencies);
  const home = createHome({ ...dependencies, forms });
  const links = createLinks(dependencies);
  const welcome = createWelcome({ ...dependencies, forms, signal: ending.signal });

  /** As the adapter itself does: by what an id begins with. */
  const drawerOf = ({ body }: Told) => {
    const { actions, view, action_id } = body as Ids;
    return (actions?.[0].action_id ?? action_id ?? view?.callback_id ?? '').split(':')[0];
  };
  const hooks: Hooks = {
    onLimited() {},
    // Stands for `/paper feed add` without more, which opens the form.
    async onCommand(told) {
      const { team_id: workspace, channel_id: id, user_id: user } = told.body as Record<string, string>;
      const caller = {
        place: { platform: 'slack' as const, workspace: workspace ?? '', channel: id ?? '' },
        member: { id: user ?? '', isManager: user === grace.id },
      };
      await forms.open(told, caller, { kind: 'add' });
    },
    async onPress(told) {
      const drawer = drawerOf(told);
      if (drawer === 'form') await forms.onPress(told);
      if (drawer === 'home') await home.onPress(told);
      if (drawer === 'setup') await welcome.onPress(told);
    },
    onShortcut: async (told) => await told.ack(),
    onSubmit: (told) => forms.onSubmit(told),
    onSuggest: (told) => (drawerOf(told) === 'home' ? home.onSuggest(told) : forms.onSuggest(told)),
    async onEvent(envelope) {
      const { type } = (envelope as { event: { type: string } }).event;
      if (type === 'app_home_opened') await home.onOpened(envelope);
      if (type === 'link_shared') await links.onShared(envelope);
    },
  };
  const hearing = createHearing({
    hearing: { kind: 'socket', appToken: fake.appToken },
    apiUrl: fake.apiUrl,
    tokens,
    hooks,
    clock,
    log,
    route() {},
    onTrouble() {},
    onBack() {},
  });
  await hearing.start();

  return {
    fake,
    clock,
    source,
    store,
    world,
    /** What the drawers ask; a test may put another answer over it. */
    host,
    /** What the drawers are made of. */
    dependencies,
    /** What Slack tells goes here. */
    hooks,
    grace,
    ada,
    channel,
    welcome,
    forms,
    lines,
    isSaid: (text: string) => lines.filter(({ msg }) => msg.startsWith(text)).length,
    feeds: async () => {
      const all = await world.host.run({
        command: 'feed list',
        options: {},
        place: { platform: 'slack', workspace: fake.team.id, channel: channel.id },
        member: { id: grace.id, isManager: true },
        at: clock.now(),
      });
      return (all.data as { feed: Record<string, unknown> }[]).map(({ feed }) => feed);
    },
    give: async (person: { id: string }, command: string, given: Record<string, OptionValue> = {}) =>
      await world.host.run({
        command,
        options: given,
        place: { platform: 'slack', workspace: fake.team.id, channel: channel.id },
        member: { id: person.id, isManager: person.id === grace.id },
        at: clock.now(),
      }),
    /** Ends everything. Out: what was wrong with what was sent, and with what was told. */
    async close(): Promise<string[]> {
      ending.abort(new Error('The bot stops.'));
      await hearing.stop(0);
      await world.close();
      await store.close();
      await fake.stop();
      return [...fake.problems, ...fake.ownProblems];
    },
  };
}

/** Lets everything go on until something is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await isSo()); turns += 1) {
    if (turns > 20_000) throw new Error(`It never came to that: ${isSo}`);
    await setImmediate();
  }
}
