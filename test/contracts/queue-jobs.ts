import { expect } from 'vitest';
import { QueueError } from '../../src/errors.ts';
import { aborted, delivery, type QueueCase, run } from './queue-world.ts';

const HOUR_MS = 3_600_000;

export const JOB_CASES: readonly QueueCase[] = [
  {
    title: 'a job is done, with all that it says',
    async run({ queue, createBench }) {
      const bench = createBench();
      await queue.work(bench.handle);
      const requested = { ...delivery(), isRequested: true } as const;
      await Promise.all([queue.add(requested), queue.add(run())]);
      await Promise.all([bench.untilBegun(requested), bench.untilBegun(run())]);
      expect(bench.begun.toSorted((one, other) => one.kind.localeCompare(other.kind))).toEqual([
        requested,
        run(),
      ]);
    },
  },
  {
    title: 'of many jobs each is done once',
    async run({ queue, createBench }) {
      const bench = createBench();
      await queue.work(bench.handle);
      const jobs = Array.from({ length: 30 }, (_, index) => delivery(index));
      await Promise.all(jobs.map((job) => queue.add(job)));
      await Promise.all(jobs.map((job) => bench.untilBegun(job)));
      expect(bench.begun).toHaveLength(30);
    },
  },
  {
    title: 'a run and a delivery of the same id are two jobs',
    async run({ queue, createBench }) {
      const bench = createBench();
      await queue.work(bench.handle);
      const { id } = run();
      await Promise.all([queue.add({ kind: 'delivery', id }), queue.add({ kind: 'run', id })]);
      await Promise.all([bench.untilBegun({ kind: 'delivery', id }), bench.untilBegun({ kind: 'run', id })]);
    },
  },
  {
    title: 'one that is over may be added again',
    async run({ queue, createBench }) {
      const bench = createBench();
      await queue.work(bench.handle);
      await queue.add(delivery());
      await bench.untilBegun(delivery());
      await queue.add(delivery());
      await bench.untilBegun(delivery(), 2);
    },
  },
  {
    title: 'one that is being done is not begun beside it',
    async run({ queue, createBench }) {
      const gate = Promise.withResolvers<undefined>();
      const bench = createBench(({ id }) => (id === delivery().id ? gate.promise : {}));
      await queue.work(bench.handle);
      const first = queue.add(delivery());
      await bench.untilBegun(delivery());
      const second = queue.add(delivery());
      const other = queue.add(delivery(1));
      await bench.untilBegun(delivery(1));
      expect(bench.times(delivery())).toBe(1);
      gate.resolve(undefined);
      await Promise.all([first, second, other]);
    },
  },
  {
    title: 'what a handle meets is what adding meets',
    only: 'local',
    async run({ queue, createBench }) {
      const fault = new Error('The disk is full.');
      const bench = createBench(() => Promise.reject(fault));
      await queue.work(bench.handle);
      await expect(queue.add(delivery())).rejects.toBe(fault);
      await expect(queue.add(delivery())).rejects.toBe(fault);
    },
  },
  {
    title: 'a job is done before adding resolves, and so is one that is joined',
    only: 'local',
    async run({ queue, createBench }) {
      const gate = Promise.withResolvers<undefined>();
      let isDone = false;
      const bench = createBench(async () => {
        await gate.promise;
        isDone = true;
        return undefined;
      });
      await queue.work(bench.handle);
      const added = [queue.add(delivery()), queue.add(delivery())].map(async (one) => {
        await one;
        return isDone;
      });
      gate.resolve(undefined);
      expect(await Promise.all(added)).toEqual([true, true]);
      expect(bench.begun).toHaveLength(1);
    },
  },
  {
    title: 'a job ends with the signal that it was added with',
    only: 'local',
    async run({ queue, createBench }) {
      const stopping = new AbortController();
      const bench = createBench((_job, _time, signal) => aborted(signal));
      await queue.work(bench.handle);
      const added = queue.add(delivery(), stopping.signal);
      added.catch(() => undefined);
      await bench.untilBegun(delivery());
      stopping.abort(new Error('Enough.'));
      await expect(added).rejects.toBe(stopping.signal.reason);
    },
  },
  {
    title: 'closing aborts what is in hand and waits for it',
    async run({ queue, createBench }) {
      let isOver = false;
      const bench = createBench(async (_job, _time, signal) => {
        await aborted(signal).catch(() => undefined);
        // A while, by turns of the loop: one that did not wait would be through.
        for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
        isOver = true;
        return undefined;
      });
      await queue.work(bench.handle);
      queue.add(delivery()).catch(() => undefined);
      await bench.untilBegun(delivery());
      await Promise.all([queue.close(), queue.close()]);
      expect(isOver).toBe(true);
    },
  },
  {
    title: 'once closed it takes no more jobs',
    async run({ queue, createBench }) {
      const bench = createBench();
      await queue.work(bench.handle);
      await queue.close();
      await queue.close();
      await expect(queue.add(delivery())).rejects.toBeInstanceOf(QueueError);
      expect(bench.begun).toEqual([]);
    },
  },
];

