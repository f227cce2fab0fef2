import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMs,
  DAY_MS,
  type Day,
  type Instant,
  MINUTE_MS,
  WEEKDAYS,
} from '../../src/domain/calendar.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { dueSlots, nextWakeAt, slotOn } from '../../src/scheduler/cadence.ts';
import { ZONES } from '../arbitraries.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { type Clocks, groupClocks, type Transition } from './zones.ts';

const FROM = '2026-07-01T00:00:00.000Z';
const TO = '2036-07-01T00:00:00.000Z';
const CLOCKS = groupClocks([...ZONES, 'UTC'], FROM, TO);
const AROUND_MS = 2 * DAY_MS;
const TICK_MS = 30 * MINUTE_MS;

/** Times of day at which something may go wrong: on both sides of a change, inside it, and at the ends of a day. */
function timesAround({ atMs, beforeMs, afterMs }: Transition): string[] {
  const [from, to] = [atMs + Math.min(beforeMs, afterMs), atMs + Math.max(beforeMs, afterMs)];
  const near = [from - MINUTE_MS, from, (from + to) / 2, to - MINUTE_MS, to, to + MINUTE_MS];
  const times = near.map((wallMs) => new Date(wallMs).toISOString().slice(11, 16));
  return [...new Set([...times, '00:00', '09:00', '23:59'])];
}

/** When a wall clock first shows a time of a day or a later one, by the transition alone. */
function expectedAt(day: Day, time: string, { atMs, beforeMs, afterMs }: Transition): number {
  const wallMs = Date.parse(`${day}T${time}:00.000Z`);
  if (wallMs - beforeMs < atMs) return wallMs - beforeMs;
  return Math.max(wallMs - afterMs, atMs);
}

/** The dates whose slots are due in a span of time, with when. */
function expectedSlots(time: string, from: Instant, to: Instant, transition: Transition): [Day, Instant][] {
  const slots: [Day, Instant][] = [];
  for (let day = addDays(from.slice(0, 10), -2); day <= addDays(to.slice(0, 10), 2); day = addDays(day, 1)) {
    const at = new Date(expectedAt(day, time, transition)).toISOString();
    if (at >= from && at < to) slots.push([day, at]);
  }
  return slots;
}

/** Looks at a feed whenever `next` says; out: the dates that were done after the first look, with when. */
function live(
  feed: Feed,
  from: Instant,
  to: Instant,
  next: (at: Instant, done: readonly SlotRecord[]) => Instant,
): [Day, Instant][] {
  const done: SlotRecord[] = [];
  const log: [Day, Instant][] = [];
  for (let at = from; at < to; at = next(at, done)) {
    for (const slot of dueSlots(feed, at, done)) {
      done.push({ ...slot, state: 'posted', sentence: 'Ten papers.', changedAt: at });
      if (at > from) log.push([slot.day, at]);
    }
  }
  return log;
}

/** Lives through the days around a change: by the wake times, to the minute, and by ticks that are late. */
function expectOneADay(zone: string, time: string, transition: Transition): number {
  const feed = aFeed({ zone, time, days: [...WEEKDAYS] });
  const [from, to] = [-AROUND_MS, AROUND_MS].map((ms) => new Date(transition.atMs + ms).toISOString()) as [
    Instant,
    Instant,
  ];
  const expected = expectedSlots(time, addMs(from, 1), to, transition);
  const woken = live(feed, from, to, (at, done) => nextWakeAt(feed, at, done) ?? to);
  expect(woken, `${zone} ${time}, woken`).toEqual(expected);
  const ticked = live(feed, from, to, (at) => addMs(at, TICK_MS));
  const late = expected
    .map(([day, at]) => [day, tickFrom(from, at), at] as const)
    .filter(([, tick, at]) => tick < to && dateOf(tick, transition) === dateOf(at, transition))
    .map(([day, tick]) => [day, tick]);
  expect(ticked, `${zone} ${time}, ticked`).toEqual(late);
  return expected.length;
}

/** The date that the clocks show; what is looked at on the next one only is not made up for. */
function dateOf(at: Instant, { atMs, beforeMs, afterMs }: Transition): Day {
  const ms = Date.parse(at);
  return new Date(ms + (ms < atMs ? beforeMs : afterMs)).toISOString().slice(0, 10);
}

/** The first tick at or after an instant. */
function tickFrom(from: Instant, at: Instant): Instant {
  return addMs(from, Math.ceil((Date.parse(at) - Date.parse(from)) / TICK_MS) * TICK_MS);
}

/** The same instants for every other zone of these clocks. */
function expectSameSlots({ zones }: Clocks, time: string, transition: Transition): number {
  const day = new Date(transition.atMs).toISOString().slice(0, 10);
  const days = [-1, 0, 1].map((count) => addDays(day, count));
  for (const zone of zones) {
    for (const one of days) {
      const { dueAt } = slotOn(aFeed({ zone, time }), one);
      expect(Date.parse(dueAt), `${zone} ${one} ${time}`).toBe(expectedAt(one, time, transition));
    }
  }
  return zones.length * days.length;
}

describe('every change of the clocks in ten years', () => {
  it('gives each local date one edition, at its time, in every zone', { timeout: 120_000 }, () => {
    const counts = { transitions: 0, lived: 0, slots: 0, instants: 0 };
    for (const clocks of CLOCKS) {
      for (const transition of clocks.transitions) {
        counts.transitions += clocks.zones.length;
        for (const time of timesAround(transition)) {
          counts.slots += expectOneADay(clocks.zones[0] as string, time, transition);
          counts.instants += expectSameSlots(clocks, time, transition);
          counts.lived += 1;
        }
      }
    }
    console.log(
      `clock changes ${FROM.slice(0, 10)} to ${TO.slice(0, 10)}: ${ZONES.length + 1} zones with ` +
        `${CLOCKS.length} different clocks, ${counts.transitions} transitions; lived through ${counts.lived} times, ` +
        `${counts.slots} slots, one a date each; ${counts.instants} instants compared over all zones`,
    );
    expect(counts.transitions).toBeGreaterThan(2000);
    expect(CLOCKS.flatMap(({ zones }) => zones)).toHaveLength(ZONES.length + 1);
  });

  it('is nothing to zones that have none', () => {
    const none = (atMs: number, offsetMs: number) => ({ atMs, beforeMs: offsetMs, afterMs: offsetMs });
    const still = CLOCKS.filter(({ transitions }) => transitions.length === 0);
    for (const { zones } of still) {
      const zone = zones[0] as string;
      const midnight = Date.parse(slotOn(aFeed({ zone, time: '00:00' }), '2030-01-01').dueAt);
      const offsetMs = Date.parse('2030-01-01T00:00:00.000Z') - midnight;
      for (const time of ['00:00', '09:00', '23:59']) expectOneADay(zone, time, none(midnight, offsetMs));
    }
    expect(still.length).toBeGreaterThan(20);
  });
});
