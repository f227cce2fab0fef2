import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openQueue } from '../../src/queues/index.ts';
import { SOON } from './subjects.ts';

/** A process that takes a job of the queue at `argv[2]`, says so, and never comes to an end with it. */
const queue = await openQueue(process.argv[2], { clock: systemClock, log: silentLog, timing: SOON });
await queue.work(async ({ id }) => {
  process.stdout.write(`${id}\n`);
  return await Promise.withResolvers<never>().promise;
});
