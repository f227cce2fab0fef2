import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renewAhead } from '../../../../adapters/slack/installing/ahead.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { openScene } from './scene.ts';

/** Bots whose tokens are looked after, and what moves their time on. */
async function open(teams: readonly string[]) {
  const scene = openScene();
  for (const team of teams) await scene.has(team);
  const { many } = scene.start();
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  void renewAhead({
    many,
    workspaces: scene.host.workspaces,
    clock: scene.clock,
    log: silentLog,
    signal: ending.signal,
  });
  return {
    scene,
    many,
    ending,
    renewed: () => scene.slack.count('oauth.v2.access'),
    /** Half hours, each with all that is done in it. */
    async pass(hours: number) {
      for (let half = 0; half < hours * 2; half += 1) {
        scene.clock.advance(30 * MINUTE_MS);
        for (let turns = 0; turns < 50; turns += 1) await setImmediate();
      }
    },
  };
}

describe('tokens that nobody uses', () => {
  it('are renewed in their last two hours, again and again, so that an edition finds one at any time', async () => {
    const { scene, many, renewed, pass } = await open(['T1', 'T2']);
    await pass(10);
    expect(renewed()).toBe(0);
    await pass(1);
    expect(renewed()).toBe(2);
    await pass(48);
    expect(renewed()).toBeLessThanOrEqual(2 * 6);
    scene.slack.asked.splice(0);
    for (const team of ['T1', 'T2'])
      expect(scene.slack.takes(team, (await many.of(team, 'C1')).token)).toBe(true);
    expect(scene.slack.asked).toEqual([]);
  });

  it('one that cannot be renewed, or read, holds up none of the others', async () => {
    const { scene, many, pass } = await open(['T1', 'T2', 'T3']);
    scene.broken.reads.add('T1');
    scene.slack.uninstall('T2');
    await pass(13);
    const { token } = await many.of('T3', 'C1');
    expect(scene.slack.takes('T3', token)).toBe(true);
  });

  it('leave room for those that are needed now', async () => {
    const teams = Array.from({ length: 200 }, (_, index) => `T${index}`);
    const { scene, renewed, pass } = await open(teams);
    await pass(10);
    const before = scene.clock.slept.length;
    await pass(1);
    expect(renewed()).toBeGreaterThan(60);
    const waitedMs = scene.clock.slept.slice(before).reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThanOrEqual((renewed() / 60 - 1.5) * MINUTE_MS);
  });

  it('are let be once the bot stops', async () => {
    const { ending, renewed, pass } = await open(['T1']);
    ending.abort();
    await pass(24);
    expect(renewed()).toBe(0);
  });
});
