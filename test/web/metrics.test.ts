import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { FeedSettings } from '../../src/abilities.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import type { Observer } from '../../src/observer.ts';
import { createMetrics, type Figures, type Metrics } from '../../src/web/metrics.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected } from '../fixtures/failures.ts';
import { MONDAY, OF_TUESDAY, openMonday, SLOT, TUESDAY, TWENTY_MORE } from '../pipeline/monday.ts';
import { type Given, PLACE, type World } from '../world.ts';
import { type Family, readExposition } from './exposition.ts';

const NOTHING: Figures = {
  deliveries: { planned: 0, sending: 0, refused: 0, uncertain: 0 },
  subscribers: 0,
};
const NAMES = commands.map(({ name }) => name);
const AT = '2026-11-23T09:00:00.000Z';

function metricsOf(figures: () => Promise<Figures> = async () => NOTHING): Metrics {
  return createMetrics({ figures, commands: NAMES, version: '1.2.3' });
}

async function read(metrics: Metrics): Promise<Map<string, Family>> {
  return readExposition(await metrics.text());
}

/** The values of a metric by their labels, as `one two`; of a histogram the counts. */
async function valuesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const { type = '', samples = [] } = (await read(metrics)).get(name) ?? {};
  const shown = type === 'histogram' ? `${name}_count` : name;
  const wanted = samples.filter((one) => one.name === shown);
  return Object.fromEntries(wanted.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
}

const closing: World[] = [];
afterEach(async () => {
  for (const world of closing.splice(0)) await world.close();
});

/** A bot with a feed whose list of Monday is there, watched by metrics over its own store. */
async function openWatched(settings?: FeedSettings, given?: Given) {
  let store: World['store'] | undefined;
  const metrics = metricsOf(async () => (store ? await store.figures() : NOTHING));
  const world = await openMonday(settings, { ...given, observer: metrics });
  store = world.store;
  closing.push(world);
  return { ...world, metrics };
}

describe('the text', () => {
  it('follows the format strictly, and names our metrics by the conventions', async () => {
    const metrics = metricsOf();
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = await read(metrics);
    const own = [...families.values()].filter(({ name }) => name.startsWith('paperwire_'));
    expect(own.map(({ name, type }) => `${type} ${name}`).sort()).toEqual([
      'counter paperwire_deliveries_total',
      'counter paperwire_editions_total',
      'counter paperwire_source_readings_total',
      'counter paperwire_source_requests_total',
      'gauge paperwire_build_info',
      'gauge paperwire_deliveries_open',
      'gauge paperwire_source_last_read_timestamp_seconds',
      'gauge paperwire_store_size_bytes',
      'gauge paperwire_store_up',
      'gauge paperwire_subscribers',
      'histogram paperwire_edition_lag_seconds',
      'histogram paperwire_reply_duration_seconds',
    ]);
    for (const { help } of own) expect(help).toMatch(/^[A-Z].*[.]$/);
    expect(families.get('paperwire_build_info')?.samples).toMatchObject([
      { labels: { version: '1.2.3' }, value: 1 },
    ]);
  });

  it('tells of the process and its event loop', async () => {
    const families = await read(metricsOf());
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(families.get(name)?.samples).toHaveLength(1);
  });

  it('is of one bot alone: another in the same process has its own', async () => {
    const [one, other] = [metricsOf(), metricsOf()];
    one.deliveryDone('sent', 'slack');
    expect(await valuesOf(one, 'paperwire_deliveries_total')).toEqual({ 'slack sent': 1 });
    expect(await valuesOf(other, 'paperwire_deliveries_total')).toEqual({});
  });

  it('is read whole by a parser that would see what is wrong', () => {
    const head = '# HELP a A thing.\n# TYPE a gauge\n';
    const histogram = (...lines: string[]) =>
      ['# HELP h H.', '# TYPE h histogram', ...lines, 'h_sum 1', 'h_count 2', ''].join('\n');
    expect(readExposition(`${head}a{b="x\\"\\n"} 1\n`).get('a')?.samples[0]?.labels).toEqual({ b: 'x"\n' });
    for (const broken of [
      `${head}a 1`,
      `${head}a one\n`,
      `${head}a{b="x"} 1\na{b="x"} 2\n`,
      `${head}a{b=x} 1\n`,
      `${head}a{b="x""} 1\n`,
      `${head}b 1\n`,
      'a 1\n',
      '# TYPE a gauge\na 1\n',
      `${head}${head}`,
      histogram('h_bucket{le="1"} 3', 'h_bucket{le="+Inf"} 2'),
      histogram('h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 1'),
      histogram('h_bucket{le="1"} 2'),
    ])
      expect(() => readExposition(broken), broken).toThrow();
  });
});

