import { createSampleSource } from '../../src/sources/sample.ts';
import { type SourceSubject, type Trouble, testSource } from '../contracts/source.ts';
import { createFakeClock } from '../fakes/clock.ts';
import type { Fault } from '../fakes/source-server.ts';
import { FRIDAY, NOW, SATURDAY, startSourceWorld, type WorldOptions } from './world.ts';

const FAULTS: Record<Trouble, Fault> = {
  unreachable: { kind: 'status', status: 503 },
  'new-shape': { kind: 'new-shape' },
  hang: { kind: 'hang' },
  'bad-entries': { kind: 'null-entries' },
  repeats: { kind: 'repeats' },
};

function huggingFace(way: string | undefined, options: WorldOptions = {}): SourceSubject {
  const name = `hugging-face by ${way ?? 'all ways'}, pages of ${options.style ?? '2026'}`;
  return {
    name,
    cannot: way === 'markup' ? { 'bad-entries': 'what is no card is not seen' } : {},
    async create() {
      const { source, server } = await startSourceWorld(options);
      return {
        source,
        options: way === undefined ? {} : { way },
        listing: FRIDAY,
        empty: SATURDAY,
        known: '2608.21003',
        unknown: '2608.31999',
        trouble: (what) => server.setFault('all', FAULTS[what]),
        close: () => server.stop(),
      };
    },
  };
}

testSource(huggingFace(undefined));
testSource(huggingFace('api'));
for (const way of ['hydration', 'markup']) {
  for (const style of ['2024', '2025', '2026'] as const) testSource(huggingFace(way, { style }));
}
testSource(huggingFace('hydration', { otherDay: 'rerender' }));
testSource(huggingFace('markup', { otherDay: 'rerender' }));

function arxiv(atom: 'old' | 'new'): SourceSubject {
  return {
    name: `arxiv, ${atom} feed`,
    cannot: {
      listings: 'arXiv has none for us',
      empty: 'arXiv has no listings',
      'bad-entries': 'arXiv has no listings',
      repeats: 'arXiv has no listings',
    },
    async create() {
      const { arxiv: source, server } = await startSourceWorld({ atom });
      return {
        source,
        options: {},
        listing: FRIDAY,
        empty: SATURDAY,
        known: '2608.21003',
        unknown: '2608.31999',
        trouble: (what) => server.setFault('all', FAULTS[what]),
        close: () => server.stop(),
      };
    },
  };
}

testSource(arxiv('old'));
testSource(arxiv('new'));

const BUNDLED = 'it is bundled: nothing can happen to it';

testSource({
  name: 'sample',
  cannot: {
    unreachable: BUNDLED,
    'new-shape': BUNDLED,
    hang: BUNDLED,
    'bad-entries': BUNDLED,
    repeats: BUNDLED,
  },
  async create() {
    return {
      source: createSampleSource({ clock: createFakeClock(NOW) }),
      options: {},
      listing: FRIDAY,
      empty: { kind: 'search', key: 'no paper has these words' },
      known: '2608.19880',
      unknown: '2608.31999',
      trouble() {},
      async close() {},
    };
  },
});
