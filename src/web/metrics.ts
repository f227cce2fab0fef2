import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { type Instant, msBetween } from '../domain/calendar.ts';
import { OUTCOMES } from '../domain/edition.ts';
import { PLATFORMS } from '../domain/feed.ts';
import type { Observer } from '../observer.ts';
import type { StoreFigures } from '../store.ts';
import { createFiguresShown, createGauge, createLastRead } from './gauges.ts';

/** What is read anew for each answer. */
export interface Figures extends StoreFigures {
  /** When a listing was last read, in this process or before it. */
  lastReadAt?: Instant;
}

export interface MetricsOptions {
  /** May reject: what the store would have told is then left out. */
  figures: () => Promise<Figures>;
  /** The names of all commands; any other counts as `other`. */
  commands: readonly string[];
  /** Of the program. */
  version: string;
}

/** Counts what happens, for Prometheus. */
export interface Metrics extends Observer {
  /** All of them in the text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). Never rejects. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** The source of listings, and the one that completes them. */
const SOURCES = ['hugging-face', 'arxiv'] as const;
const WAYS = ['api', 'hydration', 'markup'] as const;
const READINGS = ['read', 'empty', 'unavailable', 'changed-shape'] as const;
const RESTS = ['sent', 'refused', 'uncertain', 'dismissed'] as const;
const REPLIES = ['done', 'refused', 'failed'] as const;
const STATUSES = ['200', '304', '404', '429'] as const;

/** From a second to a day. */
const LAG_BUCKETS = [1, 5, 15, 60, 300, 900, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 24 * 3600];
/** Discord and Slack wait three seconds for a first answer (`platforms.md`). */
const REPLY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30];

const MS_PER_SECOND = 1000;

/** Metrics in a registry of their own. Every label is one of a known set or `other`, whatever arrives. */
export function createMetrics({ figures, commands, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  createGauge(registry, 'paperwire_build_info', 'The version that runs; always 1.', ['version'])
    .labels({ version })
    .set(1);
  const lastRead = createLastRead(registry);
  const show = createFiguresShown(registry);
  return {
    ...countEditions(registry),
    ...countSources(registry, lastRead),
    ...timeReplies(registry, commands),
    contentType: registry.contentType,
    async text() {
      const now = await readOrNothing(figures);
      show(now);
      if (now?.lastReadAt !== undefined) lastRead(SOURCES[0], now.lastReadAt);
      return await registry.metrics();
    },
  };
}

/** A store that cannot be read is a figure itself: `paperwire_store_up`. */
async function readOrNothing(figures: () => Promise<Figures>): Promise<Figures | undefined> {
  try {
    return await figures();
  } catch {
    return undefined;
  }
}

function countEditions(registry: Registry): Pick<Observer, 'slotDone' | 'deliveryDone'> {
  const registers = [registry];
  const editions = new Counter({
    name: 'paperwire_editions_total',
    help: 'Editions that came to an outcome, digests among them.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const lag = new Histogram({
    name: 'paperwire_edition_lag_seconds',
    help: 'From the time at which an edition was due until all of it was posted; those that were posted only.',
    labelNames: ['platform'],
    buckets: LAG_BUCKETS,
    registers,
  });
  const deliveries = new Counter({
    name: 'paperwire_deliveries_total',
    help: 'Messages that came to rest, of editions, digests and notices.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  return {
    slotDone({ state, dueAt, changedAt }, given) {
      const platform = among(PLATFORMS, given);
      editions.inc({ platform, outcome: among(OUTCOMES, state) });
      if (state !== 'posted' && state !== 'posted-so-far') return;
      observe(lag.labels({ platform }), msBetween(dueAt, changedAt));
    },
    deliveryDone(state, platform) {
      deliveries.inc({ platform: among(PLATFORMS, platform), outcome: among(RESTS, state) });
    },
  };
}

function countSources(
  registry: Registry,
  lastRead: (source: string, at: Instant) => void,
): Pick<Observer, 'sourceAnswered' | 'wayRead'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'paperwire_source_requests_total',
    help: 'Requests to a source by the status of their answer; none where no answer came.',
    labelNames: ['source', 'way', 'status'],
    registers,
  });
  const readings = new Counter({
    name: 'paperwire_source_readings_total',
    help: 'Tries of a way into a source, by what it gave.',
    labelNames: ['source', 'way', 'outcome'],
    registers,
  });
  const namesOf = (given: { source: string; way: string }) => ({
    source: among(SOURCES, given.source),
    way: among(WAYS, given.way),
  });
  return {
    sourceAnswered({ status, ...asked }) {
      requests.inc({ ...namesOf(asked), status: statusLabel(status) });
    },
    wayRead({ outcome, at, ...tried }) {
      const names = namesOf(tried);
      readings.inc({ ...names, outcome: among(READINGS, outcome) });
      if (outcome === 'read') lastRead(names.source, at);
    },
  };
}

function timeReplies(registry: Registry, commands: readonly string[]): Pick<Observer, 'answered'> {
  const replies = new Histogram({
    name: 'paperwire_reply_duration_seconds',
    help: 'How long commands took until their answer was there to be sent.',
    labelNames: ['platform', 'command', 'outcome'],
    buckets: REPLY_BUCKETS,
    registers: [registry],
  });
  return {
    answered({ platform, command, outcome, tookMs }) {
      const labels = {
        platform: among(PLATFORMS, platform),
        command: among(commands, command),
        outcome: among(REPLIES, outcome),
      };
      observe(replies.labels(labels), tookMs);
    },
  };
}

/** A clock that was set back meanwhile makes a time of less than nothing; one that is no time is left out. */
function observe(histogram: { observe(seconds: number): void }, tookMs: number): void {
  if (Number.isFinite(tookMs)) histogram.observe(Math.max(0, tookMs) / MS_PER_SECOND);
}

function among(known: readonly string[], given: string | undefined): string {
  return given !== undefined && known.includes(given) ? given : 'other';
}

function statusLabel(status: number | undefined): string {
  if (status === undefined) return 'none';
  return status >= 500 && status <= 599 ? '5xx' : among(STATUSES, String(status));
}
