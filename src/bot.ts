import { randomBytes } from 'node:crypto';
import { commands } from '../commands/index.ts';
import type { Adapter, Host } from './adapter.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Platform } from './domain/feed.ts';
import { createHost } from './host.ts';
import { createHttp } from './http.ts';
import type { Log } from './log.ts';
import { createReader, type Reader } from './pipeline/reader.ts';
import { createLine, type Line } from './pipeline/run.ts';
import { createFeeds, type Feeds } from './scheduler/feeds.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import type { Source } from './source.ts';
import { createArxivSource } from './sources/arxiv/index.ts';
import { createHuggingFaceSource } from './sources/hugging-face/index.ts';
import { createSampleSource } from './sources/sample.ts';
import type { Store } from './store.ts';
import { openStore } from './stores/index.ts';
import { passes } from './topics/passes.ts';
import { VERSION } from './version.ts';

/** Everything put together: the only place that knows all parts. */
export interface Bot {
  source: Source;
  store: Store;
  reader: Reader;
  line: Line;
  feeds: Feeds;
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
  /** Makes feed ids. */
  newId?: () => string;
}

/** Opens the store and the sources that the configuration names and assembles the bot. Errors: `StoreError`. */
export async function createBot(
  config: Config,
  given: Pick<Parts, 'adapters' | 'clock' | 'log'>,
): Promise<Bot> {
  const { adapters, clock, log } = given;
  const store = await openStore(config.storeUrl, { clock, log });
  const http = createHttp({ userAgent: `paperwire/${VERSION}`, clock, log });
  const arxiv = createArxivSource({ baseUrl: config.arxivUrl, http, clock, log });
  const token = config.huggingFaceToken === undefined ? {} : { token: config.huggingFaceToken };
  const source = createHuggingFaceSource({
    baseUrl: config.huggingFaceUrl,
    ...token,
    arxiv,
    http,
    clock,
    log,
  });
  const hasPlatform = adapters.some(({ platform }) => platform !== 'terminal' && platform !== 'web');
  const sample = hasPlatform ? {} : { sample: createSampleSource({ clock }) };
  return assembleBot({ ...given, source, arxiv, ...sample, store });
}

/** Puts the parts together. Nothing runs until `scheduler` or `host` is asked to. */
export function assembleBot(parts: Parts): Bot {
  const { source, store, clock, log, newId = shortId } = parts;
  const adapters = new Map<Platform, Adapter>(parts.adapters.map((adapter) => [adapter.platform, adapter]));
  const reader = createReader(parts);
  const line = createLine({ source, store, adapters, passes, clock, log });
  const feeds = createFeeds({ store, line, clock, newId });
  const host = createHost(commands, { ...reader, feeds }, log);
  const scheduler = createScheduler({ line, store, clock, log });
  return {
    source,
    store,
    reader,
    line,
    feeds,
    host,
    scheduler,
    async close() {
      await scheduler.stop();
      for (const adapter of adapters.values()) await adapter.stop();
      await store.close();
    },
  };
}

/** Six letters and digits without those that look alike: a thousand million ids that can be read out. */
function shortId(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from(randomBytes(6), (byte) => alphabet[byte % alphabet.length]).join('');
}
