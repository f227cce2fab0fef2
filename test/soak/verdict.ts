import type { Sample } from './samples.ts';

/** What is looked at over time. */
export const HELD = ['heapMb', 'rssMb', 'fds', 'handles'] as const;
export type Held = (typeof HELD)[number];

/** How much each may grow from the end of the warm-up to the end, by the line that fits best. */
export type Bounds = Record<Held, number>;

/** How something went from the end of the warm-up to the end. */
export interface Trend {
  /** Where the line that fits best begins and ends. */
  from: number;
  to: number;
  most: number;
  /** Of that line, an hour. */
  slopePerHour: number;
}

/** Of the time: what is loaded, compiled and remembered for the first time comes within it. */
export const WARM_UP = 1 / 3;
/** Fewer say nothing of a line. */
const LEAST_SAMPLES = 5;
const HOUR_MS = 3_600_000;

/** After the warm-up. */
function warmSamples(samples: readonly Sample[]): readonly Sample[] {
  const lastMs = samples.at(-1)?.atMs ?? 0;
  return samples.filter(({ atMs }) => atMs >= lastMs * WARM_UP);
}

/** By the least squares over the samples after the warm-up. */
export function trendOf(samples: readonly Sample[], held: Held): Trend {
  const points = warmSamples(samples).map((sample) => ({ x: sample.atMs, y: sample[held] }));
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = mean((point) => (point.x - x) ** 2);
  const slope = spread === 0 ? 0 : mean((point) => (point.x - x) * (point.y - y)) / spread;
  const at = (ms: number) => y + slope * (ms - x);
  return {
    from: at(points[0]?.x ?? 0),
    to: at(points.at(-1)?.x ?? 0),
    most: Math.max(...points.map((point) => point.y)),
    slopePerHour: slope * HOUR_MS,
  };
}

/** What is not flat, as sentences; what the system does not tell is not judged. */
export function notFlat(samples: readonly Sample[], bounds: Bounds): string[] {
  const count = warmSamples(samples).length;
  if (count < LEAST_SAMPLES) return [`there are ${count} samples after the warm-up, too few to judge by`];
  return HELD.flatMap((held) => {
    const { from, to } = trendOf(samples, held);
    const isGrown = to - from > bounds[held];
    const grew = `${held} grew from ${from.toFixed(1)} to ${to.toFixed(1)}`;
    return isGrown ? [`${grew}, by more than ${bounds[held]}`] : [];
  });
}
