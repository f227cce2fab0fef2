// The web side in a process of its own, over a store that another one has filled; or a bare server, for comparison. Forked
// with `ServerSettings` as JSON: tells its address, then answers each `Asked` of its parent.
import { createServer as createBareServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createWebAdapter } from '../../adapters/web/index.ts';
import { PLAYGROUND } from '../../adapters/web/place.ts';
import type { Adapter } from '../../src/adapter.ts';
import { assembleBot, type Bot } from '../../src/bot.ts';
import { systemClock as clock } from '../../src/clock.ts';
import { ripeDays } from '../../src/domain/listing.ts';
import { createGate } from '../../src/gate.ts';
import { createLog } from '../../src/log.ts';
import { createServer } from '../../src/server.ts';
import { openStore } from '../../src/stores/index.ts';
import { createArchiveView } from '../../src/views/archive.ts';
import { createHealthView } from '../../src/views/health.ts';
import { createSourceWatch } from '../../src/views/source-watch.ts';
import { createStatusView } from '../../src/views/status.ts';
import { mountWeb } from '../../src/web/index.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { memoryOf } from './memory.ts';

export interface ServerSettings {
  /** Answers `ok` to everything, and nothing else is there. */
  isBare?: true;
  storeUrl: string;
  indexPath: string;
  boardPath: string;
}

/** What the parent asks for; each is answered by `Told`. */
export type Asked =
  | { ask: 'spent' }
  /** Posts a message on the playground; answered once it is there. */
  | { ask: 'post'; number: number }
  /** Posts an edition a second on the playground until `rest`. */
  | { ask: 'editions' }
  | { ask: 'rest' }
  | { ask: 'end' };

export interface Told {
  url?: string;
  /** All threads of the process, since it began. */
  cpuMs: number;
  /** Resident, once what can be collected was; undefined where the system does not tell. */
  residentMb: number | undefined;
  /** Messages of editions that were posted. */
  posted: number;
}

/** What stands behind the address. */
interface Running {
  url: string;
  post(number: number): Promise<void>;
  /** Posts an edition a second until the signal; out: messages. */
  editions(over: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

const EDITION = Array.from({ length: 30 }, (_, index) => 100 - index);
const MEMBER = 'ada0ada0ada0ada0';
const EVERY_MS = 1000;
const PLENTY = 1_000_000_000;

async function runBare(): Promise<Running> {
  const server = createBareServer((_request, response) => void response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    post: async () => undefined,
    editions: async () => 0,
    close: async () => void server.close(),
  };
}

/** As `paperwire start` has it, but for limits that one reader who stands for all would run into. */
async function runWeb({ storeUrl, indexPath, boardPath }: ServerSettings): Promise<Running> {
  const log = createLog({ level: 'error' });
  const store = await openStore(storeUrl, { clock, log });
  const server = createServer({ host: '127.0.0.1', port: 0, clock, log });
  const { route } = server;
  const limits = { requests: PLENTY, changes: PLENTY };
  const gate = createGate({ host: '127.0.0.1', log, limits });
  const web = createWebAdapter({ boardPath, gate, route, loadLooks: async () => [], clock, log });
  const source = createMemorySource(clock);
  for (const key of ripeDays(clock.now(), 0, 3))
    source.set({ kind: 'daily', key }, somePapers('2611', EDITION));
  const bot = assembleBot({ source, store, adapters: [web], clock, log, indexPath });
  mount(bot, { route, gate });
  await bot.search.follow();
  await web.start(bot.host);
  await server.start();
  return {
    url: server.url ?? '',
    post: (number) => post(web, number),
    editions: (over) => postEditions(bot, over),
    async close() {
      await server.stop(0);
      await bot.close();
    },
  };
}

type Port = Pick<Parameters<typeof mountWeb>[0], 'route' | 'gate'>;

function mount({ store, source, search }: Bot, port: Port): void {
  const log = createLog({ level: 'error' });
  const watch = createSourceWatch();
  mountWeb({
    ...port,
    // Nobody is asked for newer lists: what there is was archived before.
    archive: createArchiveView({ store, search, clock, log }),
    status: createStatusView({ store, source, watch, clock }),
    health: createHealthView({ store, platforms: ['web'], source, watch, clock, log }),
    metrics: createMetrics({ figures: () => store.figures(), commands: [], version: 'bench' }),
    hasPlayground: true,
    hasMail: false,
    version: 'bench',
    clock,
    log,
  });
}

async function post(web: Adapter, number: number): Promise<void> {
  const paragraphs = ['A message as a card without papers has it.', `It is the one of number ${number}.`];
  const [payload] = web.render({ kind: 'text', title: `Message ${number}`, paragraphs });
  if (payload === undefined) throw new Error('The card came to no message.');
  const id = `bench:${number}`;
  await web.send({ id, destination: PLAYGROUND, payload });
}

/** One a second, each by a feed of its own, of 30 papers in messages of their own. */
async function postEditions({ feeds, store }: Bot, over: AbortSignal): Promise<number> {
  let messages = 0;
  while (!over.aborted) {
    const { feed } = await feeds.add(PLAYGROUND, MEMBER, { layout: 'cards', limit: 30 });
    const slot = await feeds.run(PLAYGROUND, feed.id);
    if (slot?.state !== 'posted') throw new Error(`An edition was not posted: ${slot?.sentence}`);
    messages += EDITION.length + 1;
    await store.removeFeed(feed.id);
    await clock.sleep(EVERY_MS);
  }
  return messages;
}

/** Twice: what the first round lets go of may hold more. */
async function collect(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    globalThis.gc?.();
    await turn();
  }
}

function told(more: Partial<Told>): Told {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, residentMb: memoryOf(process.pid)?.nowMb, posted: 0, ...more };
}

async function serve(running: Running): Promise<void> {
  let posting: { over: AbortController; posted: Promise<number> } | undefined;
  async function answer(asked: Asked): Promise<Partial<Told>> {
    switch (asked.ask) {
      case 'post':
        await running.post(asked.number);
        return {};
      case 'editions': {
        const over = new AbortController();
        posting = { over, posted: running.editions(over.signal) };
        return {};
      }
      case 'rest':
        posting?.over.abort();
        return { posted: (await posting?.posted) ?? 0 };
      case 'spent': {
        const spent = told({});
        await collect();
        return { cpuMs: spent.cpuMs };
      }
      case 'end':
        await running.close();
        process.disconnect();
        return {};
      default:
        return asked satisfies never;
    }
  }
  process.on('message', async (asked: Asked) => {
    const more = await answer(asked);
    if (process.connected) process.send?.(told(more));
  });
  // Also where the parent has died.
  process.on('disconnect', () => process.exit());
  process.send?.(told({ url: running.url }));
}

const settings = JSON.parse(process.argv[2] ?? '') as ServerSettings;
await serve(await (settings.isBare ? runBare() : runWeb(settings)));
