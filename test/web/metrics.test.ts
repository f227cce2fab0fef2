import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import type { Observer } from '../../src/observer.ts';
import { readExposition } from './exposition.ts';
import { metricsOf, NAMES, openWatched, read, valuesOf } from './metrics-scene.ts';

const AT = '2026-11-23T09:00:00.000Z';

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
