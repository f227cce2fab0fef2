import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judgeMail } from '../end-to-end/email-kill-promises.ts';
import { killOnMail } from '../end-to-end/email-kill-world.ts';

/**
 * Lets real bots send mails to a server that loses connections at every stage, one bot at a time, each killed but the
 * last, and looks for broken promises:
 *
 *   node scripts/run.mjs test/faults/mail.ts --readers 1000 --kills 20 --seed 1
 */

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '1000' },
    /** On each of two days. */
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});

const MOST_SHOWN = 20;

function show(title: string, figure: string | number): void {
  console.log(`  ${title.padEnd(34)}${figure}`);
}

const began = performance.now();
const world = await killOnMail({
  readers: Number(values.readers),
  kills: Number(values.kills),
  seed: Number(values.seed),
});
const { fake, folder, bots, killed, killedInDelivery, endedWell } = world;
const verdict = await judgeMail(world);
await fake.stop();
rmSync(folder, { recursive: true });
const broken = [...verdict.broken, ...(endedWell ? [] : ['the last bot did not come to rest'])];
const failed = Map.groupBy(
  fake.attempts.filter(({ hasFailed }) => hasFailed),
  ({ stage }) => stage,
);
console.log(`mails to ${values.readers} readers on two days, seed ${values.seed}`);
show('bots killed', killed);
show('killed with a mail on its way', killedInDelivery);
show('connections', fake.connections.opened);
for (const [stage, attempts] of failed) show(`broken off or refused at ${stage}`, attempts.length);
show('mails to be sent', verdict.deliveries);
show('begun', fake.attempts.length);
show('arrived', fake.mails.length);
show('called sent', verdict.sent);
show('called uncertain', verdict.uncertain);
show('of these arrived', verdict.arrivedInDoubt);
show('seconds', ((performance.now() - began) / 1000).toFixed(0));
for (const sentence of broken.slice(0, MOST_SHOWN)) console.log(`BROKEN: ${sentence}`);
if (broken.length > 0)
  console.error(
    bots
      .flatMap(({ errors }) => errors)
      .join('')
      .slice(0, 5000),
  );
console.log(broken.length === 0 ? 'Every promise was kept.' : `${broken.length} broken promises.`);
process.exitCode = broken.length === 0 ? 0 : 1;
