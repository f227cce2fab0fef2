import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PaperIndex } from './paper-index.ts';

/** Beside this file, as source or as what was built of it: a path that is no import keeps its ending. */
const WORKER = new URL(`worker${extname(import.meta.url)}`, import.meta.url);

/** A call of the index in its thread. */
export interface Call {
  id: number;
  name: keyof PaperIndex;
  given: readonly unknown[];
}

/** How a call ended. */
export type Outcome = ({ result: unknown } | { error: Error }) & {
  /** The index was damaged, and is now a new and empty one. */
  isAnew?: true;
};

export type Answer = Outcome & Pick<Call, 'id'>;

/** The index in a thread of its own, so that no search holds up the connections. */
export interface RemoteIndex {
  call<K extends keyof PaperIndex>(
    name: K,
    ...given: Parameters<PaperIndex[K]>
  ): Promise<ReturnType<PaperIndex[K]>>;
  /** How often it was found damaged and made anew in the middle of a call. */
  readonly timesAnew: number;
  /** Ends the thread once what was called is answered; no call is taken after it. May be called twice. */
  close(): Promise<void>;
}

/** The thread begins with the first call, and anew with the next one should it have died. */
export function createRemoteIndex(path: string): RemoteIndex {
  const callers = createCallers();
  let timesAnew = 0;
  let isClosed = false;
  let worker: Worker | undefined;

  function begin(): Worker {
    const begun = new Worker(WORKER, { workerData: { path } });
    begun.on('message', (answer: Answer) => {
      callers.answer(answer, () => begun.unref());
      if (answer.isAnew) timesAnew += 1;
    });
    begun.on('error', (error: Error) => lose(begun, error));
    begun.on('exit', () => lose(begun, new Error('The thread of the search index has ended.')));
    return begun;
  }

  function lose(lost: Worker, error: Error): void {
    if (worker !== lost) return;
    worker = undefined;
    callers.fail(error);
  }

  const post: RemoteIndex['call'] = (name, ...given) => {
    const thread = worker ?? begin();
    worker = thread;
    // Only while somebody waits must the process stay for its sake.
    thread.ref();
    return callers.wait((id) => thread.postMessage({ id, name, given } satisfies Call));
  };

  return {
    get timesAnew() {
      return timesAnew;
    },
    async call(name, ...given) {
      if (isClosed) throw new Error('The search index is closed.');
      return await post(name, ...given);
    },
    async close() {
      isClosed = true;
      const ending = worker;
      if (!ending) return;
      await post('close').catch(() => undefined);
      await ending.terminate();
    },
  };
}

/** Who waits for the answer to a call. */
interface Callers {
  /** Posts a call under a number of its own. Out: the answer to it. */
  wait(post: (id: number) => void): Promise<never>;
  /** Gives an answer to the one who waits for it; `whenNoneWaits` runs where it was the last. */
  answer(answer: Answer, whenNoneWaits: () => void): void;
  /** All that wait are told of a fault. */
  fail(error: Error): void;
}

function createCallers(): Callers {
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  return {
    wait(post) {
      lastId += 1;
      const id = lastId;
      post(id);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    answer(answer, whenNoneWaits) {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) whenNoneWaits();
      if ('error' in answer) caller?.reject(answer.error);
      else caller?.resolve(answer.result as never);
    },
    fail(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
