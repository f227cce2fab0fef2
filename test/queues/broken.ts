import type { Handle, Job, Queue } from '../../src/queue.ts';

/** A queue that breaks one promise. */
export interface BrokenQueue {
  fault: string;
  /** Part of the titles of the cases that notice it. */
  noticedBy: string;
  /** `noted`: what the queues of one place note down together. */
  breaks(queue: Queue, noted: Set<string>): Queue;
}

type Breaks = BrokenQueue['breaks'];

/** The same queue with some members of another. */
function change(queue: Queue, changes: Partial<Queue>): Queue {
  return {
    isShared: queue.isShared,
    add: (...given) => queue.add(...given),
    work: (handle) => queue.work(handle),
    turn: (...given) => queue.turn(...given),
    close: () => queue.close(),
    ...changes,
  };
}

type Add = (add: Queue['add'], noted: Set<string>, ...given: Parameters<Queue['add']>) => Promise<void>;

function changeAdd(add: Add): Breaks {
  return (queue, noted) =>
    change(queue, { add: (...given) => add((...changed) => queue.add(...changed), noted, ...given) });
}

function changeHandle(wrap: (handle: Handle, noted: Set<string>) => Handle): Breaks {
  return (queue, noted) => change(queue, { work: (handle) => queue.work(wrap(handle, noted)) });
}

function changeTurn(
  turn: (turn: Queue['turn'], ...given: Parameters<Queue['turn']>) => Promise<number>,
): Breaks {
  return (queue) =>
    change(queue, { turn: (...given) => turn((...changed) => queue.turn(...changed), ...given) });
}

const both =
  (one: Breaks, other: Breaks): Breaks =>
  (queue, noted) =>
    other(one(queue, noted), noted);

/** Leaves out what was noted. */
const unlessNoted = changeAdd(async (add, noted, job, signal) => {
  if (!noted.has(job.id)) await add(job, signal);
});

/** Leaves out what was added before and is the same by `nameOf`. */
function forgetting(nameOf: (job: Job) => string): Breaks {
  return changeAdd(async (add, noted, job, signal) => {
    const isKnown = noted.has(nameOf(job));
    noted.add(nameOf(job));
    if (!isKnown) await add(job, signal);
  });
}

/** Does what `isMeant` as it is added, beside what the queue does. */
function doing(isMeant: (job: Job, noted: Set<string>) => boolean): Breaks {
  return (queue, noted) => {
    let handle: Handle | undefined;
    return change(queue, {
      async work(given) {
        handle = given;
        await queue.work(given);
      },
      async add(job, signal) {
        const isOurs = isMeant(job, noted);
        noted.add(job.id);
        if (isOurs) handle?.(job, new AbortController().signal).catch(() => undefined);
        else await queue.add(job, signal);
      },
    });
  };
}

const JOBS: readonly BrokenQueue[] = [
  {
    fault: 'a job loses what it says beside its id',
    noticedBy: 'with all that it says',
    breaks: changeAdd((add, _noted, { kind, id }) => add({ kind, id })),
  },
  {
    fault: 'a job is lost among many',
    noticedBy: 'of many jobs each is done once',
    breaks: (queue) => unlessNoted(queue, new Set(['discord:1/2:3/2026-11-26#17'])),
  },
  {
    fault: 'kinds share their ids',
    noticedBy: 'a run and a delivery of the same id',
    breaks: forgetting(({ id }) => id),
  },
  {
    fault: 'an id is taken for ever',
    noticedBy: 'one that is over may be added again',
    breaks: forgetting(({ kind, id }) => kind + id),
  },
  {
    fault: 'what is in hand is begun again',
    noticedBy: 'is not begun beside it',
    breaks: doing(({ id }, noted) => noted.has(id)),
  },
  {
    fault: 'closing does not wait',
    noticedBy: 'closing aborts what is in hand',
    breaks: (queue) => change(queue, { close: async () => void queue.close() }),
  },
  {
    fault: 'a closed queue swallows jobs',
    noticedBy: 'once closed it takes no more',
    breaks: changeAdd((add, _noted, job) => add(job).catch(() => undefined)),
  },
];

