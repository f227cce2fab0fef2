import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { type Circuit, createCircuits } from '../../src/pipeline/circuit.ts';
import { notArrived, rejected } from '../fixtures/failures.ts';
import { MONDAY, messages, openMonday } from './monday.ts';

function open(failures: number, random = 0.5): Circuit {
  const circuit = createCircuits(() => random)('terminal');
  for (let times = 0; times < failures; times += 1) circuit.failed(MONDAY);
  return circuit;
}

/** The pause right after so many failures in a row. */
const pauseAfter = (failures: number, random?: number) => open(failures, random).pauseMs(MONDAY);

describe('a circuit', () => {
  it('opens with the fifth failure in a row', () => {
    expect([0, 4, 5].map((failures) => pauseAfter(failures))).toEqual([0, 0, 15 * SECOND_MS]);
    const circuit = open(4);
    circuit.answered();
    circuit.failed(MONDAY);
    expect(circuit.pauseMs(MONDAY)).toBe(0);
  });

  it('pauses longer each time, a quarter of an hour at most, and a second at least', () => {
    expect([5, 6, 7, 50].map((failures) => pauseAfter(failures, 0.999) / SECOND_MS)).toEqual([
      29.97, 59.94, 119.88, 899.1,
    ]);
    expect(pauseAfter(5, 0)).toBe(SECOND_MS);
  });

  it('lets one try when the pause is over; the others wait for what comes of it', () => {
    const circuit = open(5);
    const later = addMs(MONDAY, 15 * SECOND_MS);
    expect(circuit.pauseMs(addMs(later, -1))).toBe(1);
    expect([circuit.pauseMs(later), circuit.pauseMs(later)]).toEqual([0, 30 * SECOND_MS]);
    circuit.answered();
    expect(circuit.pauseMs(later)).toBe(0);
    const failing = open(5);
    expect(failing.pauseMs(later)).toBe(0);
    failing.failed(later);
    expect(failing.pauseMs(later)).toBe(30 * SECOND_MS);
  });

  it('lets the next one try when nothing comes of the trial', () => {
    const circuit = open(5);
    const later = addMs(MONDAY, 15 * SECOND_MS);
    circuit.pauseMs(later);
    expect(circuit.pauseMs(addMs(later, 30 * SECOND_MS))).toBe(0);
  });

  it('does not wait for a time that only a wrong clock knows', () => {
    const circuit = createCircuits(() => 0.5)('terminal');
    for (let times = 0; times < 5; times += 1) circuit.failed('2030-01-01T00:00:00.000Z');
    expect(circuit.pauseMs(MONDAY)).toBe(0);
  });

  it('is one a platform', () => {
    const circuits = createCircuits(() => 0.5);
    for (let times = 0; times < 5; times += 1) circuits('discord').failed(MONDAY);
    expect(circuits('discord').pauseMs(MONDAY)).toBeGreaterThan(0);
    expect(circuits('slack').pauseMs(MONDAY)).toBe(0);
  });
});

describe('a platform that is down', () => {
  it('is left alone by all its channels, tried by one, and has everything once it is back', async () => {
    const { addFeed, tickAt, adapter } = await openMonday();
    for (let feeds = 1; feeds < 10; feeds += 1) await addFeed();
    for (let times = 0; times < 7; times += 1) adapter.failNext(notArrived());
    const slots = await tickAt(MONDAY);
    // Two feeds with three tries each open the circuit.
    expect(adapter.calls).toBe(6);
    expect(slots.map(({ state }) => state)).toEqual(new Array(10).fill('waiting'));
    expect(slots[9]?.sentence).toBe('terminal could not be reached lately.');
    await tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    expect(messages(adapter)).toHaveLength(10);
    expect(adapter.calls).toBe(17);
  });

  it('is not what a platform is that refuses', async () => {
    const { addFeed, tickAt, adapter } = await openMonday();
    for (let feeds = 1; feeds < 10; feeds += 1) await addFeed();
    for (let times = 0; times < 10; times += 1) adapter.failNext(rejected());
    expect((await tickAt(MONDAY)).map(({ state }) => state)).toEqual(new Array(10).fill('incomplete'));
  });
});
