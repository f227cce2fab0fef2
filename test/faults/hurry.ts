// Shortens all that a program waits by, where it is written in seconds and minutes: `node --import "hurry.ts?speed=20"`.
// Claims, locks, doubts, pauses and ticks keep their order, and a test need not wait three minutes until a dead process's
// claim ends. Dates, time zones, and the time that a server has for an answer stay as they are.
import { registerHooks } from 'node:module';

const DOMAIN = new URL('../../src/domain/', import.meta.url).href;
/** Where it is said how long a server of the queue may take. */
const PATIENCE = /\/src\/queues\/bullmq\/(ask|postgres|redis)\.ts$/;
const shortOf = (name: string) => new URL(`${name}${new URL(import.meta.url).search}`, import.meta.url).href;
const [TIMES, CRON] = [shortOf('short-times.ts'), shortOf('short-cron.ts')];

registerHooks({
  resolve(specifier, context, nextResolve) {
    const by = context.parentURL ?? '';
    if (by === TIMES || by === CRON) return nextResolve(specifier, context);
    if (specifier === 'node-cron') return nextResolve(CRON, context);
    const found = nextResolve(specifier, context);
    const isForWaiting = found.url === `${DOMAIN}calendar.ts` && !by.startsWith(DOMAIN) && !PATIENCE.test(by);
    return isForWaiting ? { ...found, url: TIMES } : found;
  },
});
