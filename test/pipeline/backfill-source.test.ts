import { describe, expect, it, onTestFinished } from 'vitest';
import { addDays, type Day, type Instant, MINUTE_MS, msBetween } from '../../src/domain/calendar.ts';
import { hasDailyList } from '../../src/domain/listing.ts';
import { createHttp } from '../../src/http.ts';
import type { Source } from '../../src/source.ts';
import { createHuggingFaceSource } from '../../src/sources/hugging-face/index.ts';
import { type SourceServerOptions, startSourceServer } from '../fakes/source-server.ts';
import { kinds, MON, openArchive, steps } from './backfilling.ts';

describe('a backfill from the real source: it', () => {
  /** The real source on a server of this machine, by a clock that stands still but for the rests. */
  async function openSource(options: SourceServerOptions = {}) {
    const archive = await openArchive();
    const { clock, log } = archive;
    const askedAt: Instant[] = [];
    const now = () => {
      askedAt.push(clock.now());
      return clock.now();
    };
    const server = await startSourceServer({ ...options, now });
    onTestFinished(() => server.stop());
    const http = createHttp({ userAgent: 'paperwire/1.2.3', clock, random: () => 0.5 });
    const source: Source = createHuggingFaceSource({ baseUrl: server.url, http, clock, log });
    return { ...archive, source, server, askedAt };
  }

  const weekdays = (from: Day, count: number) =>
    Array.from({ length: count }, (_, index) => addDays(from, index)).filter(hasDailyList);

  /** The most requests in any five minutes. */
  function mostInWindow(askedAt: readonly Instant[]): number {
    return Math.max(
      ...askedAt.map(
        (from) => askedAt.filter((at) => at >= from && msBetween(from, at) < 5 * MINUTE_MS).length,
      ),
    );
  }

  it('is left at least half of its budget, one request at a time, and no day is asked twice', async () => {
    const archive = await openSource();
    const days = weekdays('2025-01-01', 400);
    const seen = await steps(days, archive);
    expect(new Set(kinds(seen))).toEqual(new Set(['read']));
    const { server } = archive;
    expect([server.count(), server.count('list'), server.mostAtOnce]).toEqual([days.length, days.length, 1]);
    // The server looks at its clock more than once a request.
    const asked = [...new Set(archive.askedAt)];
    expect(mostInWindow(asked)).toBeLessThanOrEqual(250);
    expect(mostInWindow(asked)).toBeGreaterThan(150);
  });

  it('is left half of its pages where they have to stand in for the API', async () => {
    const archive = await openSource();
    archive.server.setFault('list', { kind: 'empty' });
    const seen = await steps(weekdays('2026-06-01', 60), archive);
    expect(seen.every((step) => step.kind === 'read' && step.paperIds.length > 0)).toBe(true);
    expect(mostInWindow([...new Set(archive.askedAt)])).toBeLessThanOrEqual(25);
    expect(archive.server.count('page')).toBe(seen.length);
  });

  it('is waited for when it has had enough, before it has to refuse, and then goes on', async () => {
    const archive = await openSource({ quota: { api: 5, pages: 0 } });
    const seen = await steps(weekdays('2026-06-01', 14), archive);
    expect(kinds(seen).filter((kind) => kind === 'read')).toHaveLength(10);
    const waits = seen.flatMap((step) => (step.kind === 'waits' ? step.waitMs : []));
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.min(...waits)).toBeGreaterThan(200_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    const refused = archive.server.requests.filter(({ route, status }) => route === 'list' && status === 429);
    expect(refused).toEqual([]);
  });

  it('tells a holiday from a failure', async () => {
    const archive = await openSource();
    archive.server.setFault('list', { kind: 'empty', times: 1 });
    archive.server.setFault('page', { kind: 'status', status: 500 });
    expect(kinds(await steps([MON], archive))).toEqual(['doubtful']);
    archive.server.setFault('list', { kind: 'empty', times: 1 });
    archive.server.setFault('page', { kind: 'empty' });
    expect(await steps([MON], archive)).toMatchObject([{ kind: 'read', paperIds: [] }]);
    archive.server.forget();
    expect(kinds(await steps([MON], archive))).toEqual(['known']);
    expect(archive.server.count()).toBe(0);
  });
});
