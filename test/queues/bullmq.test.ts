import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { Ending } from '../../src/queue.ts';
import { testQueue } from '../contracts/queue.ts';
import { type Answer, createBench, delivery, run } from '../contracts/queue-world.ts';
import { until } from '../fakes/until.ts';
import { describeWith } from '../servers/index.ts';
import { createMemoryLog } from './memory-log.ts';
import { onPostgres, onRedis, type SharedPlace, type SharedSubject } from './subjects.ts';

const DYING = fileURLToPath(new URL('dying-process.ts', import.meta.url));
const PATIENCE_MS = 20_000;

describeWith('redis', 'on Redis', (url) => {
  const subject = onRedis(url);
  testQueue(subject);
  testSharing(subject);
});

describeWith('postgres', 'on Postgres', (url) => {
  const subject = onPostgres(url);
  afterAll(() => subject.drop());
  testQueue(subject);
  testSharing(subject);

  // Redis does not say that there is one.
  it('a process looks again after a rest only, while a run waits for another to end', async () => {
    const place = await subject.makePlace();
    const over = Promise.withResolvers<Ending>();
    const first = createBench({ patienceMs: PATIENCE_MS, over: over.promise }, () => over.promise);
    const second = createBench({ patienceMs: PATIENCE_MS, over: over.promise });
    const busy = await place.open({ clock: systemClock });
    await busy.work(first.handle);
    await busy.add(run(1));
    await first.untilBegun(run(1));
    await busy.add(run(2));
    const { clock, rests, untilResting } = createRestingClock();
    const idle = await place.open({ clock });
    await idle.work(second.handle);
    for (const count of [1, 2, 3]) {
      await untilResting(count);
      expect(rests).toHaveLength(count);
      rests.at(-1)?.();
    }
    expect(second.begun).toEqual([]);
    over.resolve({});
    await place.remove();
  });
});

/** A clock whose rests last until they are ended, by a call of the last of `rests`, or aborted. */
function createRestingClock() {
  const rests: (() => void)[] = [];
  const listeners = new Set<() => void>();
  const sleep: Clock['sleep'] = async (_ms, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => resolve(), { once: true });
    rests.push(resolve);
    for (const listener of listeners) listener();
    await promise;
  };
  const untilResting = (count: number) => until(listeners, () => rests.length >= count);
  return { clock: { ...systemClock, sleep }, rests, untilResting };
}

/** What the contract leaves to those that share work among processes. */
function testSharing(subject: SharedSubject): void {
  describe(`sharing: ${subject.name}`, () => {
    let place: SharedPlace;
    let over: PromiseWithResolvers<Ending>;
    const bench = (answer?: Answer) => createBench({ patienceMs: PATIENCE_MS, over: over.promise }, answer);

    beforeEach(async () => {
      over = Promise.withResolvers();
      place = await subject.makePlace();
    });
    afterEach(async () => {
      over.resolve({});
      await place.remove();
    });

    it('another process does what one had in hand that was killed', async () => {
      const queue = await place.open({ clock: systemClock });
      const dying = spawn(process.execPath, [DYING, place.url], { stdio: ['ignore', 'pipe', 'inherit'] });
      await queue.add(delivery());
      expect(String(await once(dying.stdout, 'data'))).toBe(`${delivery().id}\n`);
      const { handle, untilBegun } = bench();
      await queue.work(handle);
      dying.kill('SIGKILL');
      await untilBegun(delivery());
    });

    it('a process works on so many deliveries at once, and takes the next as one ends', async () => {
      const gates = new Map<string, PromiseWithResolvers<undefined>>();
      const { handle, untilBegun, begun } = bench(({ id }) => {
        const gate = Promise.withResolvers<undefined>();
        gates.set(id, gate);
        return gate.promise;
      });
      const queue = await place.open({ clock: systemClock, atOnce: 2 });
      for (const number of [0, 1, 2]) await queue.add(delivery(number));
      await queue.work(handle);
      await Promise.all([untilBegun(delivery(0)), untilBegun(delivery(1))]);
      expect(begun).toHaveLength(2);
      gates.get(delivery(1).id)?.resolve(undefined);
      await untilBegun(delivery(2));
      expect(begun).toHaveLength(3);
    });

    it('pauses after a failure by how many there were; a rest in between is none', async () => {
      const failures: number[] = [];
      const pauseMs = (before: number) => failures.push(before);
      const log = createMemoryLog();
      const queue = await place.open({ clock: systemClock, log, timing: { pauseMs } });
      const { handle, untilBegun } = bench((_job, time) => {
        if (time === 3) return { againAt: new Date().toISOString() };
        return time < 5 ? Promise.reject(new Error(`Fault ${time}.`)) : {};
      });
      await queue.work(handle);
      await queue.add(delivery());
      await untilBegun(delivery(), 5);
      // What a job came to is told after it, and before a worker is closed.
      await queue.close();
      expect(failures).toEqual([0, 1, 2]);
      const warnings = log.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields);
      // With such short pauses, not in the order in which they failed.
      expect(warnings.map(({ kind, id, error }) => [kind, id, String(error)].join(' ')).sort()).toEqual(
        [1, 2, 4].map((time) => `delivery ${delivery().id} Error: Fault ${time}.`),
      );
    });

    it('a job that nobody knows is let go', async () => {
      const log = createMemoryLog();
      const queue = await place.open({ clock: systemClock, log, atOnce: 1 });
      const { handle, untilBegun, begun } = bench();
      await queue.add({ kind: 'delivery', id: 7 } as never);
      await queue.add(delivery());
      await queue.work(handle);
      await untilBegun(delivery());
      expect(begun).toEqual([delivery()]);
      expect(log.lines).toMatchObject([{ level: 'warn', fields: { job: { kind: 'delivery', id: 7 } } }]);
    });

    it('turns of long ago are forgotten', async () => {
      const queue = await place.open({ clock: systemClock });
      await queue.turn({ key: 'long ago', everyMs: 1 }, 0);
      await queue.turn({ key: 'now', everyMs: 60_000 }, 0);
      await place.ageTurns();
      await place.open({ clock: systemClock });
      expect(await place.turns()).toEqual(['now']);
    });
  });
}
