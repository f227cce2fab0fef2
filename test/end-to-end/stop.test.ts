import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it, type TestContext } from 'vitest';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { slotId } from '../../src/domain/edition.ts';
import { type LoopbackOptions, startLoopbackPlatform } from '../fakes/loopback-platform.ts';
import { FIRST_DAY } from './bot-source.ts';
import { addFeeds, faultsOfFile, withStore } from './bot-store.ts';
import { type BotProcess, startBot } from './bots.ts';
import { nowOf, timeFrom } from './fast-clock.ts';

/** A heading and three papers. */
const MESSAGES = 4;
/** What a stop may take beyond the ten seconds: the rest of the work, on a busy machine. */
const MARGIN_MS = 4 * SECOND_MS;

/** One bot at a time on a store and a platform of its own, by a clock as fast as the machine's. */
async function openScene({ onTestFinished }: TestContext, options: LoopbackOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-stop-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  let time = timeFrom(`${FIRST_DAY}T09:00:05.000Z`);
  const platform = await startLoopbackPlatform({ ...options, kind: 'history', now: () => nowOf(time) });
  const [feedId = ''] = await addFeeds(storeUrl, 1, MESSAGES - 1);
  onTestFinished(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  const start = () => startBot({ storeUrl, platformUrl: platform.url, kind: 'history', time });
  return {
    platform,
    start,
    /** Starts one when it is so much later, and stops it when it has nothing left to do. */
    async finishAt(clock: string): Promise<void> {
      time = timeFrom(`${FIRST_DAY}T${clock}:00.000Z`);
      const bot = start();
      await bot.hasSaid(/^rest$/, 1, 20 * SECOND_MS);
      bot.kill('SIGTERM');
      await bot.ended;
    },
    states: () =>
      withStore(storeUrl, async ({ ledger }) =>
        (await ledger.deliveries(slotId({ feedId, day: FIRST_DAY }))).map(({ state }) => state),
      ),
    arrived: () => platform.messages.map(({ id }) => Number(id.split('#')[1])),
    faults: () => faultsOfFile(storeUrl),
  };
}

/** How it ended, and how long that took. */
async function stop(bot: BotProcess, signal: NodeJS.Signals) {
  const since = performance.now();
  bot.kill(signal);
  const end = await bot.ended;
  return { ...end, afterMs: performance.now() - since };
}

describe.concurrent('a bot that is told to stop', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)(
    '%s: it finishes the message in hand and leaves the rest for the next start',
    async (signal, context) => {
      const { expect } = context;
      const scene = await openScene(context, { delayMs: [1000, 1000] });
      const bot = scene.start();
      await bot.hasSaid(/^send /, 2);
      await delay(300);
      const { code, afterMs } = await stop(bot, signal);
      expect(code, bot.errors.join('')).toBe(0);
      expect(afterMs).toBeLessThan(10 * SECOND_MS);
      expect(bot.errors).toEqual([]);
      expect(scene.arrived()).toEqual([0, 1]);
      expect(await scene.states()).toEqual(['sent', 'sent', 'planned', 'planned']);
      expect(scene.faults()).toEqual([]);
      // No claim keeps the next one waiting.
      await scene.finishAt('09:01');
      expect(scene.arrived()).toEqual([0, 1, 2, 3]);
    },
  );

  it('a second time ends at once, and the store is whole', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    scene.platform.failNext('hang');
    const bot = scene.start();
    await bot.hasSaid(/^send /);
    bot.kill('SIGTERM');
    await delay(500);
    const { code, signal, afterMs } = await stop(bot, 'SIGTERM');
    expect([code, signal]).toEqual([null, 'SIGTERM']);
    expect(afterMs).toBeLessThan(SECOND_MS);
    expect(await scene.states()).toEqual(['sending', 'planned', 'planned', 'planned']);
    expect(scene.faults()).toEqual(['feed:feed01 is still claimed']);
    await scene.finishAt('09:10');
    expect(scene.arrived()).toEqual([0, 1, 2, 3]);
  });

  it.for(['hang', 'hang-after'] as const)(
    'waits ten seconds for an answer that never comes (%s), and looks the message up when it starts again',
    async (fault, context) => {
      const { expect } = context;
      const scene = await openScene(context);
      scene.platform.failNext(fault);
      const bot = scene.start();
      await bot.hasSaid(/^send /);
      await delay(200);
      const { code, afterMs } = await stop(bot, 'SIGTERM');
      expect(code, bot.errors.join('')).toBe(0);
      expect(afterMs).toBeGreaterThan(9 * SECOND_MS);
      expect(afterMs).toBeLessThan(10 * SECOND_MS + MARGIN_MS);
      expect(await scene.states()).toEqual(['sending', 'planned', 'planned', 'planned']);
      expect(scene.arrived()).toEqual(fault === 'hang' ? [] : [0]);
      expect(scene.faults()).toEqual([]);
      await scene.finishAt('09:10');
      expect(scene.arrived()).toEqual([0, 1, 2, 3]);
      expect(await scene.states()).toEqual(Array.from({ length: MESSAGES }, () => 'sent'));
    },
  );
});
