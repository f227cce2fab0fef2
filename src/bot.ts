import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { commands } from '../commands/index.ts';
import type { PeopleServices, Services } from './abilities.ts';
import type { Adapter, Host } from './adapter.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Platform } from './domain/feed.ts';
import type { Member } from './domain/member.ts';
import { StoreError } from './errors.ts';
import { createHost } from './host.ts';
import { createHttp, type Http } from './http.ts';
import type { Log } from './log.ts';
import { blindObserver, type Observer } from './observer.ts';
import { createCircuits } from './pipeline/circuit.ts';
import { find } from './pipeline/fetch.ts';
import { type Call, watchPlatform } from './pipeline/operator.ts';
import { deliveriesOf } from './pipeline/plan.ts';
import { createReader, type Reader } from './pipeline/reader.ts';
import { createLine, type Line } from './pipeline/run.ts';
import { createUpkeep, type Upkeep } from './pipeline/upkeep.ts';
import type { Queue } from './queue.ts';
import { createLocalQueue } from './queues/local.ts';
import { createDecisions, type Decisions } from './scheduler/decisions.ts';
import { createDigests, type Digests, type DigestsDependencies } from './scheduler/digests.ts';
import { createFeeds, type Feeds } from './scheduler/feeds.ts';
import { createMembers } from './scheduler/members.ts';
import { createQuietUntil } from './scheduler/quiet.ts';
import { createReactions } from './scheduler/reactions.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { createSubscribers } from './scheduler/subscribers.ts';
import { createWorkspaces } from './scheduler/workspaces.ts';
import { createSearch } from './search/index.ts';
import { type AskSource, createSearchTogether, type TogetherDependencies } from './search/together.ts';
import type { Search } from './search.ts';
import type { Source } from './source.ts';
import { createArxivSource } from './sources/arxiv/index.ts';
import { openSource } from './sources/index.ts';
import { createSampleSource } from './sources/sample.ts';
import type { Store } from './store.ts';
import { openStore } from './stores/index.ts';
import { MAIL } from './subscribers.ts';
import { cite } from './text/citation.ts';
import { builtInTopicsOf } from './topics/classify.ts';
import { followable } from './topics/followable.ts';
import { topicsOfPaper } from './topics/of-paper.ts';
import { createWishes } from './topics/wishes.ts';
import { VERSION } from './version.ts';

/** Everything put together: the only place that knows all parts. */
export interface Bot {
  source: Source;
  store: Store;
  reader: Reader;
  line: Line;
  queue: Queue;
  feeds: Feeds;
  decisions: Decisions;
  upkeep: Upkeep;
  /** The index of the archive. */
  search: Search;
  /** What commands may ask. */
  services: Services;
  host: Host;
  scheduler: Scheduler;
  /** Ends the ticks, stops the adapters and closes the store, in this order. */
  close(): Promise<void>;
}

