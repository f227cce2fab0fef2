import { load } from 'cheerio/slim';
import { Hono } from 'hono';
import { expect } from 'vitest';
import { type LogFields, silentLog } from '../../src/log.ts';
import type { ArchiveView, Check, StatusView } from '../../src/view.ts';
import { addArchivePages } from '../../src/web/archive/index.ts';
import { addAssets } from '../../src/web/assets.ts';
import { addFaultPages } from '../../src/web/faults.ts';
import { addHealth, addMetrics } from '../../src/web/health.ts';
import { addStatusPage } from '../../src/web/status/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { anArchive } from './archive-fixture.ts';
import { actsIn, readStrictly, turnsIn } from './html-faults.ts';
import { aHealth, aStatus, NOW } from './status-fixture.ts';

export const BASE = 'https://papers.example';

export interface Given {
  archive?: ArchiveView;
  status?: StatusView;
  checks?: readonly Check[];
  hasPlayground?: boolean;
  hasMail?: boolean;
}

/** All pages over what a test gives, without a port before them. */
export function openPages(given: Given = {}) {
  const { archive = anArchive({}), status = aStatus(), checks } = given;
  const { hasPlayground = true, hasMail = false } = given;
  const logged: [string, LogFields | undefined][] = [];
  const log = {
    ...silentLog,
    error: (message: string, fields?: LogFields) => void logged.push([message, fields]),
  };
  const site = { hasPlayground, hasMail, baseUrl: () => BASE };
  const clock = createFakeClock(NOW);
  const health = aHealth(checks);
  const app = new Hono();
  addArchivePages(app, { site, archive, clock });
  addStatusPage(app, { site, status, health, version: '1.2.3', clock, log });
  addHealth(app, { health });
  addMetrics(app, { text: async () => '# nothing\n', contentType: 'text/plain; version=0.0.4' });
  addAssets(app);
  addFaultPages(app, { site, log });
  const get = async (path: string, headers: Record<string, string> = {}) =>
    await app.request(path, { headers });

  /** A page that is written as it should be. */
  async function see(path: string, status = 200) {
    const response = await get(path);
    const text = await response.text();
    expect(response.status, path).toBe(status);
    expectSound(text);
    const $ = load(text);
    return { $, text, headers: response.headers, main: $('main').text().replace(/\s+/g, ' ').trim() };
  }

  return { get, see, logged };
}

/** Nothing is left open, nothing acts, nothing turns its neighbours round. */
export function expectSound(page: string): void {
  const reading = readStrictly(page);
  expect(reading.faults).toEqual([]);
  expect(actsIn(reading)).toEqual([]);
  expect(turnsIn(reading)).toEqual([]);
}
