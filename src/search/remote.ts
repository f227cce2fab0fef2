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

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

/** The thread begins with the first call, and anew with the next one should it have died. */
export function createRemoteIndex(path: string): RemoteIndex {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let timesAnew = 0;
  let isClosed = false;
  let worker: Worker | undefined;

  function begin(): Worker {
    const begun = new Worker(WORKER, { workerData: { path } });
    begun.on('message', (answer: Answer) => {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) begun.unref();
      if (answer.isAnew) timesAnew += 1;
      if ('error' in answer) caller?.reject(answer.error);
      else caller?.resolve(answer.result as never);
    });
    begun.on('error', (error: Error) => lose(begun, error));
    begun.on('exit', () => lose(begun, new Error('The thread of the search index has ended.')));
    return begun;
  }

  function lose(lost: Worker, error: Error): void {
    if (worker !== lost) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  const post: RemoteIndex['call'] = (name, ...given) => {
    worker ??= begin();
    lastId += 1;
    const call: Call = { id: lastId, name, given };
    // Only while somebody waits must the process stay for its sake.
    worker.ref();
    worker.postMessage(call);
    return new Promise((resolve, reject) => waiting.set(call.id, { resolve, reject }));
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
