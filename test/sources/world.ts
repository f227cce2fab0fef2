import { afterEach } from 'vitest';
import { createHttp, type HttpOptions } from '../../src/http.ts';
import type { Log, LogFields } from '../../src/log.ts';
import { type ArxivSource, createArxivSource } from '../../src/sources/arxiv/index.ts';
import { createHuggingFaceSource, type HuggingFaceSource } from '../../src/sources/hugging-face/index.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { createMemoryObserver, type MemoryObserver } from '../fakes/memory-observer.ts';
import { type SourceServer, type SourceServerOptions, startSourceServer } from '../fakes/source-server.ts';

/** A Friday afternoon in UTC; the list of that day has been open for 18 hours. */
export const NOW = '2026-08-21T20:00:00.000Z';
export const FRIDAY = { kind: 'daily', key: '2026-08-21' } as const;
export const SATURDAY = { kind: 'daily', key: '2026-08-15' } as const;

/** A line that was logged. */
export interface LoggedLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  fields: LogFields;
}

export interface SourceWorld {
  server: SourceServer;
  clock: FakeClock;
  source: HuggingFaceSource;
  arxiv: ArxivSource;
  logged: LoggedLine[];
  /** Watches both sources. */
  observer: MemoryObserver;
}

export interface WorldOptions extends SourceServerOptions {
  token?: string;
  http?: Partial<HttpOptions>;
  /** Default true: the source may complete from arXiv. */
  hasArxiv?: boolean;
}

/** A log that remembers. */
export function createMemoryLog(): { log: Log; logged: LoggedLine[] } {
  const logged: LoggedLine[] = [];
  const at =
    (level: LoggedLine['level']) =>
    (message: string, fields: LogFields = {}) =>
      void logged.push({ level, message, fields });
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, logged };
}

/** Both sources on one loopback server, on a clock that stands still at `NOW`. Stop the server when done. */
export async function startSourceWorld(options: WorldOptions = {}): Promise<SourceWorld> {
  const clock = createFakeClock(NOW);
  const server = await startSourceServer({ now: clock.now, ...options });
  const { log, logged } = createMemoryLog();
  const http = createHttp({ userAgent: 'paperwire/test', clock, log, timeoutMs: 5_000, ...options.http });
  const observer = createMemoryObserver();
  const common = { baseUrl: server.url, http, clock, log, observer };
  const arxiv = createArxivSource(common);
  const source = createHuggingFaceSource({
    ...common,
    ...(options.token === undefined ? {} : { token: options.token }),
    ...((options.hasArxiv ?? true) ? { arxiv } : {}),
  });
  return { server, clock, source, arxiv, logged, observer };
}

/** As `startSourceWorld`, ended with the test. Call it at the top of a file. */
export function useSourceWorld(): (options?: WorldOptions) => Promise<SourceWorld> {
  const servers: SourceServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  return async (options) => {
    const world = await startSourceWorld(options);
    servers.push(world.server);
    return world;
  };
}
