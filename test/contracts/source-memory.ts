import { setTimeout as delay } from 'node:timers/promises';
import type { Paper } from '../../src/domain/paper.ts';
import { SourceFormatError, SourceUnavailableError } from '../../src/errors.ts';
import type { Source } from '../../src/source.ts';
import { somePapers } from '../fixtures/papers.ts';
import type { SourceBench, SourceSubject, Trouble } from './source.ts';

const LISTING = { kind: 'daily', key: '2026-08-21' } as const;
const EMPTY = { kind: 'daily', key: '2026-08-22' } as const;
const ASKER = { source: 'tiny', way: 'api' };

/** The site of the tiny source: a list, and what troubles it. */
export interface TinySite {
  papers: Paper[];
  trouble: Trouble | undefined;
}

/** An obedient source in a screenful: what every source must do, without any site. */
function createTinySource(site: TinySite): Source {
  async function ask(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (site.trouble === 'hang') {
      await delay(60_000, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
    }
    signal?.throwIfAborted();
    if (site.trouble === 'unreachable') throw new SourceUnavailableError('Tiny is away.', ASKER);
    if (site.trouble === 'new-shape') throw new SourceFormatError('Tiny changed.', { ...ASKER, path: '[0]' });
  }
  return {
    id: ASKER.source,
    ways: [ASKER.way],
    async read(listing, options) {
      await ask(options?.signal);
      const isBad = site.trouble === 'bad-entries';
      const papers = listing.key === EMPTY.key ? [] : site.papers.slice(isBad ? 1 : 0);
      return {
        listing,
        way: 'api',
        fetchedAt: '2026-08-21T20:00:00.000Z',
        papers: structuredClone(papers),
        warnings: isBad ? [{ code: 'bad-entry', message: 'Entry [0] cannot be read.' }] : [],
        confirmedBy: ['api'],
      };
    },
    async paper(id, options) {
      await ask(options?.signal);
      return structuredClone(site.papers.find((paper) => paper.id === id));
    },
  };
}

/** A tiny source as the suite sees it; `spoil` replaces what it does by something else. */
export function tinySubject(
  name: string,
  spoil: (source: Source, site: TinySite) => Partial<Source> = () => ({}),
): SourceSubject {
  return {
    name,
    cannot: {},
    async create(): Promise<SourceBench> {
      const site: TinySite = { papers: somePapers('2608', [9, 5, 2]), trouble: undefined };
      const obedient = createTinySource(site);
      return {
        source: { ...obedient, ...spoil(obedient, site) },
        options: {},
        listing: LISTING,
        empty: EMPTY,
        known: '2608.00002',
        unknown: '2608.00009',
        trouble(what) {
          site.trouble = what;
        },
        async close() {},
      };
    },
  };
}
