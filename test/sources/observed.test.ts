import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../fakes/source-server-faults.ts';
import { FRIDAY, NOW, SATURDAY, useSourceWorld } from './world.ts';

const start = useSourceWorld();
const HURRY = { timeoutMs: 500, tries: 2, random: () => 0 };

const api = { source: 'hugging-face', way: 'api' } as const;
const hydration = { ...api, way: 'hydration' } as const;
const markup = { ...api, way: 'markup' } as const;
const arxivApi = { source: 'arxiv', way: 'api' } as const;

describe('of requests an observer is told', () => {
  it('each answer as it came, also the one that says that nothing has changed', async () => {
    const { source, observer } = await start();
    await source.read(FRIDAY);
    await source.read(FRIDAY);
    expect(observer.of('sourceAnswered')).toEqual([[{ ...api, status: 200 }], [{ ...api, status: 304 }]]);
  });

  it('each try that is refused', async () => {
    const { source, server, observer } = await start({ http: HURRY });
    server.setFault('list', { kind: 'status', status: 503 });
    await source.read(FRIDAY);
    const answers = [
      { ...api, status: 503 },
      { ...api, status: 503 },
      { ...hydration, status: 200 },
    ];
    expect(observer.of('sourceAnswered')).toEqual(answers.map((answer) => [answer]));
  });

  it.each(['reset', 'close'] as const)(
    'each try without an answer (%s), and the one that has it',
    async (kind) => {
      const { source, server, observer } = await start({ http: HURRY });
      server.setFault('list', { kind, times: 1 });
      await source.read(FRIDAY);
      expect(observer.of('sourceAnswered')).toEqual([[api], [{ ...api, status: 200 }]]);
    },
  );

  it('nothing of one that we gave up ourselves', async () => {
    const { source, server, observer } = await start();
    server.setFault('list', { kind: 'hang' });
    const stopping = new AbortController();
    const reading = source.read(FRIDAY, { signal: stopping.signal });
    await vi.waitUntil(() => server.count() > 0);
    stopping.abort(new Error('stopping'));
    await expect(reading).rejects.toThrow('stopping');
    expect(observer.told).toEqual([]);
  });

  it('nothing of one that never left, as the budget is spent', async () => {
    const { source, server, observer } = await start();
    server.setFault('list', { kind: 'status', status: 429, headers: { 'retry-after': '300' } });
    server.setFault('page', { kind: 'status', status: 429, headers: { 'retry-after': '300' } });
    await source.read(FRIDAY).catch(() => undefined);
    const before = observer.of('sourceAnswered').length;
    expect(before).toBe(2);
    await source.read(FRIDAY).catch(() => undefined);
    expect(observer.of('sourceAnswered')).toHaveLength(before);
  });

  it('those to arXiv, a minute of silence not among them', async () => {
    const { arxiv, server, observer } = await start({ http: HURRY });
    await arxiv.paper('2608.21000');
    server.setFault('arxiv', { kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    for (let tries = 0; tries < 2; tries += 1) await arxiv.paper('2608.21001').catch(() => undefined);
    expect(observer.of('sourceAnswered')).toEqual([
      [{ ...arxivApi, status: 200 }],
      [{ ...arxivApi, status: 429 }],
    ]);
  });
});

describe('of the ways in an observer is told', () => {
  it('the one that was read, and no other where it gave papers', async () => {
    const { source, observer } = await start();
    await source.read(FRIDAY);
    await source.paper('2608.21000');
    const read = { ...api, outcome: 'read', at: NOW };
    expect(observer.of('wayRead')).toEqual([[read], [read]]);
  });

  it.each([
    [{ kind: 'status', status: 500 }, 'unavailable', /answered with status 500/],
    [{ kind: 'new-shape' }, 'changed-shape', /is no list/],
    [{ kind: 'empty' }, 'empty', /no papers/],
  ] satisfies [Fault, string, RegExp][])(
    '%j: what the first gave, and why, before the next is tried',
    async (...given) => {
      const [fault, outcome, sentence] = given;
      const { source, server, observer } = await start({ http: HURRY });
      server.setFault('list', fault);
      await source.read(FRIDAY);
      expect(observer.of('wayRead')).toEqual([
        [{ ...api, outcome, at: NOW, sentence: expect.stringMatching(sentence) }],
        [{ ...hydration, outcome: 'read', at: NOW }],
      ]);
    },
  );

  it('all that were tried in vain', async () => {
    const { source, server, observer } = await start({ http: HURRY });
    server.setFault('list', { kind: 'status', status: 404 });
    server.setFault('page', { kind: 'new-shape' });
    await source.read(FRIDAY).catch(() => undefined);
    const told = observer.of('wayRead').map(([{ way, outcome }]) => [way, outcome]);
    expect(told).toEqual([
      ['api', 'unavailable'],
      ['hydration', 'changed-shape'],
      ['markup', 'changed-shape'],
    ]);
  });

  it('that a day without a list is empty', async () => {
    const { source, observer } = await start();
    await source.read(SATURDAY);
    expect(observer.of('wayRead')).toMatchObject([[{ ...api, outcome: 'empty' }]]);
  });

  it('a way that was forced, and arXiv where it completes what the markup leaves out', async () => {
    const { source, observer, server } = await start({ http: HURRY });
    await source.read(FRIDAY, { way: 'markup' });
    expect(observer.of('wayRead')).toEqual([[{ ...markup, outcome: 'read', at: NOW }]]);
    observer.told.length = 0;
    server.setFault('list', { kind: 'status', status: 404 });
    server.setFault('page', { kind: 'new-hydration' });
    await source.read(FRIDAY);
    const told = observer.of('wayRead').map(([{ source, way, outcome }]) => [source, way, outcome]);
    expect(told).toEqual([
      ['hugging-face', 'api', 'unavailable'],
      ['hugging-face', 'hydration', 'changed-shape'],
      ['hugging-face', 'markup', 'read'],
      ['arxiv', 'api', 'read'],
    ]);
  });

  it('what arXiv gave: papers, none of this id, a feed of another shape, or a refusal', async () => {
    const { arxiv, server, observer } = await start({ http: HURRY });
    await arxiv.papers(['2608.21000', '2608.21001']);
    await arxiv.paper('2608.31999');
    server.setFault('arxiv', { kind: 'truncated' });
    await arxiv.paper('2608.21000').catch(() => undefined);
    server.setFault('arxiv', { kind: 'empty' });
    await arxiv.papers(['2608.21000', '2608.21001']).catch(() => undefined);
    const told = observer.of('wayRead').map(([{ source, way, outcome }]) => [source, way, outcome]);
    const outcomes = ['read', 'empty', 'changed-shape', 'unavailable'];
    expect(told).toEqual(outcomes.map((outcome) => ['arxiv', 'api', outcome]));
  });
});
