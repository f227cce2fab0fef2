import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { UsageError } from '../../src/errors.ts';
import { REAL_BOUNDS, SIMULATED_BOUNDS } from './bounds.ts';
import { type Curve, drawCurves } from './curve.ts';
import { LEAKS, type LeakKind } from './leaks.ts';
import { soakForReal } from './real.ts';
import type { Sample } from './samples.ts';
import { soakSimulated } from './simulated.ts';
import { tellReal, tellSimulated, tellVerdict } from './table.ts';

/**
 * Lets the bot run for long and looks at what it holds:
 *
 *   npm run soak                                  24 simulated hours, then 20 minutes in real time
 *   npm run soak -- --svg docs/pictures/soak.svg  and draws it
 *   npm run soak -- --part real --minutes 60
 *   npm run soak -- --part real --minutes 3 --leak sockets      a deliberate fault, which is found
 *
 * Exit 1 where something is not as it should be, 2 where what was asked for is not there.
 */
const OPTIONS = {
  /** `simulated` or `real`; default both. */
  part: { type: 'string' },
  hours: { type: 'string', default: '24' },
  feeds: { type: 'string', default: '1000' },
  minutes: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
  /** Where a picture of what was held is written. */
  svg: { type: 'string' },
  /** Where what the bot logged in real time is written. */
  log: { type: 'string' },
  leak: { type: 'string' },
} as const;

const values = demand(() => parseArgs({ options: OPTIONS }).values);

const PARTS = { simulated, real };
type PartName = keyof typeof PARTS;
type Part = () => Promise<{ curve: Curve; broken: readonly string[] }>;

function partsOf(name: string | undefined): Part[] {
  if (name === undefined) return Object.values(PARTS);
  if (!Object.hasOwn(PARTS, name))
    throw new UsageError(`There is no part "${name}". There are: ${Object.keys(PARTS).join(', ')}.`);
  return [PARTS[name as PartName]];
}

function leaksOf(name: string | undefined): LeakKind[] {
  if (name === undefined) return [];
  const leak = LEAKS.find((one) => one === name);
  if (!leak) throw new UsageError(`There is no leak "${name}". There are: ${LEAKS.join(', ')}.`);
  return [leak];
}

async function simulated() {
  const [hours, feeds] = [Number(values.hours), Number(values.feeds)];
  const title = `${hours} simulated hours, ${feeds.toLocaleString('en')} feeds`;
  const soak = await soakSimulated({
    ...{ hours, feeds, everyMinutes: 60, bounds: SIMULATED_BOUNDS },
    say: (sample) => say(sample, HOUR_MS, 'h'),
  });
  console.log(title);
  tellSimulated(soak);
  return { curve: { title, samples: soak.samples, unit: { name: 'h', ms: HOUR_MS } }, broken: soak.broken };
}

async function real() {
  const minutes = Number(values.minutes);
  const title = `${minutes} minutes in real time, with commands, emoji, pages, editions and faults`;
  const soak = await soakForReal({
    durationMs: minutes * MINUTE_MS,
    seed: Number(values.seed),
    everyMs: 10 * SECOND_MS,
    troubleMs: 10 * SECOND_MS,
    bounds: REAL_BOUNDS,
    leaks,
    say: (sample) => say(sample, SECOND_MS, 's'),
  });
  if (values.log !== undefined) writeFileSync(values.log, soak.log);
  console.log(`${title}, seed ${values.seed}`);
  tellReal(soak);
  return {
    curve: { title, samples: soak.samples, unit: { name: 'min', ms: MINUTE_MS } },
    broken: soak.broken,
  };
}

function say({ atMs, heapMb, rssMb, fds, handles }: Sample, unitMs: number, unit: string): void {
  const at = `${(atMs / unitMs).toFixed(0).padStart(5)} ${unit}`;
  const memory = `heap ${heapMb.toFixed(1)} MB, resident ${rssMb.toFixed(0)} MB`;
  console.error(`${at}: ${memory}, ${fds} files and connections, ${handles} resources`);
}

/** What was asked for; ends with a sentence and exit 2 where that cannot be. */
function demand<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isMistyped = error instanceof TypeError && 'code' in error;
    if (!isMistyped && !(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

// Both before anything runs: a day is long for whoever mistyped the second.
const parts = demand(() => partsOf(values.part));
const leaks = demand(() => leaksOf(values.leak));
const done: Awaited<ReturnType<Part>>[] = [];
for (const part of parts) done.push(await part());
if (values.svg !== undefined) writeFileSync(values.svg, drawCurves(done.map(({ curve }) => curve)));
process.exitCode = tellVerdict(done.flatMap(({ broken }) => broken)) ? 0 : 1;
