/** How times lie, in milliseconds. */
export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Of at least one time. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((one, other) => one - other);
  // The smallest time that so large a share does not exceed.
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function reportSpread(name: string, { p50, p95, p99, max }: Spread, note = ''): void {
  const shown = Object.entries({ p50, p95, p99, max }).map(
    ([of, ms]) => `${of} ${ms.toFixed(2).padStart(7)}`,
  );
  console.log(`  ${name.padEnd(40)} ${shown.join('  ')} ms  ${note}`.trimEnd());
}

/** Runs each piece of work once, in order, and gives its time in milliseconds. */
export function timeEach<T>(pieces: readonly T[], work: (piece: T) => unknown): number[] {
  return pieces.map((piece) => {
    const before = performance.now();
    work(piece);
    return performance.now() - before;
  });
}
