import { Worker } from 'node:worker_threads';
import type { PaperIndex } from './paper-index.ts';

/** A call of the index in its thread. */
export interface Call {
  id: number;
  name: keyof PaperIndex;
  given: readonly unknown[];
}

export type Answer = { id: number } & ({ result: unknown } | { error: Error });

/** The index in a thread of its own, so that no search holds up the connections. */
export interface RemoteIndex {
  call<K extends keyof PaperIndex>(
    name: K,
    ...given: Parameters<PaperIndex[K]>
  ): Promise<ReturnType<PaperIndex[K]>>;
  /** Ends the thread; may be called twice. */
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
  let worker: Worker | undefined;

  function begin(): Worker {
    const begun = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { path } });
    begun.on('message', (answer: Answer) => {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) begun.unref();
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

  return {
    call(name, ...given) {
      worker ??= begin();
      lastId += 1;
      const call: Call = { id: lastId, name, given };
      // Only while somebody waits must the process stay for its sake.
      worker.ref();
      worker.postMessage(call);
      return new Promise((resolve, reject) => waiting.set(call.id, { resolve, reject }));
    },
    async close() {
      const ending = worker;
      if (!ending) return;
      await this.call('close').catch(() => undefined);
      await ending.terminate();
    },
  };
}