/** What a bot is made of. */
export interface Parts {
  source: Source;
  /** Asked for single papers that the source does not know. */
  arxiv?: Source;
  /** Shown when nothing else can be had; only where no platform but the terminal is set up. */
  sample?: Source;
  store: Store;
  adapters: readonly Adapter[];
  clock: Clock;
  log: Log;
  /** Is told what happens; default nobody. */
  observer?: Observer;
  /** Shares work with other processes; absent where this one does all that it begins. */
  queue?: Queue;
  /** Makes feed ids, the same for the same seed. */
  newId?: (seed?: string) => string;
  /** Hands alarms on to the operator. */
  call?: Call;
  /** The archive keeps what was seen within so many days; absent keeps all. */
  archiveDays?: number;
  /** Where the search index lies; absent keeps it in memory. */
  indexPath?: string;
  /** How long a search waits for the index to catch up with the archive. */
  indexPatienceMs?: number;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/** Opens the source that the configuration names and assembles the bot on a store, which it closes in the end. */
export async function createBot(
  config: Config,
  given: Pick<Parts, 'store' | 'adapters' | 'clock' | 'log' | 'observer' | 'queue' | 'indexPatienceMs'>,
): Promise<Bot> {
  const { adapters, clock, log, observer = blindObserver } = given;
  const http = createHttp({ userAgent: `paperwire/${VERSION}`, clock, log });
  const arxiv = createArxivSource({ baseUrl: config.arxivUrl, http, clock, log, observer });
  const source = await openSource(config.source, { ...config, arxiv, http, clock, log, observer });
  const hasPlatform = adapters.some(({ platform }) => platform !== 'terminal' && platform !== 'web');
  const sample = hasPlatform ? {} : { sample: createSampleSource({ clock }) };
  const archiveDays = config.archiveDays === undefined ? {} : { archiveDays: config.archiveDays };
  const call = config.alarmUrl === undefined ? {} : { call: createCall(config.alarmUrl, http) };
  const { indexPath } = config;
  return assembleBot({ ...given, source, arxiv, ...sample, ...archiveDays, ...call, indexPath });
}

/**
 * Opens a store, but not one that is half filled: what a feed has posted might be missing in it. Errors: `StoreError`,
 * `ConfigError`.
 */
export async function openWholeStore(
  url: string,
  dependencies: Pick<Parts, 'clock' | 'log'>,
): Promise<Store> {
  const store = await openStore(url, dependencies);
  if ((await store.transfer.state()) !== 'unfinished') return store;
  await store.close();
  const message = 'an import into it was not finished. Run paperwire import with the same export again.';
  throw new StoreError('opening', { message });
}

/** Posts each alarm as JSON: what it is, that it began or is over, and the alarm itself. */
function createCall(url: string, http: Http): Call {
  return async (alarm, event, signal) => {
    await http.post({ url, json: { event, ...alarm }, ...(signal ? { signal } : {}) });
  };
}

/** Puts the parts together. Nothing runs until `scheduler` or `host` is asked to. */
export function assembleBot(parts: Parts): Bot {
  const { source, store, clock, log, observer = blindObserver } = parts;
  const { newId = shortId, random = Math.random, queue = createLocalQueue() } = parts;
  const adapters = new Map<Platform, Adapter>(parts.adapters.map((adapter) => [adapter.platform, adapter]));
  const reader = createReader(parts);
  const circuits = createCircuits(random);
  const wantsOf = createWishes(store.people);
  const quietUntil = createQuietUntil(store);
  const told = { clock, log, observer, random };
  const needs = { source, store, queue, adapters, circuits, wantsOf, quietUntil, ...told };
  const line = createLine(needs);
  const upkeep = createUpkeep({ ...parts, ...needs });
  const feeds = createFeeds({ store, line, adapters, clock, newId });
  const decisions = createDecisions({ store, line, clock, observer });
  const digests = createDigests({ store, clock, observer, ...placesOf(adapters, clock) });
  const index = createIndex(parts);
  const people = createPeople(parts, { digests, decisions, index });
  const search = createSearchTogether({ ...searchParts(parts), search: index });
  const mail = mailServices(adapters);
  const services: Services = { ...reader, search, people, ...mail, feeds, deliveries: decisions };
  const host = createWholeHost(services, digests, { store, clock, log, observer });
  const scheduler = createScheduler({ line, queue, upkeep, store, clock, log });
  if (!queue.isShared) void queue.work(scheduler.handle);
  return {
    source,
    store,
    reader,
    line,
    queue,
    feeds,
    decisions,
    upkeep,
    search: index,
    services,
    host,
    scheduler,
    async close() {
      // Together: what the queue has in hand must not go on to the next message while people are still told.
      await Promise.all([scheduler.stop(), queue.close()]);
      for (const adapter of adapters.values()) await adapter.stop();
      await index.close();
      await store.close();
    },
  };
}

function createIndex({ store, clock, indexPath: path = ':memory:', indexPatienceMs }: Parts): Search {
  const patience = indexPatienceMs === undefined ? {} : { patienceMs: indexPatienceMs };
  return createSearch({ path, archive: store, clock, ...patience });
}

/** What members may ask; who and what may be followed is found in the index too. */
function createPeople(
  { store, clock, sample }: Parts,
  { digests, decisions, index }: { digests: Digests; decisions: Decisions; index: Search },
): PeopleServices {
  const { people } = store;
  return createMembers({
    store,
    digests,
    decisions,
    topicsOf: (workspace, paper) => topicsOfPaper(workspace, paper, people),
    followable: (workspace, what) => followable(workspace, what, { people, search: index }),
    cite,
    ...(sample ? { sample } : {}),
    clock,
  });
}

/** What an adapter may ask: to have a command answered, and to have kept what happens beside commands. */
function createWholeHost(
  services: Services,
  digests: Digests,
  { store, ...told }: { store: Store; clock: Clock; log: Log; observer: Observer },
): Host {
  const { clock } = told;
  return {
    ...createHost(commands, services, told),
    reactions: createReactions({ store, digests, people: services.people, clock }),
    workspaces: createWorkspaces({ store, clock }),
    subscribers: createSubscribers({ store, clock }),
    isFirst: (what, withinMs) => store.ledger.claim(`first:${what}`, randomUUID(), withinMs),
    report: (platform, trouble) => watchPlatform(platform, trouble, { store, clock }),
  };
}

/** What a digest asks of the platforms. */
function placesOf(
  adapters: ReadonlyMap<Platform, Adapter>,
  clock: Clock,
): Pick<DigestsDependencies, 'deliveriesOf' | 'privateThread'> {
  return {
    deliveriesOf(notice, card, destination) {
      const adapter = adapters.get(destination.platform);
      return adapter ? deliveriesOf(notice, [card], { adapter, destination, plannedAt: clock.now() }) : [];
    },
    privateThread: (place, member) => adapters.get(place.platform)?.privateThread?.(place, member),
  };
}

/** Nothing where no e-mail is set up. */
function mailServices(adapters: ReadonlyMap<Platform, Adapter>): Pick<Services, 'mail'> {
  const adapter = adapters.get(MAIL.platform);
  const invite = adapter?.invite?.bind(adapter);
  if (!invite) return {};
  // Not by their workspace: on Discord one may enter as many servers as they like.
  const nameOf = ({ platform, id }: Member) => JSON.stringify([platform, id]);
  return { mail: { invite: (address, order, asker) => invite(address, order, nameOf(asker)) } };
}

/** What the search beside the index is made of: the source, and the sample where it may be shown. */
function searchParts(parts: Parts): Omit<TogetherDependencies, 'search'> {
  const { source, sample, store, clock, log } = parts;
  const askSource: AskSource = async (text) => {
    const finding = await find({ kind: 'search', key: text }, { source, store, clock, log });
    if ('failure' in finding) throw finding.failure;
    return finding.papers;
  };
  // Whoever has one real paper is shown real ones.
  const fromSample: AskSource = async (text) =>
    sample && (await store.ledger.changedPapers(0, 1)).length === 0
      ? (await sample.read({ kind: 'search', key: text })).papers
      : [];
  return { askSource, sample: fromSample, people: store.people, topicsOf: builtInTopicsOf, clock, log };
}

/** Six letters and digits without those that look alike: a thousand million ids that can be read out. */
function shortId(seed?: string): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const bytes =
    seed === undefined ? randomBytes(6) : createHash('sha256').update(seed).digest().subarray(0, 6);
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
