import { commands } from '../../commands/index.ts';
import type { Bot } from '../bot.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Platform } from '../domain/feed.ts';
import { currentListing } from '../domain/listing.ts';
import { createGate, type Gate } from '../gate.ts';
import type { Log } from '../log.ts';
import { type Observer, observeTogether } from '../observer.ts';
import { find } from '../pipeline/fetch.ts';
import type { RunWatch } from '../scheduler/runs.ts';
import type { Server } from '../server.ts';
import type { Store } from '../store.ts';
import { VERSION } from '../version.ts';
import { createArchiveView } from '../views/archive.ts';
import { createHealthView } from '../views/health.ts';
import { createSourceWatch } from '../views/source-watch.ts';
import { createStatusView } from '../views/status.ts';
import { lastFetchedAt, newestLists } from '../views/volume.ts';
import { mountWeb } from '../web/index.ts';
import { createMetrics, type Figures } from '../web/metrics.ts';

export interface WebSideDependencies {
  store: Store;
  /** Takes paths of the one port. */
  route: Server['route'];
  clock: Clock;
  log: Log;
}

/** What a browser sees of the bot, and who watches it. */
export interface WebSide {
  /** Before everything that a browser may ask. */
  gate: Gate;
  /** Is to be told what the bot does. */
  observer: Observer;
  /** Puts the pages over a bot that runs on these platforms; `runs`: where other processes have a part in them. */
  mount(bot: Bot, beside: { platforms: readonly Platform[]; runs?: RunWatch }): void;
}

/** Everything of the web side but the playground, which is an adapter. */
export function createWebSide(config: Config, dependencies: WebSideDependencies): WebSide {
  const { store, route, clock, log } = dependencies;
  const { password, hasPlayground } = config.web;
  const gate = createGate({
    ...config.http,
    // Slack calls https alone, which the port does not speak.
    isProxied: config.slack?.hearing.kind === 'http',
    ...(password === undefined ? {} : { password }),
    log,
  });
  const metrics = createMetrics({
    figures: () => figuresOf(dependencies),
    commands: commands.map(({ name }) => name),
    version: VERSION,
  });
  const watch = createSourceWatch();
  return {
    gate,
    observer: observeTogether([metrics, watch]),
    mount(bot, beside) {
      const { source, search } = bot;
      const freshen = async () => {
        const listing = currentListing('daily', clock.now());
        // Not by the reader: what it shows in the place of the list would hide that it cannot be had.
        const finding = await find(listing, { source, store, clock, log });
        if ('failure' in finding) throw finding.failure;
      };
      mountWeb({
        route,
        gate,
        archive: createArchiveView({ store, search, freshen, clock, log }),
        status: createStatusView({ store, source, watch, clock }),
        health: createHealthView({ store, ...beside, source, watch, clock, log }),
        metrics,
        hasPlayground,
        hasMail: config.email !== undefined,
        version: VERSION,
        clock,
        log,
      });
    },
  };
}

/** What outlives the process: so `/metrics` tells after a start too when the source was last read. */
async function figuresOf({ store, clock }: Pick<WebSideDependencies, 'store' | 'clock'>): Promise<Figures> {
  const [figures, lists] = await Promise.all([store.figures(), newestLists(clock.now(), store)]);
  const lastReadAt = lastFetchedAt(lists);
  return { ...figures, ...(lastReadAt === undefined ? {} : { lastReadAt }) };
}
