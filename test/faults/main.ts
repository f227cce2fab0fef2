import { parseArgs } from 'node:util';
import type { ServerName } from '../servers/index.ts';
import { type Aftermath, liveThroughFaults } from './run.ts';

/**
 * Lets real workers post to a Discord of its own while they and their servers are killed and frozen, and looks for
 * broken promises:
 *
 *   npm run faults -- --engine redis --deliveries 5000 --workers 3 --seed 1
 *   npm run faults -- --store postgres --queue redis
 *   npm run faults -- --speed 20 --deliveries 120        all waiting is shorter
 *   npm run faults -- --bug "works on a feed without a claim"
 */

const { values } = parseArgs({
  options: {
    /** Of the store and the queue both. */
    engine: { type: 'string', default: 'redis' },
    store: { type: 'string' },
    queue: { type: 'string' },
    deliveries: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    /** Discord recognises repetitions from whichever process; without, only those of the same one. */
    nonce: { type: 'boolean', default: false },
    /** Puts one of the torture's bugs into the workers. */
    bug: { type: 'string' },
    /** Shows what the workers logged. */
    log: { type: 'boolean', default: false },
  },
});

const MOST_SHOWN = 20;

function engineOf(name: string): ServerName {
  if (name === 'redis' || name === 'postgres') return name;
  throw new Error(`There is no engine "${name}": redis or postgres.`);
}

function show(title: string, figure: string | number): void {
  console.log(`  ${title.padEnd(34)}${figure}`);
}

function tell(after: Aftermath): void {
  const { deliveries, attempts, duplicates, misses, uncertain, seconds, broken } = after;
  const discord = values.nonce ? 'all repetitions' : 'repetitions of the same process only';
  console.log(`store on ${store}, queue on ${queue}, ${values.workers} workers, seed ${values.seed}`);
  show('Discord recognises', discord);
  for (const [kind, count] of Object.entries(after.troubles)) show(kind, count);
  show('killed with a message on its way', after.killedInDelivery);
  show('frozen for longer than a claim', after.frozenPastClaim);
  show('workers started again', after.restarts);
  show('deliveries', deliveries);
  show('requests that were to post one', attempts);
  show('duplicates', duplicates);
  show('misses', misses);
  show('uncertain', uncertain);
  show('seconds', seconds.toFixed(0));
  for (const sentence of broken.slice(0, MOST_SHOWN)) console.log(`BROKEN: ${sentence}`);
  console.log(broken.length === 0 ? 'Every promise was kept.' : `${broken.length} broken promises.`);
}

const store = engineOf(values.store ?? values.engine);
const queue = engineOf(values.queue ?? values.engine);
const after = await liveThroughFaults({
  ...{ store, queue },
  deliveries: Number(values.deliveries),
  workers: Number(values.workers),
  seed: Number(values.seed),
  speed: Number(values.speed),
  hasNonce: values.nonce,
  bug: values.bug,
  say: (what) => console.error(`${new Date().toISOString().slice(11, 19)} ${what}`),
});
if (values.log) console.error(after.log);
tell(after);
process.exitCode = after.broken.length === 0 ? 0 : 1;
