// Does jobs in which there is nothing to do, with nothing but BullMQ:
//
//   node queue-ceiling-child.ts SETTINGS    (`IdleSettings` as JSON; forked: asked by `IdleAsked`, tells `IdleTold`)
import { Worker } from 'bullmq';
import { idleQueue } from './queue-ceiling.ts';
import { answerParent } from './scale/child.ts';

export interface IdleSettings {
  queueUrl: string;
  atOnce: number;
}

/** `mark`: tell what was measured so far, and forget it. */
export interface IdleAsked {
  ask: 'work' | 'count' | 'mark' | 'end';
}

/** Since the beginning, or the last mark. Instants by the machine's clock, in milliseconds with fractions; absent before the first job. */
export interface IdleTold {
  done: number;
  firstAtMs?: number;
  lastAtMs?: number;
  cpuMs: number;
}

const { queueUrl, atOnce } = JSON.parse(process.argv[2] ?? '') as IdleSettings;
const { name, options, backend } = idleQueue(queueUrl);
const worker = new Worker(
  name,
  async () => undefined,
  { ...options, concurrency: atOnce, autorun: false },
  backend,
);
await worker.waitUntilReady();
let told: IdleTold = { done: 0, cpuMs: 0 };
let before = process.cpuUsage();
worker.on('completed', () => {
  told.lastAtMs = performance.timeOrigin + performance.now();
  told.firstAtMs ??= told.lastAtMs;
  told.done += 1;
});
await answerParent(answer, ({ ask }: IdleAsked) => ask === 'end');

async function answer({ ask }: IdleAsked): Promise<IdleTold> {
  if (ask === 'work') void worker.run();
  if (ask === 'end') await worker.close();
  const { user, system } = process.cpuUsage(before);
  const figures = { ...told, cpuMs: (user + system) / 1000 };
  if (ask === 'mark') {
    told = { done: 0, cpuMs: 0 };
    before = process.cpuUsage();
  }
  return figures;
}