describe('of editions it counts', () => {
  it('one that was posted: its messages, its outcome and how late it was', async () => {
    const { tickAt, metrics } = await openWatched({ layout: 'cards', limit: 2 });
    await tickAt(addMs(MONDAY, 90_000));
    expect(await valuesOf(metrics, 'paperwire_deliveries_total')).toEqual({ 'terminal sent': 3 });
    expect(await valuesOf(metrics, 'paperwire_editions_total')).toEqual({ 'terminal posted': 1 });
    const lag = (await read(metrics)).get('paperwire_edition_lag_seconds')?.samples ?? [];
    expect(lag.find(({ name }) => name.endsWith('_sum'))?.value).toBe(90);
    expect(lag.find(({ labels }) => labels.le === '60')?.value).toBe(0);
    expect(lag.find(({ labels }) => labels.le === '300')?.value).toBe(1);
  });

  it('one that is incomplete, and what is open of it until a person decides', async () => {
    const { tickAt, metrics, adapter, decisions } = await openWatched(
      { layout: 'cards', limit: 3 },
      { kind: 'blind' },
    );
    adapter.failNext(rejected());
    adapter.failNext(mayHaveArrived());
    await tickAt(MONDAY);
    const open = { planned: 2, sending: 1, refused: 1, uncertain: 0 };
    expect(await valuesOf(metrics, 'paperwire_deliveries_open')).toEqual(open);
    await tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    const left = { planned: 0, sending: 0, refused: 1, uncertain: 1 };
    expect(await valuesOf(metrics, 'paperwire_deliveries_open')).toEqual(left);
    expect(await valuesOf(metrics, 'paperwire_editions_total')).toEqual({ 'terminal incomplete': 1 });
    expect(await valuesOf(metrics, 'paperwire_edition_lag_seconds')).toEqual({});
    await decisions.dismiss(PLACE, SLOT);
    expect(await valuesOf(metrics, 'paperwire_deliveries_open')).toEqual(NOTHING.deliveries);
    expect(await valuesOf(metrics, 'paperwire_deliveries_total')).toEqual({
      'terminal refused': 1,
      'terminal uncertain': 1,
      'terminal dismissed': 2,
      // With the notice that told of it.
      'terminal sent': 3,
    });
  });

  it('one that failed, and the next', async () => {
    const { tickAt, metrics, source } = await openWatched();
    source.fail(unreachable());
    for (const hours of [0, 5]) await tickAt(addMs(MONDAY, hours * HOUR_MS));
    source.fail(undefined);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    const counted = { 'terminal failed': 1, 'terminal posted': 1 };
    expect(await valuesOf(metrics, 'paperwire_editions_total')).toEqual(counted);
    expect(await valuesOf(metrics, 'paperwire_edition_lag_seconds')).toEqual({ terminal: 1 });
  });
});

it('counts commands by name, those that are none together, and how long each took', async () => {
  const { give, metrics } = await openWatched();
  await give('help');
  await give('feed list');
  await give('today', { limit: 99 });
  for (const made of ['up', 'u{p="', 'x\ny']) await give(made);
  expect(await valuesOf(metrics, 'paperwire_reply_duration_seconds')).toEqual({
    'terminal help done': 1,
    'terminal feed list done': 1,
    'terminal today refused': 1,
    'terminal other refused': 3,
  });
  metrics.answered({ platform: 'web', command: 'today', outcome: 'done', tookMs: 2500 });
  const { samples = [] } = (await read(metrics)).get('paperwire_reply_duration_seconds') ?? {};
  const ofWeb = samples.filter(({ labels }) => labels.platform === 'web');
  expect(ofWeb.find(({ name }) => name.endsWith('_sum'))?.value).toBe(2.5);
  expect(ofWeb.find(({ labels }) => labels.le === '2')?.value).toBe(0);
  expect(ofWeb.find(({ labels }) => labels.le === '3')?.value).toBe(1);
});

describe('of the source it shows', () => {
  it('the status of each answer, the rare ones together', async () => {
    const metrics = metricsOf();
    for (const status of [200, 200, 304, 404, 429, 500, 503, 599, 302, 418, 600, Number.NaN])
      metrics.sourceAnswered({ source: 'hugging-face', way: 'api', status });
    metrics.sourceAnswered({ source: 'arxiv', way: 'api' });
    expect(await valuesOf(metrics, 'paperwire_source_requests_total')).toEqual({
      'hugging-face api 200': 2,
      'hugging-face api 304': 1,
      'hugging-face api 404': 1,
      'hugging-face api 429': 1,
      'hugging-face api 5xx': 3,
      'hugging-face api other': 4,
      'arxiv api none': 1,
    });
  });

  it('what each way gave, and when one last gave something', async () => {
    const metrics = metricsOf(async () => ({ ...NOTHING, lastReadAt: '2026-11-22T09:00:00.000Z' }));
    const lastRead = () => valuesOf(metrics, 'paperwire_source_last_read_timestamp_seconds');
    expect(await lastRead()).toEqual({ 'hugging-face': Date.parse('2026-11-22T09:00:00.000Z') / 1000 });
    const source = 'hugging-face';
    metrics.wayRead({ source, way: 'api', outcome: 'unavailable', at: TUESDAY, sentence: 'It is down.' });
    metrics.wayRead({ source, way: 'hydration', outcome: 'read', at: MONDAY });
    metrics.wayRead({ source, way: 'api', outcome: 'read', at: '2026-11-21T09:00:00.000Z' });
    metrics.wayRead({ source: 'arxiv', way: 'api', outcome: 'read', at: TUESDAY });
    expect(await valuesOf(metrics, 'paperwire_source_readings_total')).toEqual({
      'hugging-face api unavailable': 1,
      'hugging-face hydration read': 1,
      'hugging-face api read': 1,
      'arxiv api read': 1,
    });
    const seconds = { 'hugging-face': Date.parse(MONDAY) / 1000, arxiv: Date.parse(TUESDAY) / 1000 };
    expect(await lastRead()).toEqual(seconds);
  });
});

