import { Gauge, type Registry } from 'prom-client';
import type { Instant } from '../domain/calendar.ts';
import { OPEN_STATES } from '../domain/delivery.ts';
import type { StoreFigures } from '../store.ts';

const MS_PER_SECOND = 1000;

/** Keeps the newest instant of each source. */
export function createLastRead(registry: Registry): (source: string, at: Instant) => void {
  const name = 'paperwire_source_last_read_timestamp_seconds';
  const gauge = createGauge(registry, name, 'When a source last gave something.', ['source']);
  const newest = new Map<string, number>();
  return (source, at) => {
    const seconds = Date.parse(at) / MS_PER_SECOND;
    if (!(seconds > (newest.get(source) ?? 0))) return;
    newest.set(source, seconds);
    gauge.set({ source }, seconds);
  };
}

/** Shows what the store tells of itself; without figures it is down, and nothing of it is shown. */
export function createFiguresShown(registry: Registry): (figures: StoreFigures | undefined) => void {
  const up = createGauge(registry, 'paperwire_store_up', 'Whether the store could be read just now: 1 or 0.');
  const open = createGauge(
    registry,
    'paperwire_deliveries_open',
    'Messages of editions with which something is still to happen, by us or by a person, by their state.',
    ['state'],
  );
  const subscribers = createGauge(
    registry,
    'paperwire_subscribers',
    'Addresses that get editions by e-mail, suspended ones among them.',
  );
  const bytes = createGauge(registry, 'paperwire_store_size_bytes', 'What the store takes on the disk.');
  return (figures) => {
    up.set(figures ? 1 : 0);
    for (const state of OPEN_STATES) {
      if (figures) open.set({ state }, figures.deliveries[state]);
      else open.remove({ state });
    }
    if (figures) subscribers.set(figures.subscribers);
    else subscribers.remove();
    if (figures?.bytes === undefined) bytes.remove();
    else bytes.set(figures.bytes);
  };
}

/** A gauge that is shown once it has a value. */
export function createGauge<Label extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}
