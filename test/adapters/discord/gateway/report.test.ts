import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createReport } from '../../../../adapters/discord/gateway/report.ts';
import { platformSubject } from '../../../../src/domain/alarm.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { openWorld } from '../../../world.ts';

const START = '2026-11-25T09:00:00.000Z';
const REFUSED = {
  kind: 'refused',
  problem: { variable: 'DISCORD_SHARDS', problem: 'there are too few.' },
} as const;
const WELL = { kind: 'connected' } as const;

/** Two processes on one store; `wake` lets those that wait go on, ten minutes later. */
async function openTwo() {
  const world = await openWorld(START);
  const ending = new AbortController();
  const waiting: (() => void)[] = [];
  const wake = () => {
    world.clock.advance(10 * MINUTE_MS);
    for (const go of waiting.splice(0)) go();
  };
  onTestFinished(async () => {
    ending.abort();
    wake();
    await world.close();
  });
  const sleep = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const clock = { ...createFakeClock(START), sleep };
  let isStoreDown = false;
  const host = {
    async report(...told: Parameters<typeof world.host.report>) {
      if (isStoreDown) throw new Error('The disk is full.');
      await world.host.report(...told);
    },
  };
  const given = { host, clock, log: silentLog, signal: ending.signal };
  const [one, other] = [createReport(given), createReport(given)];
  return {
    one,
    other,
    wake,
    setStoreDown: (isDown: boolean) => {
      isStoreDown = isDown;
    },
    /** What the operator sees once all that was told is kept. */
    async alarm(): Promise<string | undefined> {
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
      return (await world.store.alarms.open(platformSubject('discord')))?.sentence;
    },
  };
}

it('a process that is let in again clears nothing that another one has told', async () => {
  const { one, other, alarm } = await openTwo();
  one(WELL);
  other(WELL);
  one(REFUSED);
  expect(await alarm()).toMatch(
    /^Discord does not let the bot in.*DISCORD_SHARDS: there are too few\..*restart/,
  );
  other(WELL);
  expect(await alarm()).toBeDefined();
});

it('what was told before a start is over with it, and is told again where it is not', async () => {
  const { one, other, alarm, wake } = await openTwo();
  one(REFUSED);
  expect(await alarm()).toBeDefined();
  other(WELL);
  expect(await alarm()).toBeUndefined();
  wake();
  expect(await alarm()).toBeDefined();
});

it('that all is well is told once the store takes it', async () => {
  const { one, other, alarm, setStoreDown } = await openTwo();
  one(REFUSED);
  expect(await alarm()).toBeDefined();
  setStoreDown(true);
  other(WELL);
  expect(await alarm()).toBeDefined();
  setStoreDown(false);
  other(WELL);
  expect(await alarm()).toBeUndefined();
});