describe('a store that cannot be read', () => {
  it('is shown as down, with nothing of what it held, and as up once it can be read', async () => {
    const store = { isDown: false };
    const metrics = metricsOf(async () => {
      if (store.isDown) throw new StoreError('read');
      return {
        bytes: 4096,
        deliveries: { planned: 1, sending: 2, refused: 3, uncertain: 4 },
        subscribers: 5,
      };
    });
    metrics.deliveryDone('sent', 'slack');
    const shown = async () => ({
      up: await valuesOf(metrics, 'paperwire_store_up'),
      bytes: await valuesOf(metrics, 'paperwire_store_size_bytes'),
      open: await valuesOf(metrics, 'paperwire_deliveries_open'),
      subscribers: await valuesOf(metrics, 'paperwire_subscribers'),
      sent: await valuesOf(metrics, 'paperwire_deliveries_total'),
    });
    const sent = { 'slack sent': 1 };
    const open = { planned: 1, sending: 2, refused: 3, uncertain: 4 };
    const whole = { up: { '': 1 }, bytes: { '': 4096 }, open, subscribers: { '': 5 }, sent };
    expect(await shown()).toEqual(whole);
    store.isDown = true;
    expect(await shown()).toEqual({ up: { '': 0 }, bytes: {}, open: {}, subscribers: {}, sent });
    store.isDown = false;
    expect(await shown()).toEqual(whole);
  });

  it('is one that was closed, too', async () => {
    const { metrics, store } = await openWatched();
    expect(await valuesOf(metrics, 'paperwire_store_up')).toEqual({ '': 1 });
    await store.close();
    expect(await valuesOf(metrics, 'paperwire_store_up')).toEqual({ '': 0 });
  });

  it('that does not know its size shows none', async () => {
    expect(await valuesOf(metricsOf(), 'paperwire_store_size_bytes')).toEqual({});
  });
});

describe('whatever arrives', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', '"} 1\n', '\\'),
  );
  const event = fc.record({ one: word, two: word, three: word, number: fc.double() });

  /** Tells all that can be told in words that nobody knows. */
  function tell(
    metrics: Observer,
    { one, two, three, number }: { one: string; two: string; three: string; number: number },
  ) {
    metrics.sourceAnswered({ source: one, way: two, status: number });
    metrics.wayRead({ source: one, way: two, outcome: three as never, at: one });
    const slot = { feedId: one, day: two, dueAt: AT, changedAt: three, sentence: one };
    metrics.slotDone({ ...slot, state: 'posted' }, one as never);
    metrics.slotDone({ ...slot, state: two as never }, one as never);
    metrics.deliveryDone(two as never, one as never);
    metrics.answered({ platform: one as never, command: two, outcome: three as never, tookMs: number });
  }

  it('no call throws, and the text stays whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
        const metrics = metricsOf();
        for (const one of events) expect(() => tell(metrics, one)).not.toThrow();
        await read(metrics);
      }),
      { numRuns: 20 },
    );
  });

  it('the number of series is bounded: 10,000 unknown words make one of each', async () => {
    const metrics = metricsOf();
    for (const one of fc.sample(event, { numRuns: 10_000, seed: 7 })) tell(metrics, one);
    const count = async (name: string) => Object.keys(await valuesOf(metrics, name)).length;
    expect(await count('paperwire_editions_total')).toBe(2);
    expect(await count('paperwire_deliveries_total')).toBe(1);
    expect(await count('paperwire_source_readings_total')).toBe(1);
    expect(await count('paperwire_reply_duration_seconds')).toBe(1);
    expect(await count('paperwire_source_requests_total')).toBeLessThanOrEqual(3);
    const { size } = [...(await read(metrics)).values()]
      .flatMap(({ samples }) => samples)
      .reduce((all, { labels }) => {
        for (const value of Object.values(labels)) all.add(value);
        return all;
      }, new Set<string>());
    expect(size).toBeLessThan(100);
  });

  it('the most series that all known words can make are few enough to keep', async () => {
    const metrics = metricsOf();
    for (const platform of ['discord', 'slack', 'web', 'terminal', 'email'] as const)
      for (const command of [...NAMES, 'made up'])
        for (const outcome of ['done', 'refused', 'failed'] as const)
          metrics.answered({ platform, command, outcome, tookMs: 1 });
    const { samples = [] } = (await read(metrics)).get('paperwire_reply_duration_seconds') ?? {};
    expect(samples.length).toBe(5 * (NAMES.length + 1) * 3 * 13);
  });
});