/** Of a queue that processes share. */
export const SHARED_CASES: readonly QueueCase[] = [
  {
    title: 'a job is done by a process that works, whoever added it, and before it began',
    async run({ queue, openAnother, createBench }) {
      const bench = createBench();
      await queue.add(delivery());
      await queue.close();
      const worker = await openAnother();
      await worker.work(bench.handle);
      await bench.untilBegun(delivery());
    },
  },
  {
    title: 'one that waits is not added again',
    async run({ queue, openAnother, createBench }) {
      const bench = createBench();
      await Promise.all([queue.add(delivery()), queue.add(delivery()), queue.add(delivery())]);
      await queue.add(delivery());
      await queue.add(delivery(1));
      await (await openAnother({ atOnce: 1 })).work(bench.handle);
      await bench.untilBegun(delivery(1));
      expect(bench.begun).toEqual([delivery(), delivery(1)]);
    },
  },
  {
    title: 'one that was added while it was being done is done once more',
    async run({ queue, openAnother, createBench }) {
      const gate = Promise.withResolvers<undefined>();
      const bench = createBench((_job, time) => (time === 1 ? gate.promise : {}));
      await (await openAnother({ atOnce: 1 })).work(bench.handle);
      await queue.add(delivery());
      await bench.untilBegun(delivery());
      await Promise.all([queue.add(delivery()), queue.add(delivery())]);
      gate.resolve(undefined);
      await bench.untilBegun(delivery(), 2);
      await queue.add(delivery(1));
      await bench.untilBegun(delivery(1));
      expect(bench.times(delivery())).toBe(2);
    },
  },
  {
    title: 'one that is not over is done again at its time',
    async run({ queue, createBench }) {
      let againAt = '';
      let at = '';
      const bench = createBench((_job, time) => {
        at = new Date().toISOString();
        if (time > 1) return {};
        againAt = new Date(Date.now() + 60).toISOString();
        return { againAt };
      });
      await queue.work(bench.handle);
      await queue.add(delivery());
      await bench.untilBegun(delivery(), 2);
      expect(at >= againAt).toBe(true);
    },
  },
  {
    title: 'one that rests is done now when it is added again, as it was added last',
    async run({ queue, openAnother, createBench }) {
      const later = { againAt: new Date(Date.now() + HOUR_MS).toISOString() };
      const bench = createBench((_job, time) => (time === 1 ? later : {}));
      await (await openAnother({ atOnce: 1 })).work(bench.handle);
      await queue.add(delivery());
      // With one at once, the next is begun when the first one rests.
      await queue.add(delivery(1));
      await bench.untilBegun(delivery(1));
      await queue.add({ ...delivery(), kind: 'delivery', isRequested: true });
      await bench.untilBegun(delivery(), 2);
      expect(bench.begun.at(-1)).toEqual({ ...delivery(), isRequested: true });
    },
  },
  {
    title: 'one that fails is done again, as often as it takes',
    async run({ queue, createBench }) {
      const bench = createBench((_job, time) => (time < 4 ? Promise.reject(new Error('Not yet.')) : {}));
      await queue.work(bench.handle);
      await queue.add(delivery());
      await bench.untilBegun(delivery(), 4);
    },
  },
  {
    title: 'what a process has in hand that closes is done by another',
    async run({ queue, openAnother, createBench }) {
      const closing = createBench((_job, _time, signal) => aborted(signal));
      await queue.work(closing.handle);
      await queue.add(delivery());
      await closing.untilBegun(delivery());
      const bench = createBench();
      await (await openAnother()).work(bench.handle);
      await queue.close();
      await bench.untilBegun(delivery());
    },
  },
  {
    title: 'of all runs one is done at a time, in all processes together',
    async run({ queue, openAnother, createBench }) {
      const other = await openAnother();
      const turn = () => queue.turn({ key: 'any', everyMs: 1 }, 0);
      const added = Promise.withResolvers<void>();
      const bench = createBench(async () => {
        await added.promise;
        for (let turns = 0; turns < 5; turns += 1) await turn();
        return undefined;
      });
      await Promise.all([queue.work(bench.handle), other.work(bench.handle)]);
      await queue.add(run(0));
      await bench.untilBegun(run(0));
      // Of those that are added meanwhile the last is done: a run does all that is due by then.
      for (let minute = 1; minute < 8; minute += 1) await queue.add(run(minute));
      added.resolve();
      await bench.untilBegun(run(7));
      expect(bench.mostAtOnce).toBe(1);
    },
  },
];
