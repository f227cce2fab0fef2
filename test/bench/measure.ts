/** Figures of one thing that was measured, in milliseconds. */
export interface Figures {
  median: number;
  slowest: number;
}

/** Runs `work` some times after a warm-up and gives the median and the slowest run. */
export async function measure(work: () => unknown, times = 15): Promise<Figures> {
  await work();
  await work();
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const before = process.hrtime.bigint();
    await work();
    taken.push(Number(process.hrtime.bigint() - before) / 1e6);
  }
  taken.sort((one, other) => one - other);
  return { median: taken[Math.floor(taken.length / 2)] ?? 0, slowest: taken.at(-1) ?? 0 };
}

export function heading(text: string): void {
  console.log(`\n${text}`);
}

/** One line of the report; `against` is something measured in the same run, as machines differ. */
export function report(name: string, { median, slowest }: Figures, note = ''): void {
  const shown = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`.padStart(9);
  console.log(`  ${name.padEnd(52)} median ${shown(median)}  slowest ${shown(slowest)}  ${note}`);
}

export function ratio(one: Figures, other: Figures, what: string): string {
  return `${(one.median / other.median).toFixed(1)} × ${what}`;
}
