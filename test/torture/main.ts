import { parseArgs } from 'node:util';
import type { Run } from './live.ts';
import { plant } from './patch.ts';

/**
 * Lives through simulated worlds and looks for broken promises:
 *
 *   npm run torture -- --runs 100000 --seed 1
 *   npm run torture -- --seed 17 --die-at 240      lives through one run again
 *   npm run torture -- --bug "writes to the ledger only after sending" --first
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Lives through one run only, as it was printed. */
    'die-at': { type: 'string' },
    /** Ends with the first run that breaks a promise. */
    first: { type: 'boolean', default: false },
    /** Kills at a few awaits of each world instead of at all: more worlds in the same time. */
    spread: { type: 'boolean', default: false },
    /** Puts one of `bugs.ts` into the production code. */
    bug: { type: 'string' },
  },
});

/** Awaits of a world at which it is killed when they are spread. */
const SPREAD = 6;

if (values.bug !== undefined) plant(values.bug);
// Only now, so that a bug is in place.
const { live } = await import('./live.ts');
const { brokenPromises } = await import('./invariants.ts');

/** One world a seed: first whole, then killed at each of its awaits in turn, or at some of them. */
function* runs(seed: number): Generator<Run, void, number> {
  const steps = yield { seed, dieAt: 0 };
  const stride = values.spread ? Math.max(1, Math.floor(steps / SPREAD)) : 1;
  for (let dieAt = 1 + (seed % stride); dieAt <= steps; dieAt += stride) yield { seed, dieAt };
}

async function attempt(run: Run): Promise<{ steps: number; broken: string[] }> {
  try {
    const after = await live(run);
    const broken = await brokenPromises(after);
    await after.store.close();
    return { steps: after.steps, broken };
  } catch (error) {
    return { steps: 0, broken: [`a fault: ${error}`] };
  }
}

function tell({ seed, dieAt }: Run, broken: readonly string[]): void {
  console.log(`BROKEN with --seed ${seed} --die-at ${dieAt}: ${broken.slice(0, 5).join('; ')}`);
}

async function main(): Promise<number> {
  const wanted = Number(values.runs);
  let [done, failed, seed] = [0, 0, Number(values.seed)];
  const dieAt = values['die-at'];
  if (dieAt !== undefined) {
    const { broken } = await attempt({ seed, dieAt: Number(dieAt) });
    if (broken.length > 0) tell({ seed, dieAt: Number(dieAt) }, broken);
    else console.log('Every promise was kept.');
    return broken.length > 0 ? 1 : 0;
  }
  for (; done < wanted; seed += 1) {
    const series = runs(seed);
    for (let next = series.next(); !next.done && done < wanted; ) {
      const { steps, broken } = await attempt(next.value);
      done += 1;
      if (broken.length > 0) {
        failed += 1;
        tell(next.value, broken);
        if (values.first) return 1;
      }
      next = series.next(steps);
    }
  }
  console.log(
    `${done} runs of ${seed - Number(values.seed)} worlds in simulated time, ${failed} with a broken promise.`,
  );
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
