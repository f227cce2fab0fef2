import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { TODAY } from '../end-to-end/running.ts';
import { SHORT_BOUNDS, SIMULATED_BOUNDS } from './bounds.ts';
import { drawCurves } from './curve.ts';
import type { LeakKind } from './leaks.ts';
import { soakForReal } from './real.ts';
import type { Sample } from './samples.ts';
import { soakSimulated } from './simulated.ts';
import { spokenBy } from './spoken.ts';
import { notFlat, trendOf } from './verdict.ts';

/** A bot that starts, lives and ends, on a machine that is busy. */
const LONGEST_MS = 240_000;
const BOUNDS = { heapMb: 5, rssMb: 5, fds: 2, handles: 2 };

/** As many samples, a second apart; `more` is what one has beyond what is flat. */
function samplesOf(count: number, more: (index: number) => Partial<Sample> = () => ({})): Sample[] {
  return Array.from({ length: count }, (_, index) => {
    const flat = { heapMb: 70 + (index % 3), rssMb: 250, fds: 40 + (index % 4), handles: 20 };
    return { atMs: index * SECOND_MS, ...flat, ...more(index) };
  });
}

describe('the verdict over what a process holds', () => {
  it('finds nothing where all goes up and down', () => {
    expect(notFlat(samplesOf(60), BOUNDS)).toEqual([]);
  });

  it('finds what grows, each by itself', () => {
    const grows = samplesOf(60, (index) => ({ heapMb: 70 + index / 4, fds: 40 + index / 10 }));
    expect(notFlat(grows, BOUNDS)).toEqual([
      'heapMb grew from 75.0 to 84.8, by more than 5',
      'fds grew from 42.0 to 45.9, by more than 2',
    ]);
    expect(trendOf(grows, 'heapMb').slopePerHour).toBeCloseTo(900);
  });

  it('looks at what comes after the warm-up only, and says nothing by a few samples', () => {
    const warms = samplesOf(60, (index) => ({ heapMb: index < 20 ? index * 10 : 200 }));
    expect(notFlat(warms, BOUNDS)).toEqual([]);
    expect(notFlat(samplesOf(6), BOUNDS)).toEqual([
      'there are 4 samples after the warm-up, too few to judge by',
    ]);
  });

  it('is drawn, what the system does not tell left out', () => {
    const samples = samplesOf(3, () => ({ rssMb: Number.NaN }));
    const svg = drawCurves([{ title: 'a < b', samples, unit: { name: 's', ms: SECOND_MS } }]);
    expect(svg).toContain('a &lt; b');
    expect(svg).not.toContain('NaN');
  });
});

describe('what a program has said', () => {
  it('is its log, and what is none of it', () => {
    const line = (level: number, msg: string) => JSON.stringify({ level, time: TODAY, msg });
    const lines = [line(30, 'fine'), line(50, 'bad'), line(40, 'odd'), 'moved by -5'];
    const { errors, warnings, strange } = spokenBy([...lines, '(node:1) Warning: leak', ''].join('\n'));
    expect(errors).toEqual([{ message: 'bad', at: TODAY }]);
    expect([...warnings]).toEqual([['odd', 1]]);
    expect(strange).toEqual(['(node:1) Warning: leak']);
  });
});

describe('two simulated hours with 100 feeds', { timeout: LONGEST_MS }, () => {
  const options = { hours: 2, feeds: 100, everyMinutes: 10, bounds: SIMULATED_BOUNDS };

  it('post each edition once and leave the heap as it was', async () => {
    const { broken, verdict } = await soakSimulated(options);
    expect(broken).toEqual([]);
    expect(verdict).toMatchObject({ duplicates: 0, misses: 0, uncertain: 0 });
    expect(verdict.deliveries).toBeGreaterThanOrEqual(100);
  });

  it('finds a bot that keeps something with each minute', async () => {
    const { broken } = await soakSimulated({ ...options, keepsBytes: 100_000 });
    expect(broken).toEqual([expect.stringContaining('heapMb grew')]);
  });
});

describe('twenty seconds in real time', { timeout: LONGEST_MS }, () => {
  const soak = (leaks: readonly LeakKind[]) =>
    soakForReal({
      ...{ durationMs: 20 * SECOND_MS, everyMs: SECOND_MS, troubleMs: 2 * SECOND_MS, isShort: true },
      ...{ seed: 1, bounds: SHORT_BOUNDS, leaks },
    });

  it('with people, editions and trouble find nothing wrong', async () => {
    const { broken, asked, editions, struck } = await soak([]);
    expect(broken).toEqual([]);
    expect(editions?.messages).toBeGreaterThan(editions?.editions ?? 0);
    expect(Math.min(...Object.values(asked.acts))).toBeGreaterThan(10);
    expect(struck.length).toBeGreaterThan(2);
  });

  it('find a leak of memory, a leak of sockets, and a warning', async () => {
    const { broken } = await soak(['memory', 'sockets', 'warning']);
    expect(broken).toContainEqual(expect.stringContaining('heapMb grew'));
    expect(broken).toContainEqual(expect.stringContaining('fds grew'));
    expect(broken).toContainEqual(expect.stringContaining('Warning: Too many listeners.'));
  });

  it('find a rejection that nobody handles', async () => {
    const { broken } = await soak(['rejection']);
    expect(broken).toContain('the bot ended by itself, with 1');
    expect(broken).toContainEqual(expect.stringContaining('Nobody hears of this.'));
  });
});

describe('what is not there', () => {
  const run = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
  const main = fileURLToPath(new URL('main.ts', import.meta.url));

  it.each([
    ['--part', 'nope', 'There is no part "nope". There are: simulated, real.\n'],
    ['--leak', 'nope', 'There is no leak "nope". There are: memory, sockets, rejection, warning.\n'],
    ['--parts', 'real', "Unknown option '--parts'\n"],
  ])(
    '%s %s is told in a sentence, before anything runs, with exit 2',
    (option, value, sentence) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [run, main, option, value], {
        encoding: 'utf8',
      });
      expect([status, stdout, stderr]).toEqual([2, '', sentence]);
    },
    60_000,
  );
});
