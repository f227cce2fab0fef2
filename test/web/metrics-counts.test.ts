import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected } from '../fixtures/failures.ts';
import { MONDAY, OF_TUESDAY, SLOT, TUESDAY, TWENTY_MORE } from '../pipeline/monday.ts';
import { PLACE } from '../world.ts';
import { metricsOf, NOTHING, openWatched, read, valuesOf } from './metrics-scene.ts';

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
