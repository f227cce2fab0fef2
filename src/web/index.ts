import type { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import { type Gate, listenerOf } from '../gate.ts';
import type { Log } from '../log.ts';
import type { Server } from '../server.ts';
import type { ArchiveView, HealthView, StatusView } from '../view.ts';
import type { Site } from './answers.ts';
import { goToNewest } from './archive/days.ts';
import { addArchivePages } from './archive/index.ts';
import { addAssets } from './assets.ts';
import { addFaultPages } from './faults.ts';
import { addHealth, addMetrics, type MetricsText } from './health.ts';
import { addStatusPage } from './status/index.ts';
import { addSyndication } from './syndication/index.ts';

/** What the web side is made from. */
export interface WebParts {
  route: Server['route'];
  gate: Gate;
  archive: ArchiveView;
  status: StatusView;
  health: HealthView;
  metrics: MetricsText;
  /** Somebody else answers at `/`. */
  hasPlayground: boolean;
  /** Somebody else answers at `/email`. */
  hasMail: boolean;
  /** Of the program. */
  version: string;
  clock: Clock;
  log: Log;
}

const OPEN = ['/days', '/papers', '/topics', '/search', '/feeds', '/assets'] as const;
const OPEN_FILES = ['/robots.txt', '/favicon.ico', '/healthz', '/readyz'] as const;
const LOCKED = ['/status', '/metrics'] as const;

/** Takes its paths of the one port: the archive and its syndication for everybody, status and metrics behind the lock. */
export function mountWeb(parts: WebParts): void {
  const { route, gate, hasPlayground, hasMail } = parts;
  const site = { hasPlayground, hasMail, baseUrl: gate.baseUrl };
  const open = listenerOf(openApp(parts, site));
  const locked = listenerOf(lockedApp(parts, site));
  for (const prefix of [...OPEN, ...OPEN_FILES]) route(prefix, open);
  for (const prefix of LOCKED) route(prefix, locked);
  if (!hasPlayground) route('', open);
}

function openApp(parts: WebParts, site: Site): Hono {
  const { gate, archive, health, clock, log, hasPlayground } = parts;
  const app = gate.app('open');
  const pages = { site, archive, clock };
  addArchivePages(app, pages);
  addSyndication(app, { archive, gate, clock, log });
  addAssets(app);
  addHealth(app, { health });
  app.get('/robots.txt', (context) => context.text(ROBOTS));
  if (!hasPlayground) app.get('/', (context) => goToNewest(context, pages));
  addFaultPages(app, { site, log });
  return app;
}

function lockedApp(parts: WebParts, site: Site): Hono {
  const app = parts.gate.app('locked');
  addStatusPage(app, { ...parts, site });
  addMetrics(app, parts.metrics);
  addFaultPages(app, { site, log: parts.log });
  return app;
}

/** A search is work, and its pages are no end; all that it finds stands under a day. */
const ROBOTS = `User-agent: *
Disallow: /search
Disallow: /feeds/search
Disallow: /status
Disallow: /metrics
`;
