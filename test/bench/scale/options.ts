import { parseArgs } from 'node:util';
import { ENGINES, type EngineName, STORES, type StoreName } from './engines.ts';

const PARTS = ['deliveries', 'feeds', 'day'] as const;
type Part = (typeof PARTS)[number];

/** How large everything is that is measured. */
export interface ScaleOptions {
  parts: ReadonlySet<Part>;
  engines: EngineName[];
  stores: StoreName[];
  workers: number[];
  jobs: number;
  runs: number;
  atOnce: number;
  flags: string[];
  feeds: number;
  /** Of those: due before the others, and planned. */
  some: number;
  channels: number;
}

const SPEC = {
  engines: { type: 'string', default: ENGINES.join() },
  stores: { type: 'string', default: STORES.join() },
  workers: { type: 'string', default: '1,2,4' },
  jobs: { type: 'string', default: '3000' },
  runs: { type: 'string', default: '3' },
  'at-once': { type: 'string', default: '20' },
  flags: { type: 'string', default: '' },
  feeds: { type: 'string', default: '100000' },
  some: { type: 'string', default: '1000' },
  channels: { type: 'string', default: '10000' },
} as const;

export const USAGE = `npm run bench:scale -- [${PARTS.join(' | ')}]…
  --engines ${SPEC.engines.default}   --stores ${SPEC.stores.default}
  deliveries: --workers ${SPEC.workers.default}  --jobs ${SPEC.jobs.default}  --runs ${SPEC.runs.default}  --at-once ${SPEC['at-once'].default}  --flags=--cpu-prof,…
  feeds:      --feeds ${SPEC.feeds.default}  --some ${SPEC.some.default}
  day:        --channels ${SPEC.channels.default}`;

/** Out: the options, or what is wrong with them. */
export function readOptions(args: readonly string[]): ScaleOptions | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: SPEC, allowPositionals: true });
    const parts = oneOf(PARTS, positionals.length === 0 ? PARTS : positionals);
    return {
      parts: new Set(parts),
      engines: oneOf(ENGINES, listOf(values.engines)),
      stores: oneOf(STORES, listOf(values.stores)),
      workers: listOf(values.workers).map(countOf),
      jobs: countOf(values.jobs),
      runs: countOf(values.runs),
      atOnce: countOf(values['at-once']),
      flags: listOf(values.flags),
      feeds: countOf(values.feeds),
      some: countOf(values.some),
      channels: countOf(values.channels),
    };
  } catch (error) {
    return (error as Error).message;
  }
}

function listOf(text: string): string[] {
  return text.split(',').filter(Boolean);
}

function oneOf<T extends string>(known: readonly T[], given: readonly string[]): T[] {
  return given.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new Error(`There is no "${name}". There are: ${known.join(', ')}.`);
    return found;
  });
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`"${text}" is no whole number above 0.`);
}
