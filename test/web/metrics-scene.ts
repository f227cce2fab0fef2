import { commands } from '../../commands/index.ts';
import type { FeedSettings } from '../../src/abilities.ts';
import { createMetrics, type Figures, type Metrics } from '../../src/web/metrics.ts';
import { closeAfter } from '../closing.ts';
import { openMonday } from '../pipeline/monday.ts';
import type { Given, World } from '../world.ts';
import { type Family, readExposition } from './exposition.ts';

export const NOTHING: Figures = {
  deliveries: { planned: 0, sending: 0, refused: 0, uncertain: 0 },
  subscribers: 0,
};

export const NAMES = commands.map(({ name }) => name);

export function metricsOf(figures: () => Promise<Figures> = async () => NOTHING): Metrics {
  return createMetrics({ figures, commands: NAMES, version: '1.2.3' });
}

export async function read(metrics: Metrics): Promise<Map<string, Family>> {
  return readExposition(await metrics.text());
}

/** The values of a metric by their labels, as `one two`; of a histogram the counts. */
export async function valuesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const { type = '', samples = [] } = (await read(metrics)).get(name) ?? {};
  const shown = type === 'histogram' ? `${name}_count` : name;
  const wanted = samples.filter((one) => one.name === shown);
  return Object.fromEntries(wanted.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
}

/** A bot with a feed whose list of Monday is there, watched by metrics over its own store. */
export async function openWatched(settings?: FeedSettings, given?: Given) {
  let store: World['store'] | undefined;
  const metrics = metricsOf(async () => (store ? await store.figures() : NOTHING));
  const world = closeAfter(await openMonday(settings, { ...given, observer: metrics }));
  store = world.store;
  return { ...world, metrics };
}
