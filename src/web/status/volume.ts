import { dayName } from '../../domain/title.ts';
import { type Html, html } from '../../html.ts';
import { textsFor } from '../../texts/index.ts';
import type { DayVolume } from '../../view.ts';
import { table } from './table.ts';

const { listing: LISTING } = textsFor(undefined);

/** In units of the drawing. */
const PLOT = { left: 42, top: 10, width: 588, height: 150, labels: 24 } as const;
const BASE = PLOT.top + PLOT.height;
/** Of what a day has; the rest parts it from the next. */
const BAR_SHARE = 0.5;
const BAND_SHARE = 0.84;

/** How long the lists of the last days are beside what is usual: as a drawing, and as a table. */
export function volumePart(volume: readonly DayVolume[]): Html {
  const newest = volume.at(-1);
  if (!newest) return html`<p>No list has been read yet.</p>`;
  return html`${chart(volume)}
<p class="muted small">Bars are the papers of each weekday’s list, dashed boxes what is usual at its age. A red bar is shorter than that.</p>
<details class="small"><summary>The same as a table</summary>${table('Papers of each day', COLUMNS, volume.toReversed())}</details>`;
}

const COLUMNS = [
  { name: 'Day', cell: ({ day }: DayVolume) => html`<a href="/days/${day}">${dayName(day)}</a>` },
  { name: 'Papers', cell: ({ size }: DayVolume) => (size === undefined ? 'never read' : `${size}`) },
  {
    name: 'Usual',
    cell: ({ usual: { from, size, to } }: DayVolume) =>
      `${Math.round(size)} (${Math.round(from)} to ${Math.round(to)})`,
  },
  { name: 'So', cell: (one: DayVolume) => verdictOf(one) },
];

function verdictOf(volume: DayVolume): string {
  if (volume.size === undefined) return 'unknown';
  if (isShort(volume)) return 'short';
  return volume.size > volume.usual.to ? 'long' : 'usual';
}

function isShort({ size, usual }: DayVolume): boolean {
  return size !== undefined && size < usual.from;
}

function chart(volume: readonly DayVolume[]): Html {
  const most = Math.max(1, ...volume.flatMap(({ size = 0, usual }) => [size, usual.to]));
  const width = PLOT.left + PLOT.width;
  return html`<svg class="chart" viewBox="0 0 ${width} ${BASE + PLOT.labels}" role="img" aria-labelledby="volume-title volume-text">
<title id="volume-title">Papers of each day</title>
<desc id="volume-text">${descriptionOf(volume)}</desc>
<text x="${PLOT.left - 8}" y="${PLOT.top + 5}" text-anchor="end">${Math.round(most)}</text>
<text x="${PLOT.left - 8}" y="${BASE}" text-anchor="end">0</text>
${volume.map((one, index) => dayIn(one, { most, at: index, width: PLOT.width / volume.length }))}
<line class="base" x1="${PLOT.left}" y1="${BASE}" x2="${width}" y2="${BASE}"/>
</svg>`;
}

function descriptionOf(volume: readonly DayVolume[]): string {
  const short = volume.filter(isShort).map(({ day }) => day);
  const sizes = volume.flatMap(({ size }) => (size === undefined ? [] : [size]));
  if (sizes.length === 0) return 'None of these days has been read.';
  const range = `${LISTING.papers(Math.max(...sizes))} at most, ${Math.min(...sizes)} at least`;
  return `${range}. ${short.length > 0 ? `Fewer than usual on ${short.join(', ')}.` : 'No day has fewer than usual.'}`;
}

function dayIn(volume: DayVolume, { most, at, width }: { most: number; at: number; width: number }): Html {
  const { day, size, usual } = volume;
  const middle = PLOT.left + (at + 0.5) * width;
  const bar = size !== undefined && barAt(middle, width * BAR_SHARE, { from: 0, to: size / most });
  return html`<rect class="band" ${barAt(middle, width * BAND_SHARE, { from: usual.from / most, to: usual.to / most })}/>${bar && html`<rect class="${isShort(volume) ? 'short' : 'size'}" ${bar}/>`}<text x="${round(middle)}" y="${BASE + 18}" text-anchor="middle">${day.slice(8)}</text>
`;
}

/** Where a bar stands; `from` and `to` are shares of the height. */
function barAt(middle: number, width: number, { from, to }: { from: number; to: number }): Html {
  const [x, y] = [round(middle - width / 2), round(BASE - to * PLOT.height)];
  return html`x="${x}" y="${y}" width="${round(width)}" height="${round((to - from) * PLOT.height)}"`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
