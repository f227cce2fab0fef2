import type { RealSoak } from './real.ts';
import type { Sample } from './samples.ts';
import type { SimulatedSoak } from './simulated.ts';
import { HELD, type Held, trendOf } from './verdict.ts';

const NAMES: Record<Held, string> = {
  heapMb: 'heap after a collection, MB',
  rssMb: 'resident memory, MB',
  fds: 'open files and connections',
  handles: 'active resources',
};
const MOST_SHOWN = 30;

/** What was held, from the end of the warm-up to the end. */
function tellHeld(samples: readonly Sample[]): void {
  console.log(`  ${''.padEnd(30)}    from       to     most   an hour`);
  for (const held of HELD) {
    const { from, to, most, slopePerHour } = trendOf(samples, held);
    const figures = [from, to, most].map((figure) => figure.toFixed(1).padStart(8)).join(' ');
    const slope = `${slopePerHour < 0 ? '' : '+'}${slopePerHour.toFixed(1)}`;
    console.log(`  ${NAMES[held].padEnd(30)}${figures}  ${slope.padStart(8)}`);
  }
}

export function tellSimulated({ samples, verdict, arrivals, seconds }: SimulatedSoak): void {
  tellHeld(samples);
  const { deliveries, duplicates, misses, uncertain } = verdict;
  show('messages planned, arrived', `${deliveries}, ${arrivals}`);
  show('twice, missing, in doubt', `${duplicates}, ${misses}, ${uncertain}`);
  show('seconds of real time', seconds.toFixed(0));
}

export function tellReal({ samples, asked, explained, struck, editions, spoken }: RealSoak): void {
  tellHeld(samples);
  const { discord, slack, web } = asked.acts;
  show('done on Discord, on Slack, on the web', `${discord}, ${slack}, ${web}`);
  show('of these in vain as the connection was cut', explained);
  show(
    'editions, and their messages and mails',
    `${editions?.editions ?? '?'}, ${editions?.messages ?? '?'}`,
  );
  show('troubles', struck.length);
  for (const [name, all] of [...Map.groupBy(struck, (one) => one.name)].sort()) show(`  ${name}`, all.length);
  for (const [message, count] of spoken.warnings) show(`  warned: ${message}`, count);
  for (const [message, all] of Map.groupBy(spoken.errors, (one) => one.message))
    show(`  error: ${message}`, all.length);
}

function show(what: string, figure: string | number): void {
  console.log(`  ${what.padEnd(62)}${figure}`);
}

/** One line, and what it is about. Out: whether all is well. */
export function tellVerdict(broken: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const sentence of broken) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  for (const [sentence, count] of [...counts].slice(0, MOST_SHOWN)) {
    console.log(`BROKEN${count > 1 ? ` ${count} times` : ''}: ${sentence}`);
  }
  const isWell = broken.length === 0;
  console.log(
    isWell
      ? 'VERDICT: flat, and all that was asked for was done.'
      : `VERDICT: not well, ${broken.length} times.`,
  );
  return isWell;
}
