import { DAY_MS, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';

/** An instant at which the clocks of a zone change. */
export interface Transition {
  atMs: number;
  /** What is added to UTC, before it and from it on. */
  beforeMs: number;
  afterMs: number;
}

/** Zones whose clocks always show the same. */
export interface Clocks {
  zones: string[];
  transitions: Transition[];
}

/** No zone changes its clocks twice within so many days. */
const STEP_MS = 7 * DAY_MS;

/** Groups zones by what their clocks do between two instants, all transitions to the minute. */
export function groupClocks(zones: readonly string[], from: Instant, to: Instant): Clocks[] {
  const groups = new Map<string, Clocks>();
  for (const zone of zones) {
    const transitions = transitionsOf(zone, Date.parse(from), Date.parse(to));
    const key = JSON.stringify([offsetReader(zone)(Date.parse(from)), transitions]);
    const group = groups.get(key);
    if (group) group.zones.push(zone);
    else groups.set(key, { zones: [zone], transitions });
  }
  return [...groups.values()];
}

function transitionsOf(zone: string, fromMs: number, toMs: number): Transition[] {
  const offset = offsetReader(zone);
  const found: Transition[] = [];
  let beforeMs = offset(fromMs);
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) {
    const afterMs = offset(atMs + STEP_MS);
    if (afterMs === beforeMs) continue;
    found.push({ atMs: bisect(offset, atMs, atMs + STEP_MS), beforeMs, afterMs });
    beforeMs = afterMs;
  }
  return found.filter(({ atMs }) => atMs < toMs);
}

/** The first minute that has the later offset. */
function bisect(offset: (atMs: number) => number, fromMs: number, toMs: number): number {
  const before = offset(fromMs);
  let [low, high] = [fromMs / MINUTE_MS, toMs / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

/** Reads a zone's offset from its name for it, and so by another way than the calendar does. */
function offsetReader(zone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (atMs) => {
    const [, sign, hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(atMs)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  };
}
