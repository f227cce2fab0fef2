import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../src/clock.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { anEdition, deliveriesOf, planEdition, START } from '../contracts/store-samples.ts';

/** What a process of its own does with a store, for tests about several or about dying ones. */
const JOBS = {
  /** Plans one day's edition after the other for ever, and says each day once its plan is kept. */
  async plan(store: Store, from: string) {
    for (let day = from; ; day = addDays(day, 1)) {
      const edition = anEdition('feed01', day);
      await planEdition(store, edition, { deliveries: deliveriesOf(edition, 3), refreshAt: START });
      say(day);
    }
  },
  /** Claims each key that it is told and says whether it got it. */
  async claim(store: Store, owner: string) {
    for await (const key of told) say(String(await store.ledger.claim(key, owner, 3_600_000)));
  },
};

/** Written at once: what was said stands in the pipe even when the process dies. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const [url = '', job = '', argument = ''] = process.argv.slice(2);
say('ready');
await told.next();
const store = await openStore(url, { clock: systemClock, log: silentLog });
await JOBS[job as keyof typeof JOBS](store, argument);
await store.close();
