import { createHmac } from 'node:crypto';
import type { Adapter, FeedNeeds, Host, Workspaces } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import type { Destination } from '../../src/domain/feed.ts';
import type { Installations } from '../../src/installations.ts';
import type { Log } from '../../src/log.ts';
import { keptAs } from './cards/payload.ts';
import { render } from './cards/render.ts';
import { examine, examineHearing, examineToken, type Finding } from './doctor.ts';
import type { Hearing } from './gateway/bolt.ts';
import type { HearingConfig } from './gateway/hearing.ts';
import { createGoneUnheard } from './installing/gone-unheard.ts';
import { createInstalling, type InstallingConfig, type TokensConfig } from './installing/installing.ts';
import { type ScopeOption, scopesWith } from './installing/scopes.ts';
import { createPeople, type SlackPeople } from './people.ts';
import { createAsk } from './posting/ask.ts';
import { createBudget, ratesOf } from './posting/budget.ts';
import { createCall } from './posting/call.ts';
import { adminsOf, type ListedChannel, type Named, postableChannels, teamOf } from './posting/channels.ts';
import { createChannelOf } from './posting/direct.ts';
import { edit } from './posting/edit.ts';
import { find } from './posting/find.ts';
import { obstacles } from './posting/obstacles.ts';
import { createPlaces } from './posting/places.ts';
import { send } from './posting/send.ts';

export interface SlackAdapterConfig {
  /** Base address of the Web API, with its last slash. */
  apiUrl: string;
  hearing: Hearing;
  tokens: TokensConfig;
  /** Where people reach this bot; needed where workspaces install it by OAuth. */
  publicUrl?: string;
  /** What is asked for beyond the scopes that everybody needs, of workspaces that install it by OAuth. */
  extras?: readonly ScopeOption[];
  installations: Installations;
  /**
   * Is told who lets us go where nobody is answered: whoever only posts may be the first to hear it. Absent: that is left to
   * the processes that are started.
   */
  workspaces?: Workspaces;
  /** Has requests whose path begins so answered. */
  route: HearingConfig['route'];
  clock: Clock;
  log: Log;
}

/** What is in hand when the bot is told to stop gets so long to be answered. */
const STOP_MS = 8 * SECOND_MS;

/** Brings editions to Slack and answers people there. See `docs/decisions/0006-slack.md`. */
export function createSlackAdapter(config: SlackAdapterConfig): Adapter {
  const { clock } = config;
  let people: SlackPeople | undefined;
  const line: SlackLine = createLine(config, {
    onGone: async (...given) => await (people?.gone ?? goneUnheard)(...given),
    onTrouble: (trouble) => people?.onTrouble(trouble),
  });
  const goneUnheard = createGoneUnheard({ ...config, installing: line.installing });
  const { ask, tokens, places, channelOf } = line;
  const posting = { ask, channelOf, clock, closedThreads: new Set<string>(), progress: new Map() };

  return {
    platform: 'slack',
    async start(host: Host) {
      const { apiUrl, hearing, route, log } = config;
      people = createPeople({
        ...line,
        ...{ apiUrl, hearing, route, clock, log, host },
        oauth: oauthOf(config),
        send: (message) => send(message, posting),
      });
      await people.start();
    },
    render: (card) => render(card).map(keptAs),
    send: (message, signal) => send(message, posting, signal),
    rates: ratesOf,
    // Slack compares nothing: each one that arrives is shown.
    repeatableForMs: () => 0,
    find: (message, sinceAt, signal) => find(message, sinceAt, posting, signal),
    edit: (message, signal) => edit(message, posting, signal),
    // Asked anew: who has just let it in does not want to hear of a minute ago.
    obstacles: (feed, locale) => obstacles(feed, createPlaces({ ask, tokens, clock }), locale),
    installer: (workspace) => places.installer(workspace),
    async stop() {
      await people?.stop(STOP_MS);
      await line.installing.settle();
    },
  };
}

export interface SlackToolsConfig extends Omit<SlackAdapterConfig, 'route'> {
  /** Posts something that nobody has signed. Out: the status. Rejects where nobody answers. */
  knock: (url: string) => Promise<number>;
  /** The workspaces that have us. Errors: `StoreError`. */
  known: () => Promise<readonly string[]>;
}

/** What the command line asks of Slack without being connected. */
export interface SlackTools {
  examine(feeds: readonly (FeedNeeds & { id: string })[]): Promise<Finding[]>;
  /** Of all that, only the bot token, where one has made the app for itself. */
  examineToken(): Promise<Finding[]>;
  /** Of all that, only the way by which the bot hears. */
  examineHearing(): Promise<Finding[]>;
  /** The team that made the app for itself; none where many install it. Errors: those of `Ask`; so below. */
  workspaces(): Promise<Named[]>;
  /** The channels of a team that take editions, those first that we are in. */
  channels(workspace: string): Promise<ListedChannel[]>;
  /** Those who may change feeds in a team. */
  managers(workspace: string): Promise<Named[]>;
  /** Joins a public channel; in one that we are in it does nothing. */
  enter(place: Pick<Destination, 'workspace' | 'channel'>): Promise<void>;
  /** See `Adapter.obstacles`. */
  obstacles(feed: FeedNeeds): Promise<string[]>;
}

export function createSlackTools(config: SlackToolsConfig): SlackTools {
  const line = createLine(config, { async onGone() {}, onTrouble() {} });
  const { installing, ask, tokens, call } = line;
  const { clock, tokens: setUp } = config;
  const keeping = installing.kind === 'many' ? installing.keeping : undefined;
  const given = { ...config, ...line, keeping, setUp };
  return {
    async examine(feeds) {
      const findings = await examine(feeds, given);
      await installing.settle();
      return findings;
    },
    examineToken: () => examineToken(given),
    examineHearing: () => examineHearing(given),
    workspaces: async () => (setUp.kind === 'one' ? [await teamOf(setUp.botToken, call)] : []),
    channels: (workspace) => postableChannels(workspace, ask),
    managers: (workspace) => adminsOf(workspace, ask),
    enter: ({ workspace, channel }) => line.places.join(workspace, channel),
    // Asked anew: who has just let it in does not want to hear of a minute ago.
    obstacles: (feed) => obstacles(feed, createPlaces({ ask, tokens, clock })),
  };
}

/** The one way by which everything but answers leaves. */
export type SlackLine = ReturnType<typeof createLine>;

function createLine(
  config: Omit<SlackAdapterConfig, 'route'>,
  told: Pick<InstallingConfig, 'onGone' | 'onTrouble'>,
) {
  const { clock } = config;
  const call = createCall(config);
  const installing = createInstalling({ ...config, ...told, call });
  const { tokens } = installing;
  const ask = createAsk({ call, tokens, budget: createBudget({ clock }) });
  const places = createPlaces({ ask, tokens, clock });
  return { call, ask, tokens, places, installing, channelOf: createChannelOf(ask) };
}

/** How workspaces install us; undefined where one has made the app for itself. */
function oauthOf({ tokens, publicUrl, extras = [], ...config }: SlackAdapterConfig) {
  if (tokens.kind === 'one' || publicUrl === undefined) return undefined;
  // The same in all processes: where an installation begins need not be where it ends.
  const { stateSecret = secretOf(tokens.clientSecret) } = tokens;
  return { ...config, ...tokens, stateSecret, publicUrl, scopes: scopesWith(extras) };
}

function secretOf(clientSecret: string): string {
  return createHmac('sha256', clientSecret).update('paperwire slack state').digest('base64url');
}