/** Each breaks a queue in this process. */
export const BROKEN_LOCAL: readonly BrokenQueue[] = [
  ...JOBS,
  {
    fault: 'errors are swallowed',
    noticedBy: 'what a handle meets',
    breaks: changeAdd((add, _noted, job) => add(job).catch(() => undefined)),
  },
  {
    fault: 'adding does not wait',
    noticedBy: 'before adding resolves',
    breaks: changeAdd(async (add, _noted, job) => void add(job)),
  },
  {
    fault: 'the signal is left out',
    noticedBy: 'the signal that it was added with',
    breaks: changeAdd((add, _noted, job) => add(job)),
  },
  {
    fault: 'it keeps the pace of adapters too',
    noticedBy: 'a turn is at once',
    breaks: changeTurn(async (_turn, { everyMs }) => everyMs),
  },
];

/** Each breaks one that processes share. */
export const BROKEN_SHARED: readonly BrokenQueue[] = [
  ...JOBS,
  {
    fault: 'jobs are lost where nobody works',
    noticedBy: 'whoever added it',
    breaks: both(
      changeAdd(async (add, noted, job) => {
        if (noted.has('somebody works')) await add(job);
      }),
      (queue, noted) =>
        change(queue, {
          async work(handle) {
            noted.add('somebody works');
            await queue.work(handle);
          },
        }),
    ),
  },
  {
    fault: 'every adding is a job',
    noticedBy: 'one that waits is not added again',
    breaks: changeAdd(async (add, noted, { kind, id }) => {
      noted.add(`${noted.size}`);
      await add({ kind, id: `${id}/${noted.size}` });
    }),
  },
  {
    fault: 'what is in hand hides what is added',
    noticedBy: 'is done once more',
    breaks: both(
      unlessNoted,
      changeHandle((handle, noted) => async (job, signal) => {
        noted.add(job.id);
        return await handle(job, signal).finally(() => noted.delete(job.id));
      }),
    ),
  },
  {
    fault: 'what rests does not wait for its time',
    noticedBy: 'is done again at its time',
    breaks: changeHandle((handle) => async (job, signal) => {
      const { againAt } = await handle(job, signal);
      return againAt === undefined ? {} : { againAt: '2026-11-26T00:00:00.000Z' };
    }),
  },
  {
    fault: 'what rests hides what is added',
    noticedBy: 'one that rests is done now',
    breaks: both(
      unlessNoted,
      changeHandle((handle, noted) => async (job, signal) => {
        const ending = await handle(job, signal);
        if (ending.againAt !== undefined) noted.add(job.id);
        return ending;
      }),
    ),
  },
  {
    fault: 'a job is given up when it fails again',
    noticedBy: 'as often as it takes',
    breaks: changeHandle((handle, noted) => async (job, signal) => {
      if (noted.has(job.id)) return {};
      return await handle(job, signal).finally(() => noted.add(job.id));
    }),
  },
  {
    fault: 'what was in hand is lost with the process',
    noticedBy: 'a process has in hand that closes',
    breaks: changeHandle((handle) => (job, signal) => handle(job, signal).catch(() => ({}))),
  },
  {
    fault: 'runs are done side by side',
    noticedBy: 'of all runs one is done at a time',
    breaks: doing(({ kind }) => kind === 'run'),
  },
  {
    fault: 'each process keeps a pace of its own',
    noticedBy: 'in any time no more begin',
    breaks: (queue) => {
      const own = `${Math.random()}`;
      return changeTurn((turn, { key, everyMs }, mostMs) => turn({ key: key + own, everyMs }, mostMs))(
        queue,
        new Set(),
      );
    },
  },
  {
    fault: 'every second place is left free',
    noticedBy: 'no place is wasted',
    breaks: changeTurn(async (turn, ...given) => 2 * (await turn(...given))),
  },
  {
    fault: 'a place is kept though the wait is too long',
    noticedBy: 'a wait that is too long',
    breaks: changeTurn((turn, rate) => turn(rate, Number.MAX_SAFE_INTEGER)),
  },
  {
    fault: 'all keys share one pace',
    noticedBy: 'keys have nothing to do with each other',
    breaks: changeTurn((turn, { everyMs }, mostMs) => turn({ key: 'all', everyMs }, mostMs)),
  },
  {
    fault: 'whoever rested may begin three at once',
    noticedBy: 'is followed by no burst',
    breaks(queue) {
      let saved = 0;
      return change(queue, {
        async turn(rate, mostMs) {
          if (saved > 0) {
            saved -= 1;
            return 0;
          }
          const waitMs = await queue.turn(rate, mostMs);
          if (mostMs < 0 && waitMs === 0) saved = 3;
          return waitMs;
        },
      });
    },
  },
];
