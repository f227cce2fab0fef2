import type { Sample } from './samples.ts';
import { type Held, WARM_UP } from './verdict.ts';

/** A part of the soak with its samples, drawn one above the other. */
export interface Curve {
  title: string;
  samples: readonly Sample[];
  /** What a step of time is called: `min` of 60,000 ms, `h` of 3,600,000. */
  unit: { name: string; ms: number };
}

const WIDTH = 800;
const PANEL = { left: 70, right: 30, height: 110, gap: 46 };
const COLOURS: Record<Held, string> = {
  heapMb: '#0969da',
  rssMb: '#8250df',
  fds: '#1a7f37',
  handles: '#bc4c00',
};
const TITLES: Record<Held, string> = {
  heapMb: 'heap in use after a collection, MB',
  rssMb: 'resident memory, MB',
  fds: 'open files and connections',
  handles: 'active resources of the event loop',
};
const HELD = Object.keys(TITLES) as Held[];

/** A picture in which every scale begins at zero; the time of the warm-up is grey. Out: SVG. */
export function drawCurves(curves: readonly Curve[]): string {
  const each = 40 + HELD.length * (PANEL.height + PANEL.gap);
  const height = curves.length * each + 10;
  const parts = curves.map((curve, index) => drawCurve(curve, index * each));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">
<title>What the bot holds over time</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function drawCurve({ title, samples, unit }: Curve, top: number): string {
  const panels = HELD.map((held, index) => {
    const y = top + 62 + index * (PANEL.height + PANEL.gap);
    return drawPanel(held, samples, unit, y);
  });
  return `<text x="${PANEL.left}" y="${top + 28}" font-size="17" font-weight="bold">${escaped(title)}</text>\n${panels.join('\n')}`;
}

function drawPanel(held: Held, samples: readonly Sample[], unit: Curve['unit'], top: number): string {
  const { left, right, height } = PANEL;
  const width = WIDTH - left - right;
  const lastMs = Math.max(1, samples.at(-1)?.atMs ?? 1);
  const known = samples.filter((sample) => Number.isFinite(sample[held]));
  const most = roundUp(Math.max(1, ...known.map((sample) => sample[held])));
  const x = (ms: number) => (left + (ms / lastMs) * width).toFixed(1);
  const y = (value: number) => (top + height - (value / most) * height).toFixed(1);
  const points = known.map((sample) => `${x(sample.atMs)},${y(sample[held])}`).join(' ');
  const end = `${(lastMs / unit.ms).toFixed(0)} ${unit.name}`;
  return `<text x="${left}" y="${top - 6}" fill="#57606a">${escaped(TITLES[held])}</text>
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#f6f8fa"/>
<rect x="${left}" y="${top}" width="${(width * WARM_UP).toFixed(1)}" height="${height}" fill="#eaeef2"/>
<polyline points="${points}" fill="none" stroke="${COLOURS[held]}" stroke-width="1.8"/>
<text x="${left - 8}" y="${top + 10}" text-anchor="end">${most}</text>
<text x="${left - 8}" y="${top + height}" text-anchor="end">0</text>
<text x="${left}" y="${top + height + 16}" fill="#57606a">0</text>
<text x="${left + width}" y="${top + height + 16}" text-anchor="end" fill="#57606a">${end}</text>`;
}

/** To two figures, so that the scale ends at a number that can be read. */
function roundUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
