import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../../src/domain/calendar.ts';
import { openScene, type Scene, TEAM } from './scene.ts';

/** What may happen at once: in Slack, in each of three bots, and in the store. */
const aStep = fc.record({
  what: fc.constantFrom('use', 'use', 'install', 'uninstall', 'told', 'store'),
  bot: fc.nat(2),
  /** What has begun goes on so far before the next thing happens. */
  turns: fc.nat(12),
  hours: fc.constantFrom(0, 0, 0, 11, 13),
});

type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** Begins one thing. Out: its end. */
function begin({ what, bot }: Step, scene: Scene, bots: ReturnType<Scene['start']>[]): Promise<unknown> {
  const one = bots[bot] as ReturnType<Scene['start']>;
  switch (what) {
    case 'install':
      return one.install(scene.slack.install(TEAM, `U${bot}`));
    case 'uninstall':
      scene.slack.uninstall(TEAM);
      return one.told(TEAM);
    case 'told':
      return one.told(TEAM);
    case 'store':
      scene.broken.puts = !scene.broken.puts;
      return Promise.resolve();
    case 'use':
      return one.many.of(TEAM, 'C1').then(({ token }) => one.many.failed(TEAM, token, undefined));
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}

describe('renewals, installations and uninstalls that cross', () => {
  it('keep the newest installation alone, and a token that Slack takes, or nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 2, maxLength: 14 }), async (steps) => {
        const scene = openScene();
        scene.slack.meanwhile.of = () => turns(3);
        await scene.has();
        const bots = [scene.start(), scene.start(), scene.start()];
        const ends: Promise<unknown>[] = [];
        for (const step of steps) {
          if (step.hours > 0) scene.clock.advance(step.hours * HOUR_MS);
          // Where the store fails whoever installs us is told so, and begins anew.
          ends.push(begin(step, scene, bots).catch(() => {}));
          await turns(step.turns);
        }
        await Promise.all(ends);
        scene.broken.puts = false;
        for (const { keeping } of bots) await keeping.settle();
        // What a failing store refused of somebody who installed us is none of ours.
        if (steps.some(({ what }) => what === 'store')) return;
        for (const bot of bots) await bot.told(TEAM);
        const kept = await scene.kept();
        expect(kept !== undefined).toBe(scene.slack.has(TEAM));
        expect(scene.rows.get(TEAM)?.hasUs).toBe(scene.slack.has(TEAM));
        if (!kept) return;
        for (const { many } of bots) {
          scene.clock.advance(HOUR_MS);
          const { token } = await many.of(TEAM, 'C1');
          expect(scene.slack.takes(TEAM, token)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 20261126 },
    );
  }, 60_000);
});
